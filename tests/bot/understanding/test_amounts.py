"""What was paid is read however people write it."""

import pytest

from desk.kernel.amounts import amount_in


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("129", 12900),
        ("129.00", 12900),
        ("129.9", 12990),
        ("¥129", 12900),
        ("￥１２９．００", 12900),
        ("1,299.00", 129900),
        ("129元", 12900),
        ("129块5", 12950),
        ("129元5角6分", 12956),
        ("实付款：259.00元", 25900),
        ("一百二十九", 12900),
        ("一百二十九块九", 12990),
        ("一百二十九点九", 12990),
        ("一二九", 12900),
        ("一百二", 12000),
        ("两百零五", 20500),
        ("一千二百三十四元", 123400),
        ("一千零五十", 105000),
        ("一万二", 1200000),
        ("十二块", 1200),
        ("九块九", 990),
        ("是129吧", 12900),
        ("两双一共258", 25800),
        ("18号买的，129", 12900),
        ("2件 实付258", 25800),
    ],
)
def test_one_amount_is_read_in_fen(text: str, fen: int) -> None:
    assert amount_in(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "忘了",
        "129还是139",
        "大概130",
        "两百多",
        "一百三左右",
        "2双",
        "11月18日",
        "22码的",
        "我在2楼",
        "3小时",
    ],
)
def test_no_amount_or_several_or_about_one_is_none(text: str) -> None:
    assert amount_in(text) is None
