"""TOP's answers and words, field by field."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk.kernel.money import Fen
from desk.shops.port import ItemId, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import CouponIssue, CouponState
from integrations.taobao import coupons, wire
from integrations.taobao.session import read_refreshed
from integrations.taobao.status import ORDER, parcel_status, refund_status
from integrations.wild import Unreadable, Wild

_ITEM = ItemId("tmall-flagship", "728450193362")


def _wild(value: object) -> Wild:
    return Wild.parse("taobao", json.dumps(value))


def _trade(*orders: dict[str, object]) -> dict[str, Any]:
    return {
        "tid": 2618830174529916203,
        "status": "WAIT_BUYER_CONFIRM_GOODS",
        "payment": "596.00",
        "created": "2026-11-18 20:00:00",
        "buyer_open_uid": "AAGxk2Zr0Tt4uQe8wLm3Vb7N",
        "receiver_mobile": "138****3921",
        "orders": {
            "order": [
                {
                    "oid": 10 + at,
                    "num_iid": 728450194415,
                    "title": "奶粉",
                    "num": 2,
                    "divide_order_fee": "596.00",
                    **order,
                }
                for at, order in enumerate(orders)
            ]
        },
    }


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("TRADE_NO_CREATE_PAY", OrderStatus.PENDING),
        ("WAIT_BUYER_PAY", OrderStatus.PENDING),
        ("PAY_PENDING", OrderStatus.ON_HOLD),
        ("WAIT_PRE_AUTH_CONFIRM", OrderStatus.ON_HOLD),
        ("PAID_FORBID_CONSIGN", OrderStatus.ON_HOLD),
        ("WAIT_SELLER_SEND_GOODS", OrderStatus.PAID),
        ("SELLER_CONSIGNED_PART", OrderStatus.PART_SHIPPED),
        ("WAIT_BUYER_CONFIRM_GOODS", OrderStatus.SHIPPED),
        ("TRADE_BUYER_SIGNED", OrderStatus.DELIVERED),
        ("TRADE_FINISHED", OrderStatus.COMPLETED),
        ("TRADE_CLOSED", OrderStatus.REFUNDED),
        ("TRADE_CLOSED_BY_TAOBAO", OrderStatus.CANCELLED),
    ],
)
def test_an_orders_state_is_told_in_the_desks_words(status: str, expected: OrderStatus) -> None:
    assert ORDER[status] is expected


def test_a_state_that_is_new_is_unknown() -> None:
    raw = {**_trade({}), "status": "BRAND_NEW"}

    assert wire.trade("tmall-flagship", _wild(raw)).order.status is OrderStatus.UNKNOWN


@pytest.mark.parametrize(
    ("status", "dispute", "expected"),
    [
        ("WAIT_SELLER_AGREE", "REFUND", RefundStatus.REQUESTED),
        ("SELLER_REFUSE_BUYER", "REFUND", RefundStatus.SELLER_REFUSED),
        ("WAIT_BUYER_RETURN_GOODS", "REFUND_AND_RETURN", RefundStatus.WAIT_BUYER_RETURN),
        ("WAIT_SELLER_CONFIRM_GOODS", "REFUND_AND_RETURN", RefundStatus.RETURNED),
        ("CLOSED", "REFUND", RefundStatus.CLOSED),
        ("SUCCESS", "REFUND", RefundStatus.REFUNDED),
        ("SUCCESS", "REFUND_AND_RETURN", RefundStatus.REFUNDED),
        ("SUCCESS", "TMALL_EXCHANGE", RefundStatus.CLOSED),
        ("SUCCESS", "", RefundStatus.CLOSED),
        ("EXCHANGE_TRANSFORM_TO_REFUND", "REFUND", RefundStatus.REQUESTED),
        ("WAIT_SELLER_CONSIGN_GOODS", "", RefundStatus.RETURNED),
        ("WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS", "", RefundStatus.RETURNED),
        ("BRAND_NEW", "REFUND", RefundStatus.UNKNOWN),
    ],
)
def test_a_success_is_money_only_when_money_was_asked_for(
    status: str, dispute: str, expected: RefundStatus
) -> None:
    assert refund_status(status, dispute) is expected


@pytest.mark.parametrize(
    ("status", "dispute", "exchanges"),
    [
        ("WAIT_SELLER_AGREE", "TMALL_EXCHANGE", True),
        ("SUCCESS", "TAOBAO_EXCHANGE", True),
        ("WAIT_SELLER_CONSIGN_GOODS", "", True),
        ("WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS", "", True),
        ("EXCHANGE_TRANSFORM_TO_REFUND", "TMALL_EXCHANGE", False),
        ("SUCCESS", "REFUND", False),
        ("SUCCESS", "REPAIR", False),
        ("SUCCESS", "", False),
    ],
)
def test_an_exchange_is_told_from_a_refund(status: str, dispute: str, exchanges: bool) -> None:
    raw = {
        "refund_id": 188230054471742085,
        "status": status,
        "dispute_type": dispute,
        "refund_fee": "0.00",
        "created": "2026-11-20 20:00:00",
    }

    refund = wire.refund(_wild(raw))

    assert refund.exchanges is exchanges
    assert not (refund.exchanges and refund.status is RefundStatus.REFUNDED)


@pytest.mark.parametrize(
    ("trade", "marks"),
    [
        ({"type": "guarantee_trade"}, ()),
        ({"type": "step", "step_trade_status": "FRONT_NOPAID_FINAL_NOPAID"}, ("预售", "待付定金")),
        ({"type": "step", "step_trade_status": "FRONT_PAID_FINAL_NOPAID"}, ("预售", "待付尾款")),
        ({"type": "step", "step_trade_status": "FRONT_PAID_FINAL_PAID"}, ("预售",)),
        ({"type": "cod"}, ("货到付款",)),
        ({"status": "PAID_FORBID_CONSIGN"}, ("拼团或管控中",)),
        ({"type": "brand_new"}, ()),
    ],
)
def test_an_order_is_marked_in_the_merchants_words(
    trade: dict[str, object], marks: tuple[str, ...]
) -> None:
    assert wire.trade("tmall-flagship", _wild({**_trade({}), **trade})).order.marks == marks


def test_an_order_says_when_it_changed() -> None:
    changed = {**_trade({}), "modified": "2026-11-19 08:00:00"}

    assert wire.trade("tmall-flagship", _wild(changed)).order.updated_at == datetime(
        2026, 11, 19, 0, 0, tzinfo=UTC
    )
    assert wire.trade("tmall-flagship", _wild(_trade({}))).order.updated_at is None


def test_what_top_said_is_kept_without_people() -> None:
    raw = {**_trade({}), "receiver_mobile": "13818063921", "receiver_name": "周敏"}

    order = wire.trade("tmall-flagship", _wild(raw)).order

    assert json.loads(order.raw)["tid"] == 2618830174529916203
    assert "13818063921" not in order.raw
    assert "周敏" not in order.raw
    assert order.phone_tail == "3921"


@pytest.mark.parametrize(
    ("ends", "state", "expected"),
    [
        ("2027-11-21 00:00:00", "unused", CouponState.VALID),
        ("2026-11-21 20:00:00", "unused", CouponState.EXPIRED),
        ("2026-11-01 00:00:00", "used", CouponState.USED),
        ("2027-11-21 00:00:00", "using", CouponState.USED),
        ("2027-11-21 00:00:00", "brand_new", CouponState.UNKNOWN),
        (None, "unused", CouponState.VALID),
    ],
)
def test_a_buyers_coupon_is_told_with_its_state(
    ends: str | None, state: str, expected: CouponState
) -> None:
    activity = _wild({"coupon_id": 1880057731, "end_time": ends})
    raw = _wild({"coupon_number": 25921, "state": state})

    held = coupons.held(activity, raw, datetime(2026, 11, 21, 12, 0, tzinfo=UTC))

    assert (held.coupon_id, held.code, held.state) == ("1880057731", "25921", expected)


@pytest.mark.parametrize(
    ("action", "text", "expected"),
    [
        ("GOT", "【金华市】天猫仓已揽收", ParcelStatus.PICKED_UP),
        ("ARRIVAL", "快件到达上海闵行集散点", ParcelStatus.IN_TRANSIT),
        ("SENT_SCAN", "派件中，快递员王师傅", ParcelStatus.OUT_FOR_DELIVERY),
        ("SIGNED", "已签收，签收人：本人", ParcelStatus.DELIVERED),
        ("TMS_SIGN", "包裹已妥投", ParcelStatus.DELIVERED),
        ("", "【上海市】派件中", ParcelStatus.OUT_FOR_DELIVERY),
        ("", "派送成功，已签收", ParcelStatus.DELIVERED),
        ("", "派送失败，电话无法接通", ParcelStatus.EXCEPTION),
        ("", "客户拒签，快件退回", ParcelStatus.RETURNING),
        ("TMS_FAILED", "明日再派", ParcelStatus.EXCEPTION),
        ("", "离开金华转运中心", ParcelStatus.IN_TRANSIT),
    ],
)
def test_a_parcel_is_where_its_newest_scan_says(
    action: str, text: str, expected: ParcelStatus
) -> None:
    assert parcel_status(action, text) is expected


def test_a_parcel_without_scans_is_nowhere_yet() -> None:
    parcel = wire.parcel(_wild({"out_sid": "78", "company_name": "中通", "status": "对方已签收"}))

    assert parcel.status is ParcelStatus.UNKNOWN
    assert parcel.scans == ()


def test_ids_are_texts_and_times_utc() -> None:
    order = wire.trade("tmall-flagship", _wild(_trade({}))).order

    assert order.number == "2618830174529916203"
    assert order.created_at == datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    assert order.paid_at is None
    assert order.payment == Fen(59600)
    assert order.phone_tail == "3921"


@pytest.mark.parametrize(
    ("orders", "packed", "is_split"),
    [
        ([{}], (), True),
        ([{"invoice_no": "A"}], ("10",), False),
        ([{"invoice_no": "A"}, {"invoice_no": "A"}], ("10",), False),
        ([{"invoice_no": "A"}, {}], ("10",), True),
        ([{"invoice_no": "A"}, {"invoice_no": "B"}, {"invoice_no": "A"}], ("10", "11"), True),
    ],
)
def test_each_parcel_is_asked_for_by_one_of_its_sub_orders(
    orders: list[dict[str, object]], packed: tuple[str, ...], is_split: bool
) -> None:
    trade = wire.trade("tmall-flagship", _wild(_trade(*orders)))

    assert (trade.packed, trade.is_split) == (packed, is_split)


def test_each_refund_of_an_order_is_looked_up_once() -> None:
    trade = wire.trade(
        "tmall-flagship", _wild(_trade({"refund_id": 5}, {"refund_id": 5}, {"refund_id": 6}, {}))
    )

    assert trade.refund_ids == ("5", "6")


def test_held_pieces_are_not_for_sale() -> None:
    raw = {
        "num": 9,
        "price": "169.00",
        "skus": {
            "sku": [
                {
                    "sku_id": 5201983746511,
                    "properties_name": "1627207:28320:颜色分类:粉色;20509:28314:尺码:22",
                    "quantity": 5,
                    "with_hold_quantity": 2,
                    "price": "169.00",
                }
            ]
        },
    }

    (sku,) = wire.stock(_ITEM, _wild(raw))

    assert sku.available == 3
    assert sku.properties == (("颜色分类", "粉色"), ("尺码", "22"))
    assert sku.price == Fen(16900)


@pytest.mark.parametrize(
    ("raw", "result", "code"),
    [
        (
            {"coupon_results": {"coupon_result": [{"coupon_number": 9876543210}]}},
            CouponIssue.ISSUED,
            "9876543210",
        ),
        (
            {"failure_buyers": {"error_message": [{"reason": "超过每人限领数量"}]}},
            CouponIssue.ALREADY_HAS,
            "",
        ),
        (
            {"failure_buyers": {"error_message": [{"reason": "优惠券已领完"}]}},
            CouponIssue.REFUSED,
            "",
        ),
        ({"is_success": True}, CouponIssue.REFUSED, ""),
    ],
)
def test_success_of_the_call_is_not_success_of_the_coupon(
    raw: dict[str, object], result: CouponIssue, code: str
) -> None:
    issued = coupons.issued(_wild({"is_success": True, **raw}))

    assert (issued.result, issued.code) == (result, code)


def test_a_refreshed_session_comes_with_its_end_and_the_next_refresh_token() -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    result = {"access_token": "new", "refresh_token": "next", "expires_in": 86400}

    token, refresh = read_refreshed(_wild({"token_result": json.dumps(result)}), now)

    assert (token.value, token.expires_at) == ("new", now + timedelta(days=1))
    assert refresh.value == "next"


def test_an_odd_order_is_told_by_its_path() -> None:
    with pytest.raises(Unreadable) as caught:
        wire.trade("tmall-flagship", _wild(_trade({"num": "viele"})))

    assert caught.value.path == "orders.order[0].num"
