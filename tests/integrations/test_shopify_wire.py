"""Shopify's orders in fen, UTC and the desk's words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from desk.kernel.errors import Refused, Unavailable
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from integrations.shopify import status, wire
from integrations.wild import Wild


def _bag(amount: str, currency: str = "CNY") -> dict[str, object]:
    return {"shopMoney": {"amount": amount, "currencyCode": currency}}


def _sent(state: str = "IN_TRANSIT", status: str = "SUCCESS", **more: object) -> dict[str, object]:
    return {
        "status": status,
        "displayStatus": state,
        "createdAt": "2026-11-22T03:00:00Z",
        "trackingInfo": [{"company": "顺丰速运", "number": "SF1"}],
        **more,
    }


def _refund(*payments: tuple[str, str, str]) -> dict[str, object]:
    nodes = [
        {"kind": kind, "status": state, "amountSet": _bag(amount)}
        for kind, state, amount in payments
    ]
    return {
        "id": "gid://shopify/Refund/9",
        "updatedAt": "2026-11-22T04:00:00Z",
        "transactions": {"nodes": nodes},
    }


def _wild(**fields: object) -> Wild:
    raw: dict[str, Any] = {
        "id": "gid://shopify/Order/5123",
        "name": "#1001",
        "createdAt": "2026-11-22T01:00:00Z",
        "updatedAt": "2026-11-22T10:00:00+08:00",
        "cancelledAt": None,
        "tags": [],
        "test": False,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "totalPriceSet": _bag("129.9"),
        "customer": {"id": "gid://shopify/Customer/77"},
        "shippingAddress": {"phone": "+65 9123 4471"},
        "transactions": [],
        "fulfillments": [],
        "refunds": [],
        **fields,
    }
    return Wild.parse("shopify", json.dumps(raw))


def _order(**fields: object) -> Order:
    return wire.order("s", _wild(**fields), ())


@pytest.mark.parametrize(
    ("financial", "fulfilment", "expected"),
    [
        ("PENDING", "UNFULFILLED", OrderStatus.PENDING),
        ("PARTIALLY_PAID", "UNFULFILLED", OrderStatus.PENDING),
        ("AUTHORIZED", "UNFULFILLED", OrderStatus.ON_HOLD),
        ("PAID", "UNFULFILLED", OrderStatus.PAID),
        ("PAID", "OPEN", OrderStatus.PAID),
        ("PAID", "IN_PROGRESS", OrderStatus.PAID),
        ("PAID", "PENDING_FULFILLMENT", OrderStatus.PAID),
        ("PAID", "SCHEDULED", OrderStatus.PAID),
        ("PAID", "REQUEST_DECLINED", OrderStatus.PAID),
        ("PARTIALLY_REFUNDED", "UNFULFILLED", OrderStatus.PAID),
        ("VOIDED", "UNFULFILLED", OrderStatus.CLOSED),
        ("EXPIRED", "UNFULFILLED", OrderStatus.CLOSED),
        ("REFUNDED", "UNFULFILLED", OrderStatus.REFUNDED),
        ("REFUNDED", "FULFILLED", OrderStatus.REFUNDED),
        ("PAID", "ON_HOLD", OrderStatus.ON_HOLD),
        ("PAID", "PARTIALLY_FULFILLED", OrderStatus.PART_SHIPPED),
        ("PAID", "FULFILLED", OrderStatus.SHIPPED),
        ("PENDING", "FULFILLED", OrderStatus.SHIPPED),
        ("PAID", "RESTOCKED", OrderStatus.CLOSED),
        ("INVENTED", "UNFULFILLED", OrderStatus.UNKNOWN),
        ("PAID", "INVENTED", OrderStatus.UNKNOWN),
    ],
)
def test_each_pair_of_words_has_its_state(
    financial: str, fulfilment: str, expected: OrderStatus
) -> None:
    order = _order(displayFinancialStatus=financial, displayFulfillmentStatus=fulfilment)

    assert order.status is expected


@pytest.mark.parametrize(
    ("financial", "expected"),
    [
        ("VOIDED", OrderStatus.CANCELLED),
        ("PAID", OrderStatus.CANCELLED),
        ("REFUNDED", OrderStatus.REFUNDED),
    ],
)
def test_a_cancelled_order_is_cancelled_unless_the_money_is_back(
    financial: str, expected: OrderStatus
) -> None:
    order = _order(cancelledAt="2026-11-22T01:00:00Z", displayFinancialStatus=financial)

    assert order.status is expected


@pytest.mark.parametrize(
    ("fulfilments", "expected"),
    [
        ([_sent("DELIVERED"), _sent("PICKED_UP")], OrderStatus.DELIVERED),
        ([_sent("DELIVERED"), _sent("IN_TRANSIT")], OrderStatus.SHIPPED),
        ([_sent("DELIVERED"), _sent("FAILURE", "CANCELLED")], OrderStatus.DELIVERED),
        ([], OrderStatus.SHIPPED),
    ],
)
def test_an_order_arrived_when_all_that_was_sent_did(
    fulfilments: list[object], expected: OrderStatus
) -> None:
    order = _order(displayFulfillmentStatus="FULFILLED", fulfillments=fulfilments)

    assert order.status is expected


@pytest.mark.parametrize(
    ("payments", "expected", "amount"),
    [
        ([("REFUND", "SUCCESS", "20.0")], RefundStatus.REFUNDED, 2000),
        ([("REFUND", "PENDING", "20.0")], RefundStatus.REFUNDING, 2000),
        ([("REFUND", "SUCCESS", "5.0"), ("REFUND", "PENDING", "1.5")], RefundStatus.REFUNDING, 650),
        ([("REFUND", "FAILURE", "20.0")], RefundStatus.REFUNDING, 2000),
        ([("REFUND", "ERROR", "20.0")], RefundStatus.REFUNDING, 2000),
        ([("REFUND", "AWAITING_RESPONSE", "2.0")], RefundStatus.REFUNDING, 200),
        ([("VOID", "SUCCESS", "20.0")], RefundStatus.CLOSED, 0),
        ([], RefundStatus.CLOSED, 0),
    ],
)
def test_a_refund_is_money_back_when_all_of_its_payments_are(
    payments: list[tuple[str, str, str]], expected: RefundStatus, amount: int
) -> None:
    (refund,) = _order(refunds=[_refund(*payments)]).refunds

    assert (refund.id, refund.status, refund.amount) == ("9", expected, Fen(amount))


def test_every_word_for_a_parcel_is_known_and_others_are_unknown() -> None:
    assert {status.PARCEL[word] for word in ("DELIVERED", "PICKED_UP")} == {ParcelStatus.DELIVERED}
    (parcel,) = wire.parcels(_wild(fulfillments=[_sent("INVENTED"), _sent(status="CANCELLED")]))

    assert (parcel.carrier, parcel.tracking_no) == ("顺丰速运", "SF1")
    assert (parcel.status, parcel.scans) == (ParcelStatus.UNKNOWN, ())


def test_an_order_is_read_in_fen_and_with_its_zone() -> None:
    paid = [
        {"kind": "AUTHORIZATION", "status": "SUCCESS", "processedAt": "2026-11-22T01:01:00Z"},
        {"kind": "CAPTURE", "status": "SUCCESS", "processedAt": "2026-11-22T01:02:00Z"},
        {"kind": "SALE", "status": "FAILURE", "processedAt": "2026-11-22T01:00:30Z"},
    ]

    order = _order(transactions=paid, fulfillments=[_sent()], tags=["预售"], test=True)

    assert (order.number, order.payment) == ("1001", Fen(12990))
    assert order.updated_at == datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert order.paid_at == datetime(2026, 11, 22, 1, 2, tzinfo=UTC)
    assert order.shipped_at == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert (order.buyer, order.phone_tail) == (BuyerId("s", "77"), "4471")
    assert order.marks == ("预售", "测试单")


def test_who_somebody_is_stays_out_of_what_is_kept() -> None:
    order = _order()

    assert "9123" not in order.raw
    assert "Customer" not in order.raw
    assert "#1001" in order.raw


def test_a_lines_price_is_less_its_share_of_all_discounts() -> None:
    line = {
        "title": "鞋",
        "quantity": 2,
        "unfulfilledQuantity": 1,
        "product": {"id": "gid://shopify/Product/4"},
        "variant": {
            "id": "gid://shopify/ProductVariant/41",
            "selectedOptions": [{"name": "颜色", "value": "粉色"}],
        },
        "originalTotalSet": _bag("30.0"),
        "discountAllocations": [
            {"allocatedAmountSet": _bag("1.25")},
            {"allocatedAmountSet": _bag("2.0")},
        ],
    }
    gone = {**line, "product": None, "variant": None, "discountAllocations": []}

    first, second = wire.order(
        "s", _wild(fulfillments=[_sent()]), Wild("shopify", [line, gone])
    ).lines

    assert (first.item, first.sku, first.price) == (ItemId("s", "4"), "41", Fen(2675))
    assert first.properties == (("颜色", "粉色"),)
    assert first.waits
    assert (second.item, second.sku, second.properties) == (ItemId("s", ""), "", ())


def test_a_product_without_a_choice_has_no_properties() -> None:
    assert wire.properties(Wild("shopify", [{"name": "Title", "value": "Default Title"}])) == ()


def test_other_money_than_yuan_is_refused_and_named() -> None:
    with pytest.raises(Refused) as caught:
        _order(totalPriceSet=_bag("10.0", "USD"))

    assert not isinstance(caught.value, Unavailable)
    assert "USD" in caught.value.say


@pytest.mark.parametrize("field", ["createdAt", "totalPriceSet", "fulfillments", "tags"])
def test_an_odd_order_is_unreadable_and_nothing_else(field: str) -> None:
    for odd in ("soon", {"a": 1}, True, 5):
        with pytest.raises(Unavailable):
            _order(**{field: odd})
