"""Numbers are read by their form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

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
        ("6936802254719330518 实付 1023", {
            "order_id": ("6936802254719330518",), "paid_amount": ("1023",),
        }),
        ("312688250194，0915，包裹到哪了", {
            "order_id": ("312688250194",), "phone_tail": ("0915",),
        }),
        ("2622945810637742085 4418 天猫的退款同意了吗", {
            "order_id": ("2622945810637742085",), "phone_tail": ("4418",),
        }),
        ("2622945810637742085 1204室，麻烦改一下", {"order_id": ("2622945810637742085",)}),
        ("312688250194 2026年买的", {"order_id": ("312688250194",)}),
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


PINDUODUO, JD, ZTO = "261118-093512447180026", "312847650137", "78612004471893"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("E20261116201844019500026", "order_id"),  # Youzan
        ("2618830174529916203", "order_id"),  # Taobao
        ("618830174529916203", "order_id"),  # Taobao, eighteen digits
        (JD, "order_id"),
        ("98765432101", "order_id"),  # JD, eleven digits
        ("6937480133650876051", "order_id"),  # Douyin
        (PINDUODUO, "order_id"),
        ("3737401822650113024", "order_id"),  # WeChat Store
        ("2630500012345678", "order_id"),  # Kuaishou
        ("CPZ7A481K2KHHJJY", "order_id"),  # Vendure
        (ZTO, "tracking_no"),
        ("773302019945120", "tracking_no"),  # STO
        ("462883061127745", "tracking_no"),  # Yunda
        ("YT7489920153386", "tracking_no"),
        ("SF1402299871650", "tracking_no"),
        ("JDVA20481937756", "tracking_no"),
        ("EB123456789CN", "tracking_no"),  # EMS
    ],
)
@pytest.mark.parametrize(
    "written", ["{}", "我要查{}到哪了", "这个：{}，谢谢", " {}\n", "帮我看下【{}】的呢"]
)
def test_the_numbers_of_every_platform_and_carrier_are_found_among_words(
    number: str, kind: str, written: str
) -> None:
    for text in (number, number.translate(WIDE)):
        assert find_numbers(written.format(text)) == {kind: (number,)}


WIDE = {ord(each): ord(each) + 0xFEE0 for each in "0123456789-#"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2618 8301 7452 9916 203", {"order_id": ("2618830174529916203",)}),
        ("2618-8301-7452-9916-203", {"order_id": ("2618830174529916203",)}),
        ("3128 4765 0137", {"order_id": (JD,)}),
        ("312-847-650-137", {"order_id": (JD,)}),
        ("E 20261116 201844019500026", {"order_id": ("E20261116201844019500026",)}),
        ("20261116201844019500026", {"order_id": ("E20261116201844019500026",)}),
        ("261118093512447180026", {"order_id": (PINDUODUO,)}),
        ("261118 093512447180026", {"order_id": (PINDUODUO,)}),
        ("261118—093512447180026", {"order_id": (PINDUODUO,)}),
        ("261118 - 093512447180026到哪了", {"order_id": (PINDUODUO,)}),
        ("SF 1402 2998 71650", {"tracking_no": ("SF1402299871650",)}),
        ("7861 2004 4718 93", {"tracking_no": (ZTO,)}),
        ("138 1234 5678", {"phone": ("13812345678",)}),
        ("+86 138-1234-5678", {"phone": ("13812345678",)}),
        ("8613812345678", {"phone": ("13812345678",)}),
        ("13812345678 3921", {"phone": ("13812345678",)}),
        ("0571-50550103", {}),
        ("2026-11-20 12:30", {}),
        ("20261120 1230", {}),
        ("129-159 199-259", {}),
    ],
)
def test_groups_of_digits_are_one_number(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert find_numbers(text) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"快递单号{JD}", "tracking_no"),
        (f"运单号是：{JD}", "tracking_no"),
        (f"{JD}是快递单号", "tracking_no"),
        (f"圆通 {JD}", "tracking_no"),
        (f"订单的快递单号{JD}", "tracking_no"),
        (f"单号{JD}", "order_id"),
        (f"我的快递到哪了，{JD}", "order_id"),
        (f"订单{JD}的快递到哪了", "order_id"),
        (f"中通的，订单号{ZTO}", "order_id"),
        (f"{ZTO}这个订单", "order_id"),
        (f"单号{ZTO}", "tracking_no"),
    ],
)
def test_what_bare_digits_are_is_told_by_their_name_and_then_by_their_beginning(
    text: str, kind: str
) -> None:
    assert list(find_numbers(text)) == [kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{JD} 309914427785", {"order_id": (JD, "309914427785")}),
        (f"{JD}\n{PINDUODUO}", {"order_id": (JD, PINDUODUO)}),
        (f"{PINDUODUO}、{JD}", {"order_id": (PINDUODUO, JD)}),
        (f"订单{JD}，快递{ZTO}", {"order_id": (JD,), "tracking_no": (ZTO,)}),
        (f"快递单号{JD}，订单号{ZTO}", {"tracking_no": (JD,), "order_id": (ZTO,)}),
        (f"{JD}，电话13812345678", {"order_id": (JD,), "phone": ("13812345678",)}),
    ],
)
def test_two_numbers_in_one_message_are_two(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert find_numbers(text) == found


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        (f"{PINDUODUO} 129", "129"),
        (f"{PINDUODUO}，129.90", "129.90"),
        (f"{PINDUODUO} 实付129元", "129"),
        (f"我付了¥1,299.00，订单{PINDUODUO}，怎么还没到", "1299"),
        (f"{JD} 2640 实付 98.5", "98.50"),
    ],
)
def test_an_amount_is_given_beside_the_number_of_an_order(text: str, paid: str) -> None:
    assert find_numbers(text)["paid_amount"] == (paid,)


@pytest.mark.parametrize(
    "text",
    [f"{PINDUODUO} 改到3号楼", f"{JD} 2640", f"{PINDUODUO} 买了2双", "实付129", f"{JD} {ZTO}"],
)
def test_other_digits_beside_an_order_are_no_amount(text: str) -> None:
    assert "paid_amount" not in find_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "#1001",
        "订单#1001到哪了",
        "＃１００１",
        "订单号1001",
        "订单编号：1001",
        "订单号 是1001吗",
        "order no. 1001",
    ],
)
def test_short_numbers_are_orders_where_they_are_called_so(text: str) -> None:
    assert find_numbers(text)["order_id"] == ("1001",)


@pytest.mark.parametrize("text", ["1001", "订单1001元", "订单号 2026年", "我要1001个", "第#12个"])
def test_other_short_numbers_are_no_orders(text: str) -> None:
    assert "order_id" not in find_numbers(text)


MERCHANT = Path(__file__).resolve().parents[3] / "sandbox" / "merchant"
COUNTED = 10
"""Shopify and WooCommerce count their orders; bare, such numbers may be anything."""


def merchants_orders() -> Iterator[tuple[str, list[str]]]:
    """The numbers of all orders in the sandbox's shops, each with those of its parcels."""
    for file in sorted(MERCHANT.glob("*.yml")):
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        for listed in told.values() if isinstance(told, dict) else ():
            for each in listed if isinstance(listed, list) else ():
                if isinstance(each, dict) and {"number", "buyer"} <= each.keys():
                    yield str(each["number"]), [str(p["number"]) for p in each.get("parcels", [])]


def test_every_order_and_parcel_of_the_merchant_is_read_as_what_it_is() -> None:
    orders = [each for each in merchants_orders() if len(each[0]) > COUNTED]
    assert len(orders) > 50
    for number, parcels in orders:
        assert find_numbers(number) == {"order_id": (number,)}
        assert all(find_numbers(each) == {"tracking_no": (each,)} for each in parcels)
