"""Four numbers of an order, and every word of a case, in the desk's words."""

import pytest

from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus
from integrations.pinduoduo.status import (
    State,
    is_exchange,
    order_status,
    parcel_status,
    refund_status,
)


@pytest.mark.parametrize(
    ("state", "is_all_back", "expected"),
    [
        (State(0, 0, 1, 1), False, OrderStatus.PENDING),
        (State(0, 1, 1, 1), False, OrderStatus.PENDING),
        (State(0, 2, 1, 1), False, OrderStatus.CANCELLED),
        (State(2, 0, 1, 1), False, OrderStatus.CANCELLED),
        (State(2, 1, 1, 4), True, OrderStatus.CANCELLED),
        (State(1, 1, 1, 1), False, OrderStatus.PAID),
        (State(1, 1, 1, 2), False, OrderStatus.PAID),
        (State(1, 1, 1, 3), False, OrderStatus.PAID),
        (State(1, 1, 1, 1, is_checked=True), False, OrderStatus.ON_HOLD),
        (State(1, 1, 1, 4), False, OrderStatus.REFUNDED),
        (State(1, 1, 1, 4, is_checked=True), False, OrderStatus.REFUNDED),
        (State(1, 1, 2, 1), False, OrderStatus.SHIPPED),
        (State(1, 1, 2, 1, is_checked=True), False, OrderStatus.SHIPPED),
        (State(1, 1, 2, 4), False, OrderStatus.SHIPPED),
        (State(1, 1, 2, 4), True, OrderStatus.REFUNDED),
        (State(1, 1, 3, 1), False, OrderStatus.COMPLETED),
        (State(1, 1, 3, 2), False, OrderStatus.DELIVERED),
        (State(1, 1, 3, 3), False, OrderStatus.DELIVERED),
        (State(1, 1, 3, 4), False, OrderStatus.DELIVERED),
        (State(1, 1, 3, 4), True, OrderStatus.REFUNDED),
        (State(1, 1, 0, 1), False, OrderStatus.UNKNOWN),
        (State(1, 1, 9, 1), False, OrderStatus.UNKNOWN),
        (State(9, 1, 1, 1), False, OrderStatus.UNKNOWN),
    ],
)
def test_four_numbers_make_one_state(
    state: State, is_all_back: bool, expected: OrderStatus
) -> None:
    assert order_status(state, is_all_back=is_all_back) is expected


@pytest.mark.parametrize(
    ("after_sales_status", "expected"),
    [
        (0, RefundStatus.CLOSED),
        (2, RefundStatus.REQUESTED),
        (3, RefundStatus.REQUESTED),
        (4, RefundStatus.REFUNDING),
        (5, RefundStatus.REFUNDING),
        (6, RefundStatus.SELLER_REFUSED),
        (7, RefundStatus.WAIT_BUYER_RETURN),
        (8, RefundStatus.REQUESTED),
        (9, RefundStatus.CLOSED),
        (10, RefundStatus.REFUNDED),
        (11, RefundStatus.CLOSED),
        (12, RefundStatus.CLOSED),
        (13, RefundStatus.CLOSED),
        (14, RefundStatus.REQUESTED),
        (15, RefundStatus.WAIT_BUYER_RETURN),
        (16, RefundStatus.CLOSED),
        (17, RefundStatus.CLOSED),
        (18, RefundStatus.RETURNED),
        (21, RefundStatus.REQUESTED),
        (22, RefundStatus.WAIT_BUYER_RETURN),
        (24, RefundStatus.CLOSED),
        (25, RefundStatus.CLOSED),
        (27, RefundStatus.RETURNED),
        (31, RefundStatus.WAIT_BUYER_RETURN),
        (32, RefundStatus.RETURNED),
        (99, RefundStatus.UNKNOWN),
    ],
)
def test_a_case_is_money_only_when_the_platform_says_so(
    after_sales_status: int, expected: RefundStatus
) -> None:
    assert refund_status(after_sales_status) is expected


@pytest.mark.parametrize(
    ("after_sales_status", "after_sales_type", "expected"),
    [
        (2, 2, False),
        (3, 3, False),
        (10, 3, False),
        (31, 2, False),
        (14, 4, True),
        (2, 4, True),
        (16, 0, True),
        (32, 5, True),
        (25, 6, True),
    ],
)
def test_exchanges_repairs_and_resends_are_told_apart(
    after_sales_status: int, after_sales_type: int, expected: bool
) -> None:
    assert is_exchange(after_sales_status, after_sales_type) is expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("GOT", ParcelStatus.PICKED_UP),
        ("ARRIVAL", ParcelStatus.IN_TRANSIT),
        ("DEPARTURE", ParcelStatus.IN_TRANSIT),
        ("SEND", ParcelStatus.OUT_FOR_DELIVERY),
        ("IN_CABINET", ParcelStatus.OUT_FOR_DELIVERY),
        ("IN_ CABINET", ParcelStatus.OUT_FOR_DELIVERY),
        ("OUT_CABINET", ParcelStatus.DELIVERED),
        ("SIGN", ParcelStatus.DELIVERED),
        ("SIGN_ON_BEHALF", ParcelStatus.DELIVERED),
        ("FAIL", ParcelStatus.EXCEPTION),
        ("STAY_IN_WAREHOUSE", ParcelStatus.EXCEPTION),
        ("REJECTION", ParcelStatus.RETURNING),
        ("RETURN", ParcelStatus.RETURNING),
        ("OTHER", ParcelStatus.IN_TRANSIT),
        ("", ParcelStatus.IN_TRANSIT),
    ],
)
def test_a_parcel_is_where_its_newest_action_says(action: str, expected: ParcelStatus) -> None:
    assert parcel_status(action) is expected
