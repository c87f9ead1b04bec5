"""Kuaishou's answers and numbers, field by field."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, Refund, RefundStatus
from integrations.kuaishou import wire
from integrations.kuaishou.status import order_status, refund_status
from integrations.wild import Unreadable, Wild

_BACK = RefundStatus.REFUNDED


def _wild(value: object) -> Wild:
    return Wild.parse("kuaishou", json.dumps(value))


def _raw(**base: object) -> dict[str, Any]:
    return {
        "orderBaseInfo": {
            "oid": 2532401187650913,
            "status": 40,
            "createTime": 1763600000000,
            "payTime": 1763600060000,
            "sendTime": 1763640000000,
            "recvTime": 0,
            "updateTime": 1763650000123,
            "totalFee": 57600,
            "discountFee": 2000,
            "expressFee": 0,
            "buyerOpenId": "f1a7",
            "buyerNick": "果果妈爱分享",
            "remark": "请打 13812345678",
            **base,
        },
        "orderItemInfo": {
            "itemId": 20476831003351,
            "skuId": 158419190003308,
            "itemTitle": "牧云奶粉",
            "skuDesc": "2段",
            "num": 2,
            "price": 29800,
        },
        "orderAddress": {
            "consignee": "郭冉",
            "mobile": "15942037716",
            "address": "建设东路57号",
            "city": "沈阳市",
            "desensitiseMobile": "159****7716",
            "desensitiseConsignee": "郭*",
            "encryptedMobile": "$enc$",
        },
        "orderLogisticsInfo": [{"expressNo": "YT75", "expressCode": 6}],
    }


def _order(*refunds: Refund, **base: object) -> Order:
    return wire.order("k", _wild(_raw(**base)), refunds)


def _refund(**more: object) -> Refund:
    raw = {
        "refundId": 2532401187650913001,
        "status": 60,
        "handlingWay": 10,
        "refundFee": 1990,
        "createTime": 1763700000000,
        "updateTime": 1763800000000,
    }
    return wire.refund(_wild({**raw, **more}))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (10, OrderStatus.PENDING),
        (30, OrderStatus.PAID),
        (40, OrderStatus.SHIPPED),
        (50, OrderStatus.DELIVERED),
        (70, OrderStatus.COMPLETED),
        (0, OrderStatus.UNKNOWN),
        (99, OrderStatus.UNKNOWN),
    ],
)
@pytest.mark.parametrize("is_money_back", [False, True])
def test_every_number_of_an_order_has_its_word(
    number: int, expected: OrderStatus, *, is_money_back: bool
) -> None:
    assert order_status(number, is_paid=True, is_money_back=is_money_back) is expected


@pytest.mark.parametrize(
    ("paid", "refunds", "expected"),
    [
        (0, (), OrderStatus.CANCELLED),
        (1763600060000, (), OrderStatus.CLOSED),
        (1763600060000, (_refund(status=70),), OrderStatus.CLOSED),
        (1763600060000, (_refund(handlingWay=3),), OrderStatus.CLOSED),
        (1763600060000, (_refund(status=70), _refund()), OrderStatus.REFUNDED),
    ],
)
def test_an_order_that_was_closed_is_told_by_what_became_of_the_money(
    paid: int, refunds: tuple[Refund, ...], expected: OrderStatus
) -> None:
    assert _order(*refunds, status=80, payTime=paid).status is expected


@pytest.mark.parametrize(
    ("number", "way", "expected"),
    [
        (10, 10, RefundStatus.REQUESTED),
        (11, 1, RefundStatus.REQUESTED),
        (12, 1, RefundStatus.SELLER_REFUSED),
        (20, 1, RefundStatus.UNKNOWN),
        (21, 1, RefundStatus.UNKNOWN),
        (22, 1, RefundStatus.WAIT_BUYER_RETURN),
        (30, 1, RefundStatus.WAIT_BUYER_RETURN),
        (40, 1, RefundStatus.RETURNED),
        (45, 3, RefundStatus.UNKNOWN),
        (50, 1, RefundStatus.REFUNDING),
        (60, 1, _BACK),
        (60, 10, _BACK),
        (60, 3, RefundStatus.CLOSED),
        (60, 0, RefundStatus.UNKNOWN),
        (60, 2, RefundStatus.UNKNOWN),
        (70, 10, RefundStatus.CLOSED),
        (99, 10, RefundStatus.UNKNOWN),
    ],
)
def test_money_is_back_on_success_of_a_refund_and_of_nothing_else(
    number: int, way: int, expected: RefundStatus
) -> None:
    assert refund_status(number, way) is expected


def test_an_order_is_read_in_fen_and_utc() -> None:
    order = _order()

    assert order.number == "2532401187650913"
    assert order.buyer == BuyerId("k", "f1a7")
    assert (order.payment, order.phone_tail) == (57600, "7716")
    assert order.created_at == datetime(2025, 11, 20, 0, 53, 20, tzinfo=UTC)
    assert order.paid_at == datetime(2025, 11, 20, 0, 54, 20, tzinfo=UTC)
    assert order.shipped_at == datetime(2025, 11, 20, 12, tzinfo=UTC)
    assert order.updated_at == datetime(2025, 11, 20, 14, 46, 40, 123000, tzinfo=UTC)
    (line,) = order.lines
    assert line.item == ItemId("k", "20476831003351")
    assert (line.sku, line.quantity, line.price) == ("158419190003308", 2, 57600)
    assert line.properties == (("规格", "2段"),)


def test_what_never_was_is_written_as_nought_or_not_at_all() -> None:
    order = _order(payTime=0, sendTime=None, buyerOpenId="")

    assert (order.paid_at, order.shipped_at, order.buyer) == (None, None, None)


def test_what_is_kept_of_an_answer_names_nobody() -> None:
    raw = _order().raw

    for told in ("郭冉", "15942037716", "13812345678", "建设东路", "果果妈"):
        assert told not in raw
    assert "159****7716" in raw


def test_a_refund_changes_its_order_too() -> None:
    assert _order(_refund()).updated_at == datetime(2025, 11, 22, 8, 26, 40, tzinfo=UTC)
    assert _order(_refund(updateTime=0)).updated_at == datetime(2025, 11, 21, 4, 40, tzinfo=UTC)


def test_a_refund_is_read_in_fen_and_an_exchange_gives_nothing_back() -> None:
    refund, exchange = _refund(), _refund(handlingWay=3)

    assert (refund.id, refund.amount, refund.status) == ("2532401187650913001", Fen(1990), _BACK)
    assert not refund.exchanges
    assert exchange.exchanges
    assert exchange.status is RefundStatus.CLOSED


def test_a_carrier_whose_number_is_not_known_leaves_its_name_open() -> None:
    sent = [
        {"expressNo": "YT75", "expressCode": 6},
        {"expressNo": "X1", "expressCode": 9999},
        {"expressNo": "X2"},
        {"expressNo": "", "expressCode": 4},
    ]

    found = wire.parcels(_wild({"orderLogisticsInfo": sent}))

    assert [(each.carrier, each.tracking_no) for each in found] == [
        ("圆通速递", "YT75"),
        ("", "X1"),
        ("", "X2"),
    ]
    assert all(each.status is ParcelStatus.UNKNOWN and each.scans == () for each in found)


@pytest.mark.parametrize("field", ["oid", "createTime", "updateTime", "totalFee", "status"])
@pytest.mark.parametrize("odd", [None, "x", [], {}, 2**70])
def test_an_odd_order_is_unreadable_and_nothing_else(field: str, odd: object) -> None:
    if (field, odd) in (("oid", "x"), ("oid", 2**70)):
        return
    with pytest.raises(Unreadable):
        _order(**{field: odd})


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["orderBaseInfo", "oid", "status", "refundId", "skuList", "updateTime", "totalFee"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_ANY)
def test_no_answer_whatever_raises_anything_but_unreadable(value: object) -> None:
    raw = _wild(value)
    for read in (wire.refund, wire.parcels, wire.refund_ids, wire.is_on_sale):
        with suppress(Unreadable):
            read(raw)
    with suppress(Unreadable):
        wire.order("k", raw, ())
    with suppress(Unreadable):
        wire.stock(ItemId("k", "1"), raw)
