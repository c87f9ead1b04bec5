"""Vendure's answers field by field, those too that no shop can be brought to give at will."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk.kernel.errors import DeskError, Refused, Unavailable
from desk.kernel.money import Fen
from desk.shops.port import ItemId, OrderStatus, Refund, RefundStatus, Shop
from integrations.catalog import connected_shops, read_entries
from integrations.uncounted import UNCOUNTED
from integrations.vendure import shelf, wire
from integrations.vendure.status import order_status
from integrations.wild import Unreadable, Wild
from tests.clocks import FrozenClock
from tests.integrations.scripted_gateway import Script, scripted

_AT = datetime(2026, 11, 22, 5, 28, 58, tzinfo=UTC)
_SHOES = ItemId("v", "1")


def _wild(value: object) -> Wild:
    return Wild.parse("vendure", json.dumps(value))


def _refund(status: RefundStatus, amount: int) -> Refund:
    return Refund("1", status, Fen(amount), _AT)


def _order(**fields: object) -> Wild:
    return _wild(
        {
            "code": "T1",
            "state": "PaymentSettled",
            "createdAt": "2026-11-20T05:28:58.000Z",
            "orderPlacedAt": "2026-11-22T05:28:58.509Z",
            "updatedAt": "2026-11-22T05:28:58.000Z",
            "currencyCode": "CNY",
            "totalWithTax": 9500,
            "customer": {"id": "7"},
            "shippingAddress": {"phoneNumber": "138 0000 5678"},
            "lines": [],
            "payments": [{"state": "Settled", "amount": 9500, "refunds": []}],
            "fulfillments": [],
            "history": {"items": []},
            **fields,
        }
    )


def _product(**variant: object) -> Wild:
    level = {"stockLocation": {"id": "1", "name": "上海仓"}}
    return _wild(
        {
            "globalSettings": {"trackInventory": True, "outOfStockThreshold": 2},
            "product": {
                "enabled": True,
                "variants": [
                    {
                        "id": "11",
                        "enabled": True,
                        "priceWithTax": 16900,
                        "currencyCode": "CNY",
                        "trackInventory": "INHERIT",
                        "outOfStockThreshold": 5,
                        "useGlobalOutOfStockThreshold": True,
                        "options": [],
                        "stockLevels": [{**level, "stockOnHand": 10, "stockAllocated": 3}],
                        **variant,
                    }
                ],
            },
        }
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("ArrangingPayment", OrderStatus.PENDING),
        ("PaymentAuthorized", OrderStatus.ON_HOLD),
        ("Modifying", OrderStatus.ON_HOLD),
        ("PaymentSettled", OrderStatus.PAID),
        ("PartiallyShipped", OrderStatus.PART_SHIPPED),
        ("Shipped", OrderStatus.SHIPPED),
        ("PartiallyDelivered", OrderStatus.SHIPPED),
        ("Delivered", OrderStatus.DELIVERED),
        ("Cancelled", OrderStatus.CANCELLED),
        ("WaitingForTheStars", OrderStatus.UNKNOWN),
    ],
)
def test_states_are_told_in_the_desks_words(state: str, expected: OrderStatus) -> None:
    assert order_status(state, 9500, (), waits=False) is expected


def test_an_order_partly_delivered_whose_rest_waits_is_partly_shipped() -> None:
    assert order_status("PartiallyDelivered", 1, (), waits=True) is OrderStatus.PART_SHIPPED


@pytest.mark.parametrize(
    ("state", "refunds", "expected"),
    [
        ("Shipped", [(RefundStatus.REFUNDED, 9500)], OrderStatus.REFUNDED),
        ("Shipped", [(RefundStatus.REFUNDED, 500)], OrderStatus.SHIPPED),
        ("Shipped", [(RefundStatus.REFUNDING, 9500)], OrderStatus.SHIPPED),
        ("Cancelled", [(RefundStatus.REFUNDED, 8900)], OrderStatus.REFUNDED),
        ("Cancelled", [(RefundStatus.REFUNDING, 9500)], OrderStatus.CANCELLED),
        (
            "Cancelled",
            [(RefundStatus.REFUNDED, 500), (RefundStatus.UNKNOWN, 9000)],
            OrderStatus.CANCELLED,
        ),
    ],
)
def test_refunded_means_that_the_money_is_back(
    state: str, refunds: list[tuple[RefundStatus, int]], expected: OrderStatus
) -> None:
    done = tuple(_refund(status, amount) for status, amount in refunds)

    assert order_status(state, 9500, done, waits=False) is expected


def test_an_order_is_as_old_as_its_placing_and_never_paid_before() -> None:
    paid = {
        "type": "ORDER_PAYMENT_TRANSITION",
        "createdAt": "2026-11-22T05:28:58.000Z",
        "data": {"to": "Settled"},
    }

    order = wire.order("v", _order(history={"items": [paid]}))

    assert order.created_at == order.paid_at == _AT + timedelta(milliseconds=509)
    assert order.phone_tail == "5678"
    assert "5678" not in order.raw


def test_a_failed_refund_is_neither_closed_nor_on_its_way() -> None:
    failed = {
        "id": "3",
        "state": "Failed",
        "total": 9500,
        "createdAt": "2026-11-22T06:00:00.000Z",
        "updatedAt": "2026-11-22T06:00:09.000Z",
    }

    order = wire.order(
        "v", _order(payments=[{"state": "Settled", "amount": 9500, "refunds": [failed]}])
    )

    assert [refund.status for refund in order.refunds] == [RefundStatus.UNKNOWN]
    assert order.updated_at == datetime(2026, 11, 22, 6, 0, 9, tzinfo=UTC)


def test_an_order_by_a_guest_has_no_buyer_and_a_declined_payment_is_none() -> None:
    order = wire.order(
        "v", _order(customer=None, payments=[{"state": "Declined", "amount": 1, "refunds": []}])
    )

    assert order.buyer is None
    assert order.payment == Fen(9500)


@pytest.mark.parametrize(
    "fields",
    [
        {"currencyCode": "USD"},
        {"updatedAt": "yesterday"},
        {"updatedAt": "2026-11-22T05:28:58"},
        {"lines": "none"},
        {"totalWithTax": "95.00"},
        {"code": None},
    ],
)
def test_what_is_not_as_documented_is_unreadable(fields: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        wire.order("v", _order(**fields))


@pytest.mark.parametrize(
    ("variant", "available"),
    [
        ({}, 5),
        ({"useGlobalOutOfStockThreshold": False}, 2),
        ({"useGlobalOutOfStockThreshold": False, "outOfStockThreshold": -4}, 11),
        ({"stockLevels": []}, 0),
        ({"trackInventory": "FALSE"}, UNCOUNTED),
    ],
)
def test_what_the_shop_keeps_back_is_not_available(
    variant: dict[str, object], available: int
) -> None:
    (sku,) = shelf.stock(_SHOES, _product(**variant), ())

    assert sku.available == available


def test_stores_are_known_by_name_or_id_and_variants_off_sale_are_left_out() -> None:
    kinds = [
        place.kind.value
        for stores in ((), ("上海仓",), ("1",))
        for sku in shelf.stock(_SHOES, _product(), stores)
        for place in sku.places
    ]

    assert kinds == ["warehouse", "store", "store"]
    assert shelf.stock(_SHOES, _product(enabled=False), ()) == ()


@asynccontextmanager
async def _shop(script: Script) -> AsyncIterator[Shop]:
    async with scripted(script) as url:
        entry = {"id": "v", "platform": "vendure", "name": "店", "base_url": f"{url}admin-api"}
        entries = read_entries([{**entry, "credentials": {"api_key": "k"}}])
        async with connected_shops(entries, FrozenClock()) as (shop,):
            yield shop


def _error(code: str) -> dict[str, Any]:
    return {"errors": [{"message": "no", "extensions": {"code": code}}], "data": None}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_error("INTERNAL_SERVER_ERROR"), Unavailable),
        (_error("CHANNEL_NOT_FOUND"), Refused),
        (_error("GRAPHQL_VALIDATION_FAILED"), Refused),
        ({"data": None}, Unreadable),
        ([], Unreadable),
        ({"errors": [{}]}, Refused),
    ],
)
async def test_errors_of_graphql_are_one_of_three_kinds(
    answer: object, kind: type[DeskError]
) -> None:
    async with _shop(lambda path, sent: answer) as shop:
        with pytest.raises(kind):
            await shop.find_items("")
