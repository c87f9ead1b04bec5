"""Size, colour and stage words choose among SKUs."""

import pytest

from desk.shops.attributes import attributes_of, filter_skus, sizes_of, stages_of
from desk.shops.port import SkuStock
from tests.desk.shops.shelf import sku

_SHOES = tuple(
    sku("yz", "1", 3, colour, size)
    for colour in ("粉色", "米白", "天蓝")
    for size in ("20", "21", "22", "22.5")
)
_NAPPIES = tuple(sku("yz", "2", 3, size) for size in ("NB", "S", "M(6-11kg)", "L", "XL", "XXL"))
_MILK = tuple(sku("yz", "3", 3, stage) for stage in ("1段", "二段", "3段(12-36个月)"))
_SUITS = tuple(
    sku("yz", "4", 3, colour, size) for colour in ("白色", "米白色") for size in ("80cm", "90")
)
_SOCKS = tuple(sku("yz", "5", 3, size) for size in ("0-1岁", "1-3岁"))
_BOTTLES = tuple(sku("yz", "6", 3, size) for size in ("160ml", "240ml"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("粉色的22码还有吗", ("粉色", "22码")),
        ("奶粉3段", ("3段",)),
        ("奶粉三段", ("3段",)),
        ("纸尿裤m码", ("M码",)),
        ("纸尿裤 xl", ("XL",)),
        ("NB的有吗", ("NB",)),
        ("学步鞋 22", ("22",)),
        ("22.5码", ("22.5码",)),
        ("米白 80cm", ("米白", "80cm")),
        ("240ml的奶瓶", ("240ml",)),
        ("800g奶粉", ("800g",)),
        ("6-12个月", ("6-12个月",)),
        ("学步鞋有货吗", ()),
        ("订单号2618830174529916203", ()),
    ],
)
def test_the_words_of_a_text_are_found(text: str, words: tuple[str, ...]) -> None:
    assert attributes_of(text) == words


def test_titles_show_stages_and_sizes() -> None:
    assert stages_of("牧云婴幼儿配方奶粉三段800g") == {"3段"}
    assert sizes_of("云朵纸尿裤 M码 62片") == {"m"}


@pytest.mark.parametrize(
    ("skus", "words", "left"),
    [
        (_SHOES, ["22"], ["粉色/22", "米白/22", "天蓝/22"]),
        (_SHOES, ["22码"], ["粉色/22", "米白/22", "天蓝/22"]),
        (_SHOES, ["22号"], ["粉色/22", "米白/22", "天蓝/22"]),
        (_SHOES, ["22.5码", "粉色"], ["粉色/22.5"]),
        (_SHOES, ["粉色", "22码"], ["粉色/22"]),
        (_SHOES, ["粉", "22"], ["粉色/22"]),
        (_SHOES, ["白色", "22"], ["米白/22"]),
        (_SHOES, ["蓝色", "22"], ["天蓝/22"]),
        (_SHOES, ["2"], []),
        (_SHOES, ["26码"], []),
        (_SHOES, ["黑色"], []),
        (_NAPPIES, ["M"], ["M(6-11kg)"]),
        (_NAPPIES, ["M码"], ["M(6-11kg)"]),
        (_NAPPIES, ["m码"], ["M(6-11kg)"]),
        (_NAPPIES, ["L码"], ["L"]),
        (_NAPPIES, ["xl"], ["XL"]),
        (_NAPPIES, ["nb"], ["NB"]),
        (_MILK, ["3段"], ["3段(12-36个月)"]),
        (_MILK, ["三段"], ["3段(12-36个月)"]),
        (_MILK, ["2段"], ["二段"]),
        (_MILK, ["4段"], []),
        (_SUITS, ["白色"], ["白色/80cm", "白色/90"]),
        (_SUITS, ["80码", "米白"], ["米白色/80cm"]),
        (_SUITS, ["80"], ["白色/80cm", "米白色/80cm"]),
        (_SOCKS, ["1-3岁"], ["1-3岁"]),
        (_BOTTLES, ["240ml"], ["240ml"]),
        (_BOTTLES, ["240"], ["240ml"]),
        (_BOTTLES, ["M码"], []),
    ],
)
def test_only_skus_that_carry_the_words_are_left(
    skus: tuple[SkuStock, ...], words: list[str], left: list[str]
) -> None:
    chosen = filter_skus(skus, words)

    assert [each.sku for each in chosen] == left


@pytest.mark.parametrize("words", [[], [""], ["好看的"], ["包邮"]])
def test_words_that_are_no_choice_leave_all(words: list[str]) -> None:
    assert filter_skus(_SHOES, words) == _SHOES
