"""What fell in price, to the fen: never less than nothing, never more than was paid."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.money import Fen
from desk.shops.port import (
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Scan,
)
from desk.shops.price_difference import differences
from desk.shops.price_rules import PriceRule, Since, received_at
from tests.clocks import NOON

SHOES = ItemId("yz", "1")


def line(sku: str, quantity: int, price: int) -> OrderLine:
    return OrderLine(SHOES, sku, "学步鞋", (), quantity, Fen(price))


def order(*lines: OrderLine, payment: int | None = None) -> Order:
    paid = sum(each.price for each in lines) if payment is None else payment
    return Order(
        "yz", "E1", OrderStatus.PAID, None, None, NOON, NOON, None, Fen(paid), tuple(lines)
    )


def amounts(of: Order, prices: dict[str, int], *, net: bool = True) -> list[int]:
    known = {(SHOES, sku): Fen(price) for sku, price in prices.items()}
    return [each.amount for each in differences(of, known, net_of_coupons=net)]


@pytest.mark.parametrize(
    ("of", "prices", "net", "expected"),
    [
        (order(line("a", 2, 33800)), {"a": 15900}, True, [2000]),
        (order(line("a", 1, 16900)), {"a": 16900}, True, [0]),
        (order(line("a", 1, 16900)), {"a": 17900}, True, [0]),
        (order(line("a", 1, 16900)), {"a": 0}, True, [16900]),
        (order(line("a", 1, 16900)), {}, True, []),
        (order(line("a", 3, 10000)), {"a": 3000}, True, [1000]),
        (order(line("a", 1, 0)), {"a": 500}, True, [0]),
        (order(line("a", 1, 10000), payment=8000), {"a": 9000}, True, [0]),
        (order(line("a", 1, 10000), payment=8000), {"a": 9000}, False, [1000]),
        (order(line("a", 1, 10000), payment=10800), {"a": 9000}, True, [1000]),
        (order(line("a", 1, 1), line("b", 2, 2), payment=2), {"a": 0, "b": 0}, True, [1, 2]),
    ],
)
def test_each_line_is_compared_with_the_price_now(
    of: Order, prices: dict[str, int], net: bool, expected: list[int]
) -> None:
    assert amounts(of, prices, net=net) == expected


def test_a_difference_that_does_not_come_to_whole_fen_has_no_price_for_one_piece() -> None:
    known = {(SHOES, "a"): Fen(3000)}
    (even,) = differences(order(line("a", 2, 8000)), known, net_of_coupons=True)
    (odd,) = differences(order(line("a", 3, 10000)), known, net_of_coupons=True)
    assert (even.each, odd.each) == (Fen(1000), None)


LINES = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99_999)), min_size=1, max_size=6)


@given(
    lines=LINES, saved=st.integers(0, 200_000), prices=st.lists(st.integers(0, 30_000), min_size=6)
)
def test_whatever_the_order_the_sums_hold(
    lines: list[tuple[int, int]], saved: int, prices: list[int]
) -> None:
    bought = [line(str(at), quantity, price) for at, (quantity, price) in enumerate(lines)]
    total = sum(each.price for each in bought)
    paid = max(0, total - saved)
    of = order(*bought, payment=paid)
    known = {(SHOES, str(at)): Fen(price) for at, price in enumerate(prices)}
    found = differences(of, known, net_of_coupons=True)

    assert all(0 <= each.amount <= each.paid <= each.line.price for each in found)
    assert paid <= sum(each.paid for each in found) <= paid + len(found)
    for each in found:
        exact = Fraction(each.line.price * paid, total) if total else 0
        assert 0 <= each.paid - exact < 1

    turned = differences(replace(of, lines=of.lines[::-1]), known, net_of_coupons=True)
    assert [each.amount for each in turned[::-1]] == [each.amount for each in found]


def test_the_days_count_from_the_payment_or_from_the_last_parcel_received() -> None:
    received = NOON + timedelta(days=3)
    bought = order(line("a", 1, 100))
    assert PriceRule(7).ends_at(bought, None) == NOON + timedelta(days=7)
    of_receipt = PriceRule(7, Since.RECEIVED)
    assert of_receipt.ends_at(bought, received) == NOON + timedelta(days=10)
    assert of_receipt.ends_at(bought, None) is None
    assert PriceRule().ends_at(bought, received) is None


def test_an_order_is_received_when_its_last_parcel_is() -> None:
    first = Parcel("顺丰", "SF1", ParcelStatus.DELIVERED, (Scan(NOON, "已签收"),))
    later = NOON + timedelta(days=1)
    second = Parcel("顺丰", "SF2", ParcelStatus.DELIVERED, (Scan(later, "已签收"),))
    under_way = replace(second, status=ParcelStatus.IN_TRANSIT)
    assert received_at((first, second)) == later
    assert received_at((first, under_way)) is None
    assert received_at(()) is None
