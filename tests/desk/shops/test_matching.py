"""What customers call a product, and which product that is."""

import pytest

from bot.vocabulary import load_vocabulary
from desk.shops.finding import Goods, Met, find
from desk.shops.matching import group
from desk.shops.port import Item, ItemId
from desk.shops.products import Product
from desk.shops.wish import points_back
from tests.desk.shops.shelf import item

_YOUZAN = (
    item("yz", "1", "软底婴儿学步鞋 透气防滑"),
    item("yz", "2", "步步熊宝宝凉鞋 包头透气 夏季软底"),
    item("yz", "3", "牧云臻护婴幼儿配方奶粉 1段 800g"),
    item("yz", "4", "牧云臻护婴幼儿配方奶粉 3段 800g"),
    item("yz", "5", "云朵屁屁超薄纸尿裤 干爽透气 大包装"),
    item("yz", "6", "轻便婴儿推车 可折叠登机"),
    item("yz", "7", "儿童安全座椅 0-12岁 360度旋转"),
    item("yz", "8", "棉小禾婴儿连体衣 纯棉春秋款"),
    item("yz", "9", "宽口径玻璃奶瓶 防胀气"),
    item("yz", "10", "青柚树奶瓶清洗液 食品级"),
)
_TMALL = (
    item("tm", "a", "【天猫】官方正品 软底婴儿学步鞋 透气防滑 包邮"),
    item("tm", "b", "牧云臻护婴幼儿配方奶粉三段 800g"),
    item("tm", "c", "温奶器 恒温加热"),
)
_ALL = group([_YOUZAN, _TMALL])
_GOODS = Goods(_ALL, load_vocabulary())


def _best(query: str, *prefer: ItemId) -> tuple[str, bool]:
    found = find(_GOODS, query, Met(prefer, pointed=points_back(query)))
    best = found.best
    return (best.items[0].id.item if best is not None else "", found.is_clear)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("学步鞋", "1"),
        ("學步鞋", "1"),
        ("学步鞋有货吗", "1"),
        ("你们家的学步鞋还有粉色22码的吗", "1"),
        ("软底鞋 婴儿学步", "1"),
        ("宝宝学步鞋", "1"),
        ("凉鞋", "2"),
        ("奶粉3段", "4"),
        ("奶粉三段", "4"),
        ("3段的奶粉", "4"),
        ("一段奶粉", "3"),
        ("纸尿裤M码", "5"),
        ("尿不湿", "5"),
        ("尿片 L", "5"),
        ("推车", "6"),
        ("婴儿车", "6"),
        ("刚看的那个推车有现货吗", "6"),
        ("安全座椅", "7"),
        ("连体衣有80码的吗", "8"),
        ("哈衣", "8"),
        ("奶瓶", "9"),
        ("洗奶瓶的清洗液", "10"),
        ("温奶器", "c"),
    ],
)
def test_a_name_means_one_product(query: str, best: str) -> None:
    assert _best(query) == (best, True)


@pytest.mark.parametrize("query", ["手机", "连衣裙", "洗衣液", "", "有货吗", "？？？", "🙂"])
def test_what_is_not_sold_is_not_found(query: str) -> None:
    assert _best(query) == ("", False)


@pytest.mark.parametrize(("query", "meant"), [("鞋子", {"1", "2"}), ("奶粉", {"3", "4"})])
def test_a_name_of_several_products_is_not_clear(query: str, meant: set[str]) -> None:
    found = find(_GOODS, query)

    assert not found.is_clear
    assert {candidate.product.items[0].id.item for candidate in found.candidates} == meant


@pytest.mark.parametrize(
    ("query", "seen", "best"),
    [
        ("上次看中的鞋子有货吗", [ItemId("yz", "1")], "1"),
        ("上次看中的鞋子有货吗", [ItemId("tm", "a")], "1"),
        ("上次看中的鞋子有货吗", [ItemId("yz", "2"), ItemId("yz", "1")], "2"),
        ("上次看中的鞋子有货吗", [ItemId("yz", "9"), ItemId("yz", "2")], "2"),
        ("这款奶粉还有货吗", [ItemId("yz", "4")], "4"),
        ("那双还有22码吗", [ItemId("yz", "1")], "1"),
        ("粉色的22码还有吗", [ItemId("yz", "1")], "1"),
        ("学步鞋", [ItemId("yz", "9")], "1"),
    ],
)
def test_what_the_customer_met_before_decides(query: str, seen: list[ItemId], best: str) -> None:
    assert _best(query, *seen) == (best, True)


def test_an_item_that_is_no_longer_sold_is_not_meant() -> None:
    assert _best("那双还有吗", ItemId("yz", "gone")) == ("", False)


def test_size_and_colour_words_are_kept_for_the_skus() -> None:
    assert find(_GOODS, "学步鞋 粉色 22码").wanted == ("粉色", "22码")


def test_shops_that_keep_silent_are_named() -> None:
    assert find(_GOODS, "学步鞋", silent=("天猫旗舰店",)).silent == ("天猫旗舰店",)


def _groups(products: tuple[Product, ...]) -> list[tuple[str, ...]]:
    return [tuple(id_.item for id_ in product.ids) for product in products]


def test_the_same_product_in_two_shops_is_one() -> None:
    grouped = _groups(_ALL)

    assert ("1", "a") in grouped
    assert ("4", "b") in grouped
    assert len(grouped) == len(_YOUZAN) + 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("牧云奶粉 1段 800g", "牧云奶粉 3段 800g"),
        ("云朵纸尿裤 M码 62片", "云朵纸尿裤 L码 62片"),
        ("软底婴儿学步鞋", "轻便婴儿推车"),
    ],
)
def test_different_products_stay_two(left: str, right: str) -> None:
    assert len(group([(item("yz", "1", left),), (item("tm", "1", right),)])) == 2


def test_two_products_of_one_shop_never_become_one() -> None:
    twins = tuple(item("yz", str(at), "软底婴儿学步鞋") for at in range(3))

    assert len(group([twins])) == 3
    assert _groups(group([twins, (item("tm", "x", "软底婴儿学步鞋"),)])).count(("0", "x")) == 1


def test_a_large_catalogue_is_grouped_and_searched_without_a_long_stop() -> None:
    def catalogue(shop: str) -> tuple[Item, ...]:
        return tuple(item(shop, str(at), f"婴儿产品{at:05d}号 新款") for at in range(1500))

    products = group([catalogue("yz"), catalogue("tm")])

    assert len(products) == 1500
    assert find(Goods(products), "产品00042号").best == products[42]
