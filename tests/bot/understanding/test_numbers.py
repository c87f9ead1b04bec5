"""Numbers are read by their form."""

import pytest

from bot.understanding.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("E20261121100034094100017", {"order_id": ("E20261121100034094100017",)}),
        ("订单2618830174529916203到哪了", {"order_id": ("2618830174529916203",)}),
        ("e20261121100034094100017 尾号3921", {
            "order_id": ("E20261121100034094100017",), "phone_tail": ("3921",),
        }),
        ("sf1234567890123什么时候到", {"tracking_no": ("SF1234567890123",)}),
        ("订单CPZ7A481K2KHHJJY到哪了", {"order_id": ("CPZ7A481K2KHHJJY",)}),
        ("cpz7a481k2khhjjy 尾号5678", {
            "order_id": ("CPZ7A481K2KHHJJY",), "phone_tail": ("5678",),
        }),
        ("SF12345678912345", {"tracking_no": ("SF12345678912345",)}),
        ("CPZ7A481K2KHHJJYX", {}),
        ("BABYSUPERDRYNAPP", {}),
        ("单号 773012345678901", {"tracking_no": ("773012345678901",)}),
        ("打我电话13812345678", {"phone": ("13812345678",)}),
        ("T-20261121-0042怎么样了", {"ticket": ("T-20261121-0042",)}),
        ("手机后四位是 3921", {"phone_tail": ("3921",)}),
        ("2622945810637742085 4418", {
            "order_id": ("2622945810637742085",), "phone_tail": ("4418",),
        }),
        ("2622945810637742085 改到3号楼1204室，谢谢", {"order_id": ("2622945810637742085",)}),
        ("要22码的", {}),
        ("价格199块，买3双", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_numbers_are_read_by_their_form(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert find_numbers(text) == found


def test_the_same_number_twice_is_one_number() -> None:
    assert find_numbers("13812345678，13812345678")["phone"] == ("13812345678",)


@pytest.mark.parametrize(
    "text",
    ["税号913100001234567890", "我的卡号：6222021234567890123", "身份证号 310101199001011234"],
)
def test_numbers_of_other_things_are_no_orders(text: str) -> None:
    assert "order_id" not in find_numbers(text)
