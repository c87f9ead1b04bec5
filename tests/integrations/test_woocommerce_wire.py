"""WooCommerce's orders and stock in fen, UTC and the desk's words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk.kernel.errors import Refused, Unavailable
from desk.kernel.money import Fen
from desk.shops.port import ItemId, OrderStatus, RefundStatus
from integrations.uncounted import UNCOUNTED
from integrations.wild import Wild
from integrations.woocommerce import shelf, status, wire

_TRACKED = {
    "key": "_wc_shipment_tracking_items",
    "value": [
        {
            "tracking_provider": "sf-express",
            "custom_tracking_provider": "顺丰速运",
            "tracking_number": "SF1",
            "date_shipped": "1795305600",
        },
        {"tracking_provider": "zto", "tracking_number": "78", "date_shipped": None},
        {"tracking_provider": "zto", "tracking_number": ""},
    ],
}


def _wild(**fields: object) -> Wild:
    raw: dict[str, Any] = {
        "id": 7,
        "number": "7",
        "status": "processing",
        "currency": "CNY",
        "date_created_gmt": "2026-11-22T01:00:00",
        "date_modified_gmt": "2026-11-22T02:00:00",
        "date_paid_gmt": "2026-11-22T01:05:00",
        "date_completed_gmt": None,
        "total": "129.90",
        "customer_id": 3,
        "customer_note": "给小满 13800001111",
        "billing": {"first_name": "满", "phone": "+86 138-0000-2222", "email": "a@b.cn"},
        "shipping": {"address_1": "天钥桥路333弄", "phone": ""},
        "payment_method": "alipay",
        "line_items": [],
        "refunds": [],
        "meta_data": [],
        **fields,
    }
    return Wild.parse("woocommerce", json.dumps(raw))


@pytest.mark.parametrize(
    ("word", "without", "with_parcels"),
    [
        ("auto-draft", OrderStatus.PENDING, OrderStatus.PENDING),
        ("checkout-draft", OrderStatus.PENDING, OrderStatus.PENDING),
        ("pending", OrderStatus.PENDING, OrderStatus.PENDING),
        ("failed", OrderStatus.PENDING, OrderStatus.PENDING),
        ("on-hold", OrderStatus.ON_HOLD, OrderStatus.ON_HOLD),
        ("processing", OrderStatus.PAID, OrderStatus.SHIPPED),
        ("completed", OrderStatus.COMPLETED, OrderStatus.SHIPPED),
        ("partial-shipped", OrderStatus.PART_SHIPPED, OrderStatus.PART_SHIPPED),
        ("shipped", OrderStatus.SHIPPED, OrderStatus.SHIPPED),
        ("delivered", OrderStatus.DELIVERED, OrderStatus.DELIVERED),
        ("cancelled", OrderStatus.CANCELLED, OrderStatus.CANCELLED),
        ("refunded", OrderStatus.REFUNDED, OrderStatus.REFUNDED),
        ("trash", OrderStatus.CLOSED, OrderStatus.CLOSED),
        ("wc-invented", OrderStatus.UNKNOWN, OrderStatus.UNKNOWN),
    ],
)
def test_each_word_has_its_state(
    word: str, without: OrderStatus, with_parcels: OrderStatus
) -> None:
    assert status.order_status(word, has_parcels=False) is without
    assert status.order_status(word, has_parcels=True) is with_parcels


def test_an_order_is_read_in_fen_and_utc() -> None:
    order = wire.order("w", _wild())

    assert (order.number, order.payment, order.status) == ("7", Fen(12990), OrderStatus.PAID)
    assert order.created_at == datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert order.paid_at == order.created_at + timedelta(minutes=5)
    assert order.updated_at == order.created_at + timedelta(hours=1)
    assert order.shipped_at is None


def test_who_and_where_somebody_is_stays_out_of_what_is_kept() -> None:
    order = wire.order(
        "w", _wild(order_key="wc_order_1", meta_data=[{"key": "_wechat", "value": 1}])
    )

    for secret in ("小满", "1380000", "天钥桥", "a@b.cn", "wc_order", "_wechat"):
        assert secret not in order.raw
    assert '"total":"129.90"' in order.raw


@pytest.mark.parametrize(
    ("billing", "shipping", "tail"),
    [
        ("+86 138-0000-2222", "", "2222"),
        ("13800002222", "139 1111 3333", "3333"),
        ("", "", None),
        ("123", None, None),
    ],
)
def test_the_receivers_phone_comes_before_the_payers(
    billing: str, shipping: str | None, tail: str | None
) -> None:
    raw = _wild(billing={"phone": billing}, shipping={"phone": shipping})

    assert wire.order("w", raw).phone_tail == tail


def test_a_guest_is_nobody_whom_one_could_ask_for() -> None:
    assert wire.order("w", _wild(customer_id=0)).buyer is None


def test_other_money_than_yuan_is_refused_and_named() -> None:
    with pytest.raises(Refused) as caught:
        wire.order("w", _wild(currency="USD"))

    assert not isinstance(caught.value, Unavailable)
    assert "USD" in caught.value.say


def test_parcels_are_those_of_the_tracking_plugin() -> None:
    raw = _wild(meta_data=[{"key": "x", "value": 1}, _TRACKED])

    told = [(parcel.carrier, parcel.tracking_no) for parcel in wire.parcels(raw)]

    assert told == [("顺丰速运", "SF1"), ("zto", "78")]


def test_the_day_of_sending_never_lies_before_the_payment() -> None:
    order = wire.order("w", _wild(meta_data=[_TRACKED]))

    assert order.shipped_at == order.paid_at
    assert order.status is OrderStatus.SHIPPED


def test_a_completed_order_without_a_parcel_was_sent_when_it_was_completed() -> None:
    raw = _wild(status="completed", date_completed_gmt="2026-11-22T01:30:00")

    assert wire.order("w", raw).shipped_at == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def test_a_line_tells_what_was_chosen_and_passes_over_what_plugins_add() -> None:
    metas = [
        {"key": "颜色", "display_key": "颜色", "display_value": "粉色"},
        {"key": "_reduced_stock", "display_key": "_reduced_stock", "display_value": "1"},
        {"key": "addon", "display_key": "addon", "display_value": [1, 2]},
    ]
    line = {
        "product_id": 4,
        "variation_id": 41,
        "name": "鞋 - 粉色",
        "parent_name": "鞋",
        "quantity": 2,
        "total": "30.00",
        "total_tax": "1.80",
        "meta_data": metas,
    }

    (read,) = wire.order("w", _wild(line_items=[line, {**line, "variation_id": 0}])).lines[:1]

    assert (read.item, read.sku, read.title) == (ItemId("w", "4"), "41", "鞋")
    assert (read.quantity, read.price) == (2, Fen(3180))
    assert read.properties == (("颜色", "粉色"),)


@pytest.mark.parametrize(
    ("word", "went_back", "expected"),
    [
        ("processing", False, RefundStatus.REFUNDING),
        ("processing", True, RefundStatus.REFUNDED),
        ("refunded", False, RefundStatus.REFUNDED),
    ],
)
def test_a_refund_is_money_back_where_the_shop_says_so(
    word: str, went_back: bool, expected: RefundStatus
) -> None:
    raw = {
        "id": 9,
        "amount": "20.00",
        "date_created_gmt": "2026-11-22T03:00:00",
        "refunded_payment": went_back,
    }

    order = wire.with_refunds(
        wire.order("w", _wild(status=word)), [Wild.parse("woocommerce", json.dumps(raw))]
    )

    (refund,) = order.refunds
    assert (refund.id, refund.status, refund.amount) == ("9", expected, Fen(2000))
    assert order.updated_at == refund.updated_at == datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.mark.parametrize("field", ["date_created_gmt", "total", "line_items"])
def test_an_odd_order_is_unreadable_and_nothing_else(field: str) -> None:
    for odd in ("soon", {"a": 1}, True):
        with pytest.raises(Unavailable):
            wire.order("w", _wild(**{field: odd}))


@pytest.mark.parametrize(
    ("heap", "available"),
    [
        ({"stock_status": "instock", "stock_quantity": 4, "manage_stock": True}, 4),
        ({"stock_status": "instock", "stock_quantity": None, "manage_stock": False}, UNCOUNTED),
        ({"stock_status": "instock", "stock_quantity": 6, "manage_stock": "parent"}, 6),
        ({"stock_status": "instock", "stock_quantity": -2, "manage_stock": True}, 0),
        ({"stock_status": "outofstock", "stock_quantity": None, "manage_stock": False}, 0),
        ({"stock_status": "onbackorder", "stock_quantity": 0, "manage_stock": True}, 0),
    ],
)
def test_what_can_be_sent_now_is_told(heap: dict[str, object], available: int) -> None:
    raw = Wild("woocommerce", {"price": "12.5", "attributes": [], **heap})

    sku = shelf.sku(ItemId("w", "1"), raw, "0")

    assert (sku.available, sku.price) == (available, Fen(1250))
