"""Douyin's answers and numbers, field by field."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from desk.kernel.money import Fen
from desk.shops.port import ItemId, OrderStatus, ParcelStatus, PlaceKind, PlaceStock, RefundStatus
from integrations.douyin import wire
from integrations.douyin.status import order_status, parcel_status, refund_status
from integrations.wild import Unreadable, Wild

_ITEM = ItemId("douyin-main", "3672104588190040000")
_PACKAGE = wire.Package("zhongtong", "中通快递", "78613044210957")


def _wild(value: object) -> Wild:
    return Wild.parse("douyin", json.dumps(value))


def _line(**fields: object) -> dict[str, object]:
    return {
        "order_id": "6937480133650876051",
        "product_id": 3672104588190040000,
        "product_id_str": "3672104588190040000",
        "sku_id": 1799320044186042,
        "product_name": "学步鞋",
        "spec": [{"name": "颜色", "value": "粉色"}, {"name": "尺码", "value": "22"}],
        "item_num": 1,
        "order_status": 3,
        "pay_amount": 16900,
        "promotion_pay_amount": 500,
        "after_sale_info": {"after_sale_status": 0, "refund_status": 0},
        **fields,
    }


def _order(*lines: dict[str, object], **fields: object) -> dict[str, Any]:
    return {
        "order_id": "6937480133650876051",
        "order_status": 3,
        "main_status": 3,
        "create_time": 1763740800,
        "update_time": 1763744400,
        "pay_time": 1763740860,
        "ship_time": 0,
        "pay_amount": 16900,
        "promotion_pay_amount": 500,
        "doudian_open_id": "1@#Rk8d==",
        "mask_post_tel": "138****7401",
        "encrypt_post_tel": "$abc$1$$",
        "sku_order_list": list(lines) or [_line()],
        **fields,
    }


def _trade(*lines: dict[str, object], **fields: object) -> wire.Trade:
    return wire.trade("douyin-main", _wild(_order(*lines, **fields)))


@pytest.mark.parametrize(
    ("status", "main", "expected"),
    [
        (1, 1, OrderStatus.PENDING),
        (1, 103, OrderStatus.PENDING),
        (105, 105, OrderStatus.PAID),
        (2, 2, OrderStatus.PAID),
        (101, 101, OrderStatus.PART_SHIPPED),
        (3, 3, OrderStatus.SHIPPED),
        (4, 4, OrderStatus.CANCELLED),
        (5, 5, OrderStatus.COMPLETED),
        (4, 21, OrderStatus.REFUNDED),
        (4, 22, OrderStatus.REFUNDED),
        (5, 39, OrderStatus.REFUNDED),
        (5, 0, OrderStatus.COMPLETED),
        (777, 777, OrderStatus.UNKNOWN),
    ],
)
def test_an_orders_state_is_told_in_the_desks_words(
    status: int, main: int, expected: OrderStatus
) -> None:
    assert order_status(status, main) is expected


@pytest.mark.parametrize(
    ("after_sale", "refund", "kind", "expected"),
    [
        (6, 1, 0, RefundStatus.REQUESTED),
        (27, 1, 1, RefundStatus.SELLER_REFUSED),
        (29, 1, 0, RefundStatus.SELLER_REFUSED),
        (7, 1, 0, RefundStatus.WAIT_BUYER_RETURN),
        (11, 1, 0, RefundStatus.RETURNED),
        (12, 0, 2, RefundStatus.REFUNDING),
        (12, 1, 2, RefundStatus.REFUNDING),
        (12, 2, 2, RefundStatus.REFUNDING),
        (12, 4, 2, RefundStatus.REFUNDING),
        (12, 5, 2, RefundStatus.REFUNDING),
        (12, 3, 2, RefundStatus.REFUNDED),
        (12, 3, 6, RefundStatus.REFUNDED),
        (28, 1, 0, RefundStatus.CLOSED),
        (51, 0, 5, RefundStatus.CLOSED),
        (53, 0, 0, RefundStatus.CLOSED),
        (53, 3, 0, RefundStatus.REFUNDED),
        (6, 0, 3, RefundStatus.REQUESTED),
        (8, 0, 3, RefundStatus.RETURNED),
        (13, 0, 3, RefundStatus.RETURNED),
        (3, 0, 3, RefundStatus.RETURNED),
        (14, 0, 3, RefundStatus.CLOSED),
        (12, 3, 3, RefundStatus.CLOSED),
        (12, 3, 7, RefundStatus.CLOSED),
        (12, 3, 8, RefundStatus.CLOSED),
        (777, 1, 0, RefundStatus.UNKNOWN),
    ],
)
def test_money_is_back_only_where_it_says_so_and_never_for_goods(
    after_sale: int, refund: int, kind: int, expected: RefundStatus
) -> None:
    assert refund_status(after_sale, refund, kind) is expected


@pytest.mark.parametrize(
    ("description", "content", "expected"),
    [
        ("已揽收", "【金华市】抖店仓已揽收", ParcelStatus.PICKED_UP),
        ("运输中", "快件到达上海宝山集散点", ParcelStatus.IN_TRANSIT),
        ("派送中", "快递员正在派件", ParcelStatus.OUT_FOR_DELIVERY),
        ("已签收", "签收人：本人", ParcelStatus.DELIVERED),
        ("疑难件", "电话无人接听", ParcelStatus.EXCEPTION),
        ("退回中", "快件退回", ParcelStatus.RETURNING),
        ("", "派送成功，已签收", ParcelStatus.DELIVERED),
        ("", "派送失败，明日再派", ParcelStatus.EXCEPTION),
        ("", "客户拒收", ParcelStatus.RETURNING),
        ("", "", ParcelStatus.UNKNOWN),
    ],
)
def test_a_parcel_is_where_its_newest_node_says(
    description: str, content: str, expected: ParcelStatus
) -> None:
    assert parcel_status(description, content) is expected


def test_what_the_way_of_paying_gave_was_not_paid_by_the_buyer() -> None:
    order = _trade().order

    assert order.payment == Fen(16400)
    assert [line.price for line in order.lines] == [Fen(16400)]


def test_moments_are_seconds_and_zero_is_none() -> None:
    order = _trade().order

    assert order.created_at == datetime(2025, 11, 21, 16, 0, tzinfo=UTC)
    assert order.updated_at == datetime(2025, 11, 21, 17, 0, tzinfo=UTC)
    assert order.paid_at is not None
    assert order.shipped_at is None


def test_the_number_is_the_parents_and_the_goods_are_the_lines() -> None:
    trade = _trade(
        _line(), _line(order_id="6937480133650877051", order_status=2, product_id_str="")
    )

    assert trade.order.number == "6937480133650876051"
    assert {line.item for line in trade.order.lines} == {_ITEM}
    assert [line.waits for line in trade.order.lines] == [False, True]
    assert trade.order.lines[0].properties == (("颜色", "粉色"), ("尺码", "22"))
    assert trade.order.lines[0].sku == "1799320044186042"


@pytest.mark.parametrize(
    ("masked", "tail", "sealed"),
    [
        ("138****7401", "7401", ""),
        ("1**********", None, "$abc$1$$"),
        ("13*******64", None, "$abc$1$$"),
        ("１３８７４０１", None, "$abc$1$$"),
        ("", None, "$abc$1$$"),
        (None, None, "$abc$1$$"),
    ],
)
def test_a_phone_is_known_by_its_mask_or_has_to_be_asked_for(
    masked: str | None, tail: str | None, sealed: str
) -> None:
    trade = _trade(mask_post_tel=masked)

    assert (trade.order.phone_tail, trade.sealed_phone) == (tail, sealed)


def test_what_was_answered_is_kept_without_the_receiver() -> None:
    raw = _trade(
        post_tel="13816627401",
        post_receiver="汤馨",
        post_addr={"detail": "环镇南路858弄", "encrypt_detail": "#x#1##"},
        user_id_info={"id_card_no": "310113199001011234"},
        buyer_words="电话13816627401",
    ).order.raw

    assert "138****7401" in raw
    assert "$abc$1$$" in raw
    for private in ("13816627401", "汤馨", "环镇南路", "310113"):
        assert private not in raw


def test_an_order_is_marked_with_its_kind() -> None:
    order = _trade(
        _line(trade_type=1),
        _line(trade_type=1, pre_sale_type=1),
        order_type=2,
        shop_order_tag_ui=[{"key": "x", "text": "次日达"}],
    ).order

    assert order.marks == ("虚拟商品", "拼团", "全款预售", "次日达")


def test_a_parcel_that_was_entered_for_two_lines_is_one() -> None:
    entry = {"company": "zhongtong", "company_name": "中通快递", "tracking_no": "78613044210957"}

    trade = _trade(logistics_info=[entry, {**entry, "delivery_id": "2"}, {"tracking_no": ""}])

    assert trade.packages == (_PACKAGE,)


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({}, False),
        ({"after_sale_status": 0, "refund_status": 0}, False),
        ({"after_sale_status": 6, "refund_status": 1}, True),
        ({"after_sale_status": 28, "refund_status": 0}, True),
    ],
)
def test_after_sales_are_asked_for_where_a_line_has_one(
    info: dict[str, int], expected: bool
) -> None:
    assert _trade(_line(after_sale_info=info)).has_after_sales is expected


def test_an_after_sale_is_of_its_parent_order_and_dated() -> None:
    raw = _wild(
        {
            "aftersale_info": {
                "aftersale_id": "7301248855019640833",
                "aftersale_type": 3,
                "aftersale_status": 3,
                "related_id": "6937480133650877051",
                "refund_status": 0,
                "refund_amount": 0,
                "update_time": 1763740800,
            },
            "order_info": {"shop_order_id": "6937480133650876051"},
        }
    )

    refund = wire.refund(raw)

    assert wire.order_of(raw) == "6937480133650876051"
    assert (refund.status, refund.exchanges) == (RefundStatus.RETURNED, True)
    assert refund.updated_at == datetime(2025, 11, 21, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["route__node_list", "route_node_list"])
def test_the_way_is_read_in_either_spelling_newest_first(name: str) -> None:
    nodes = [
        {"content": "已揽收", "timestamp": "1763740800", "state_description": "已揽收"},
        {"content": "到达上海", "timestamp": "1763744400", "state_description": "运输中"},
    ]

    parcel = wire.parcel(_PACKAGE, _wild({name: nodes}))

    assert [scan.text for scan in parcel.scans] == ["到达上海", "已揽收"]
    assert parcel.status is ParcelStatus.IN_TRANSIT
    assert parcel.carrier == "中通快递"


def test_a_parcel_without_nodes_is_nowhere_yet() -> None:
    assert wire.parcel(_PACKAGE, _wild({})) == wire.untraced(_PACKAGE)


def test_stock_of_several_warehouses_is_told_by_place() -> None:
    raw = _wild(
        [
            {
                "id": 1799320044186042,
                "spec_detail_name1": "粉色",
                "spec_detail_name2": "22",
                "price": 16900,
                "sku_type": 1,
                "stock_num": 0,
                "stock_map": {"WH-JH": 7, "WH-CD": 2},
            }
        ]
    )

    (sku,) = wire.stock(_ITEM, raw, ("颜色", "尺码"), {"WH-JH": "金华仓"})

    assert wire.needs_warehouses(raw)
    assert sku.available == 9
    assert sku.properties == (("颜色", "粉色"), ("尺码", "22"))
    assert sku.places == (
        PlaceStock("WH-JH", "金华仓", PlaceKind.WAREHOUSE, 7),
        PlaceStock("WH-CD", "WH-CD", PlaceKind.WAREHOUSE, 2),
    )


def test_values_are_told_where_the_names_of_properties_are_not_to_be_had() -> None:
    raw = _wild([{"id": 1, "spec_detail_name1": "粉色", "price": 16900, "stock_num": 3}])

    (sku,) = wire.stock(_ITEM, raw, (), {})

    assert sku.properties == (("规格", "粉色"),)
    assert sku.places == ()


def test_a_product_leads_to_its_page() -> None:
    item = wire.item("douyin-main", _wild({"product_id": 36721, "name": "学步鞋"}))

    assert (item.id.item, item.price_low) == ("36721", Fen(0))
    assert item.url.endswith("id=36721")


def test_an_odd_order_is_told_by_its_path() -> None:
    with pytest.raises(Unreadable) as caught:
        _trade(_line(item_num="viele"))

    assert caught.value.path == "sku_order_list[0].item_num"
