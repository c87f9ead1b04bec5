"""What only names or points at something, and what says more than that."""

import pytest

from bot.understanding.fragments import SOME_ORDER, THAT, THAT_ORDER, THIS_ONE, fragment


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("白色的呢", {"color": "白色"}),
        ("那蓝色", {"color": "蓝色"}),
        ("黑的呢", {"color": "黑"}),
        ("22码", {"size": "22码"}),
        ("那23的", {"size": "23"}),
        ("2段的呢", {"size": "2段"}),
        ("50ml的", {"size": "50ml"}),
        ("大号的呢", {"size": "大号"}),
        ("XL", {"size": "XL"}),
        ("大杯", {"size": "大杯"}),
        ("白色22码的", {"color": "白色", "size": "22码"}),
        ("那60码呢 白的", {"color": "白", "size": "60码"}),
        ("要两件", {"quantity": "两件"}),
        ("周六上午", {"date": "周六上午"}),
    ],
)
def test_things_are_named_by_their_form(text: str, slots: dict[str, str]) -> None:
    read = fragment(text, {})
    assert read is not None
    assert (read.slots, read.points) == (slots, frozenset())


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("这个呢", THAT),
        ("就是那个", THAT),
        ("那就要这个", THIS_ONE),
        ("就这个吧", THIS_ONE),
        ("还是刚才那个订单", THAT_ORDER),
        ("这单", THAT_ORDER),
        ("昨天那个", SOME_ORDER),
        ("上周买的", SOME_ORDER),
        ("最新的那单", SOME_ORDER),
        ("10号那单", SOME_ORDER),
        ("上个月买的那个", SOME_ORDER),
        ("双11买的", SOME_ORDER),
    ],
)
def test_things_are_pointed_at(text: str, points: str) -> None:
    read = fragment(text, {})
    assert read is not None
    assert (read.slots, read.points) == ({}, frozenset((points,)))


def test_an_order_with_the_product_in_it_is_not_the_one_talked_about() -> None:
    read = fragment("学步鞋那单", {"product": ("学步鞋",)})
    assert read is not None
    assert (read.slots, read.points) == ({"product": "学步鞋"}, frozenset((SOME_ORDER,)))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "粉色的22码有吗",
            "它到哪了",
            "多少钱",
            "有货吗",
            "退货",
            "好的",
            "要",
            "你好",
            "那个",
            "那个…",
        ),
        *(
            "没货了",
            "到哪了",
            "换22码",
            "白色的怎么洗",
            "昨天就问过了",
            "人多的话周日也成",
            "不是这个单",
        ),
        *("两个都要退", "这个能退吗", "", "？？", "我要投诉"),
    ],
)
def test_what_asks_or_wants_something_is_no_fragment(text: str) -> None:
    assert fragment(text, {}) is None
