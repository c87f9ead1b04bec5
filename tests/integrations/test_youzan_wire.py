"""Youzan's answers and words, field by field."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from desk.kernel.money import Fen
from desk.shops.port import ItemId, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import CouponState, Member
from integrations.phones import masked_tail
from integrations.wild import Unreadable, Wild
from integrations.youzan import coupons, wire
from integrations.youzan.status import PARCEL, order_status

_ITEM = ItemId("youzan-main", "1287450101")


def _wild(value: object) -> Wild:
    return Wild.parse("youzan", json.dumps(value))


def _trade(**info: object) -> dict[str, Any]:
    return {
        "full_order_info": {
            "order_info": {
                "tid": "E20261116201844019500026",
                "status": "WAIT_BUYER_CONFIRM_GOODS",
                "close_type": 0,
                "refund_state": 0,
                "created": "2026-11-16 20:18:44",
                "pay_time": "2026-11-16 20:19:00",
                "consign_time": "",
                **info,
            },
            "pay_info": {"payment": "277.90", "real_payment": "257.90"},
            "buyer_info": {"yz_open_id": "LnhGm4rh576452722916618240"},
            "address_info": {"receiver_tel": "$sealed$"},
            "orders": [
                {
                    "item_id": 1287450301,
                    "sku_id": 39230029,
                    "title": "纸尿裤",
                    "sku_properties_name": '[{"k":"尺码","v":"L"}]',
                    "num": 2,
                    "payment": "257.90",
                }
            ],
        }
    }


@pytest.mark.parametrize(
    ("status", "close_type", "refund_state", "expected"),
    [
        ("WAIT_BUYER_PAY", 0, 0, OrderStatus.PENDING),
        ("TRADE_PAID", 0, 0, OrderStatus.PAID),
        ("WAIT_CONFIRM", 0, 0, OrderStatus.ON_HOLD),
        ("WAIT_SELLER_SEND_GOODS", 0, 0, OrderStatus.PAID),
        ("WAIT_BUYER_CONFIRM_GOODS", 0, 0, OrderStatus.SHIPPED),
        ("WAIT_BUYER_CONFIRM_GOODS", 0, 11, OrderStatus.SHIPPED),
        ("TRADE_SUCCESS", 0, 0, OrderStatus.COMPLETED),
        ("TRADE_SUCCESS", 0, 2, OrderStatus.COMPLETED),
        ("TRADE_CLOSED", 1, 0, OrderStatus.CANCELLED),
        ("TRADE_CLOSED", 2, 0, OrderStatus.REFUNDED),
        ("TRADE_CLOSED", 3, 0, OrderStatus.CANCELLED),
        ("TRADE_CLOSED", 4, 0, OrderStatus.CANCELLED),
        ("TRADE_CLOSED", 5, 0, OrderStatus.CANCELLED),
        ("TRADE_CLOSED", 6, 0, OrderStatus.CLOSED),
        ("TRADE_CLOSED", 10, 0, OrderStatus.CANCELLED),
        ("TRADE_CLOSED", 17, 0, OrderStatus.CANCELLED),
        ("TRADE_CLOSED", 18, 0, OrderStatus.CLOSED),
        ("TRADE_CLOSED", 6, 12, OrderStatus.REFUNDED),
        ("TRADE_REFUND", 0, 0, OrderStatus.UNKNOWN),
        ("SOMETHING_NEW", 0, 0, OrderStatus.UNKNOWN),
    ],
)
def test_an_orders_state_is_told_in_the_desks_words(
    status: str, close_type: int, refund_state: int, expected: OrderStatus
) -> None:
    assert order_status(status, close_type, refund_state, is_part_shipped=False) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("WAIT_SELLER_SEND_GOODS", OrderStatus.PART_SHIPPED),
        ("WAIT_BUYER_CONFIRM_GOODS", OrderStatus.SHIPPED),
        ("TRADE_SUCCESS", OrderStatus.COMPLETED),
    ],
)
def test_a_package_on_its_way_makes_a_waiting_order_half_shipped(
    status: str, expected: OrderStatus
) -> None:
    assert order_status(status, 0, 0, is_part_shipped=True) is expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (0, ParcelStatus.IN_TRANSIT),
        (1, ParcelStatus.PICKED_UP),
        (2, ParcelStatus.EXCEPTION),
        (3, ParcelStatus.DELIVERED),
        (4, ParcelStatus.RETURNING),
        (5, ParcelStatus.OUT_FOR_DELIVERY),
        (6, ParcelStatus.RETURNING),
    ],
)
def test_a_parcels_state_is_told_in_the_desks_words(state: int, expected: ParcelStatus) -> None:
    assert PARCEL[state] is expected


@pytest.mark.parametrize(
    ("status", "funds", "expected"),
    [
        ("WAIT_SELLER_AGREE", [], RefundStatus.REQUESTED),
        ("SELLER_REFUSE_BUYER", [], RefundStatus.SELLER_REFUSED),
        ("WAIT_BUYER_RETURN_GOODS", [], RefundStatus.WAIT_BUYER_RETURN),
        ("WAIT_SELLER_CONFIRM_GOODS", [], RefundStatus.RETURNED),
        ("CLOSED", [], RefundStatus.CLOSED),
        ("SUCCESS", [], RefundStatus.REFUNDING),
        ("SUCCESS", [0], RefundStatus.REFUNDING),
        ("SUCCESS", [2, 0], RefundStatus.REFUNDING),
        ("SUCCESS", [2, 2], RefundStatus.REFUNDED),
        ("BRAND_NEW", [], RefundStatus.UNKNOWN),
    ],
)
def test_money_is_back_only_when_all_of_it_flowed(
    status: str, funds: list[int], expected: RefundStatus
) -> None:
    raw = {
        "refund_id": "202611200915420000031002",
        "status": status,
        "refund_fee": "198.00",
        "created": "2026-11-20 09:15:42",
        "modified": "2026-11-20 10:00:00",
        "refund_account_time": "2026-11-21 08:00:00",
        "refund_fund_list": [{"status": fund, "refund_fee": 19800} for fund in funds],
    }

    refund = wire.refund(_wild(raw))

    assert refund.status is expected
    assert refund.amount == Fen(19800)


def _refund(**more: object) -> dict[str, object]:
    return {
        "refund_id": "202611200915420000031002",
        "status": "SUCCESS",
        "refund_fee": "198.00",
        "created": "2026-11-20 09:15:42",
        **more,
    }


@pytest.mark.parametrize(
    ("demand", "exchanges", "status"),
    [
        ("换货", True, RefundStatus.CLOSED),
        ("仅退款", False, RefundStatus.REFUNDING),
        (None, False, RefundStatus.REFUNDING),
    ],
)
def test_an_exchange_is_no_refund_that_is_on_its_way(
    demand: str | None, exchanges: bool, status: RefundStatus
) -> None:
    refund = wire.refund(_wild(_refund(demand_desc=demand)))

    assert (refund.exchanges, refund.status) == (exchanges, status)


@pytest.mark.parametrize(
    ("info", "line", "marks"),
    [
        ({}, {}, ()),
        ({"type": 10}, {}, ("拼团",)),
        ({"type": "10"}, {}, ("拼团",)),
        ({"type": 0, "order_tags": {"is_preorder": True}}, {}, ("预订单",)),
        ({"order_tags": {"is_down_payment_pre": True, "is_member": True}}, {}, ("定金预售",)),
        ({"order_tags": {"is_fenxiao_order": False}}, {"is_pre_sale": "1"}, ("预售",)),
        ({"express_type": 1}, {"is_pre_sale": "0"}, ("到店自提",)),
        ({"type": 999, "express_type": 9}, {}, ()),
        ({"type": 3, "order_tags": {"is_virtual": True}}, {}, ("分销采购", "虚拟商品")),
    ],
)
def test_an_order_is_marked_in_the_merchants_words(
    info: dict[str, object], line: dict[str, object], marks: tuple[str, ...]
) -> None:
    raw = _trade(**info)
    raw["full_order_info"]["orders"][0] |= line

    assert wire.trade("youzan-main", _wild(raw)).order.marks == marks


def test_an_order_says_when_it_changed() -> None:
    changed = wire.trade("youzan-main", _wild(_trade(update_time="2026-11-17 08:00:00"))).order
    silent = wire.trade("youzan-main", _wild(_trade())).order

    assert changed.updated_at == datetime(2026, 11, 17, 0, 0, tzinfo=UTC)
    assert silent.updated_at is None


def test_what_youzan_said_is_kept_without_people() -> None:
    raw = _trade(order_extra={"id_card_number": "310101", "buyer_name": "林雨桐", "cash": "1"})
    raw["full_order_info"]["address_info"] |= {
        "receiver_name": "林雨桐",
        "receiver_tel": "13816245678",
        "delivery_address": "天钥桥路333弄",
        "address_extra": '{"lon":121.4}',
        "self_fetch_info": '{"user_tel":"13816245678"}',
        "delivery_city": "上海市",
    }
    raw["full_order_info"]["buyer_info"]["buyer_phone"] = "13816245678"
    raw["full_order_info"]["remark_info"] = {"buyer_message": "打13816245678", "star": 2}
    raw["full_order_info"]["child_info"] = {
        "child_orders": [{"user_name": "林雨桐", "user_tel": "13816245678", "tid": "E2"}]
    }

    trade = wire.trade("youzan-main", _wild(raw))

    kept = json.loads(trade.order.raw)["full_order_info"]
    assert kept["address_info"] == {"delivery_city": "上海市"}
    assert kept["remark_info"] == {"star": 2}
    assert kept["child_info"] == {"child_orders": [{"tid": "E2"}]}
    assert kept["order_info"]["order_extra"] == {"cash": "1"}
    assert kept["order_info"]["tid"] == "E20261116201844019500026"
    for personal in ("13816245678", "林雨桐", "天钥桥", "310101", "121.4"):
        assert personal not in trade.order.raw
    assert trade.sealed_phone == "13816245678"


def test_a_missing_sealed_phone_is_no_phone() -> None:
    raw = _trade()
    del raw["full_order_info"]["address_info"]["receiver_tel"]

    assert wire.trade("youzan-main", _wild(raw)).sealed_phone == ""


@pytest.mark.parametrize(
    ("card", "state"),
    [
        ({"is_used": 1}, CouponState.USED),
        ({"is_used": "0"}, CouponState.VALID),
        ({"is_invalid": 1}, CouponState.UNKNOWN),
        ({"expire_at": "2026-11-21 20:00:00"}, CouponState.EXPIRED),
        ({"expire_at": "2026-11-21 20:00:01"}, CouponState.VALID),
        ({"is_used": 1, "expire_at": "2026-11-01 00:00:00"}, CouponState.USED),
    ],
)
def test_a_buyers_coupon_is_told_with_its_state(
    card: dict[str, object], state: CouponState
) -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

    held = coupons.held(_wild({"coupon_group_id": 9001, "verify_code": 12, **card}), now)

    assert (held.coupon_id, held.code, held.state) == ("9001", "12", state)


def test_products_are_in_fen_and_orders_in_yuan() -> None:
    item = wire.item("youzan-main", _wild({"item_id": 1, "title": "鞋", "price": 16900}))
    trade = wire.trade("youzan-main", _wild(_trade()))

    assert item.price_low == item.price_high == Fen(16900)
    assert trade.order.payment == Fen(25790)
    assert trade.order.lines[0].price == Fen(25790)


def test_an_order_out_of_a_list_has_what_was_due_where_nothing_came_yet() -> None:
    raw = _trade()
    del raw["full_order_info"]["pay_info"]["real_payment"]

    assert wire.trade("youzan-main", _wild(raw)).order.payment == Fen(27790)


def test_an_orders_times_are_utc_and_missing_ones_are_none() -> None:
    order = wire.trade("youzan-main", _wild(_trade())).order

    assert order.created_at == datetime(2026, 11, 16, 12, 18, 44, tzinfo=UTC)
    assert order.shipped_at is None


def test_held_pieces_are_not_for_sale() -> None:
    raw = {
        "skus": [
            {
                "sku_id": 39210011,
                "properties_name_json": '[{"k":"颜色","v":"粉色"},{"k":"尺码","v":"22"}]',
                "price": 16900,
                "quantity": 5,
                "with_hold_quantity": 2,
            },
            {"sku_id": 2, "price": 16900, "quantity": 1, "with_hold_quantity": 3},
        ]
    }

    first, second = wire.stock(_ITEM, _wild(raw))

    assert first.available == 3
    assert first.properties == (("颜色", "粉色"), ("尺码", "22"))
    assert second.available == 0


def test_the_newer_form_of_a_products_details_is_read_too() -> None:
    raw = {
        "sku_list": [
            {
                "sku_id": 39210011,
                "sku_props": [{"prop_name": "颜色", "prop_value_name": "粉色"}],
                "price": 16900,
                "quantity": 5,
            }
        ]
    }

    (sku,) = wire.stock(_ITEM, _wild(raw))

    assert (sku.properties, sku.available) == ((("颜色", "粉色"),), 5)


@pytest.mark.parametrize(
    ("masked", "tail"),
    [("138****5678", "5678"), ("", None), ("***********", None), ("12", None), (None, None)],
)
def test_only_a_shown_tail_of_a_phone_is_a_tail(masked: str | None, tail: str | None) -> None:
    assert masked_tail(_wild(masked)) == tail


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            {
                "level_infos": [
                    {"level_type": 2, "level_name": "付费卡"},
                    {"level_type": 1, "level_name": "钻石会员"},
                ],
                "points": 6820,
            },
            Member("钻石会员", 6820),
        ),
        ({"level_infos": [{"level_type": 1, "level_name": "银卡"}]}, Member("银卡", None)),
        ({"level_infos": [], "points": 5}, None),
        ({}, None),
    ],
)
def test_the_free_level_is_the_members_level(
    raw: dict[str, object], expected: Member | None
) -> None:
    assert wire.member(_wild(raw)) == expected


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"created": None}, "full_order_info.order_info.created"),
        ({"tid": 5}, "full_order_info.order_info.tid"),
        ({"pay_time": "gestern"}, "full_order_info.order_info.pay_time"),
    ],
)
def test_an_odd_order_is_told_by_its_path(change: dict[str, object], path: str) -> None:
    with pytest.raises(Unreadable) as caught:
        wire.trade("youzan-main", _wild(_trade(**change)))

    assert caught.value.path == path
