"""WeChat Store's answers and words, field by field."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, OrderStatus, Refund, RefundStatus
from desk.shops.powers import CouponState
from integrations.wechat_store import wire
from integrations.wechat_store.status import ORDER, REFUND
from integrations.wechat_store.stock import Counted, counted
from integrations.wild import Unreadable, Wild

_ITEM = ItemId("wechat-store", "10000271850101")
_PHONE = "13816245678"


def _wild(value: object) -> Wild:
    return Wild.parse("wechat_store", json.dumps(value))


def _line(product: str, sku: str, count: int = 1, **other: object) -> dict[str, object]:
    return {
        "product_id": product,
        "sku_id": sku,
        "sku_cnt": count,
        "sale_price": 5000,
        "real_price": 5000 * count,
        "title": "奶瓶",
        "sku_attrs": [{"attr_key": "容量", "attr_value": "240ml"}],
        **other,
    }


def _parcel(*packed: tuple[str, str, int], at: int = 1763500000) -> dict[str, object]:
    return {
        "waybill_id": "78613240118862",
        "delivery_id": "ZTO",
        "delivery_name": "中通快递",
        "delivery_time": at,
        "deliver_type": 1,
        "product_infos": [
            {"product_id": product, "sku_id": sku, "product_cnt": count}
            for product, sku, count in packed
        ],
    }


def _order(*lines: dict[str, object], **delivery: object) -> dict[str, Any]:
    return {
        "order_id": 3737401822650113024,
        "openid": "oBuyer",
        "unionid": "oUnion",
        "create_time": 1763400000,
        "update_time": 1763500100,
        "status": 30,
        "order_detail": {
            "product_infos": list(lines) or [_line("1", "2")],
            "price_info": {"order_price": 5800, "freight": 800},
            "pay_info": {"pay_time": 1763400060},
            "delivery_info": {"ship_done_time": 0, "delivery_product_info": [], **delivery},
            "ext_info": {"customer_notes": f"打{_PHONE}", "merchant_notes": "老客"},
        },
        "aftersale_detail": {"aftersale_order_list": [{"aftersale_order_id": 77, "status": 0}]},
    }


def _sale(raw: dict[str, Any]) -> wire.Sale:
    return wire.sale("wechat-store", _wild(raw))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (10, OrderStatus.PENDING),
        (20, OrderStatus.PAID),
        (21, OrderStatus.PART_SHIPPED),
        (30, OrderStatus.SHIPPED),
        (100, OrderStatus.COMPLETED),
        (190, OrderStatus.CANCELLED),
        (200, OrderStatus.REFUNDED),
        (250, OrderStatus.CANCELLED),
        (12, OrderStatus.UNKNOWN),
        (13, OrderStatus.UNKNOWN),
        (999, OrderStatus.UNKNOWN),
    ],
)
def test_an_orders_number_is_told_in_the_desks_words(number: int, expected: OrderStatus) -> None:
    assert _sale({**_order(), "status": number}).order.status is expected


_REFUNDS = {
    "USER_CANCELD": RefundStatus.CLOSED,
    "MERCHANT_PROCESSING": RefundStatus.REQUESTED,
    "MERCHANT_REJECT_REFUND": RefundStatus.SELLER_REFUSED,
    "MERCHANT_REJECT_RETURN": RefundStatus.SELLER_REFUSED,
    "USER_WAIT_RETURN": RefundStatus.WAIT_BUYER_RETURN,
    "RETURN_CLOSED": RefundStatus.CLOSED,
    "MERCHANT_WAIT_RECEIPT": RefundStatus.RETURNED,
    "MERCHANT_OVERDUE_REFUND": RefundStatus.REFUNDING,
    "MERCHANT_REFUND_SUCCESS": RefundStatus.REFUNDED,
    "MERCHANT_RETURN_SUCCESS": RefundStatus.REFUNDED,
    "MERCHANT_EXCHANGE_SUCCESS": RefundStatus.CLOSED,
    "PLATFORM_REFUNDING": RefundStatus.REFUNDING,
    "PLATFORM_REFUND_FAIL": RefundStatus.REFUNDING,
    "USER_WAIT_CONFIRM": RefundStatus.REQUESTED,
    "MERCHANT_REFUND_RETRY_FAIL": RefundStatus.CLOSED,
    "MERCHANT_FAIL": RefundStatus.CLOSED,
    "USER_WAIT_CONFIRM_UPDATE": RefundStatus.REQUESTED,
    "USER_WAIT_HANDLE_MERCHANT_AFTER_SALE": RefundStatus.REQUESTED,
}


def _case(status: str, kind: str = "RETURN") -> Refund:
    raw = {
        "after_sale_order_id": "2000000611832041",
        "status": status,
        "type": kind,
        "refund_info": {"amount": 25900},
        "create_time": 1763400000,
        "update_time": 1763500000,
    }
    return wire.refund(_wild(raw))


def test_every_word_of_the_documents_is_walked() -> None:
    assert set(_REFUNDS) == set(REFUND)
    assert len(ORDER) == 8


@pytest.mark.parametrize(("word", "expected"), [*_REFUNDS.items(), ("NEW", RefundStatus.UNKNOWN)])
def test_an_after_sales_word_is_told_in_the_desks_words(word: str, expected: RefundStatus) -> None:
    case = _case(word)

    assert case.status is expected
    assert case.amount == Fen(25900)
    assert case.updated_at == datetime.fromtimestamp(1763500000, UTC)
    assert not case.exchanges


def test_money_is_back_on_two_words_only() -> None:
    back = [word for word in _REFUNDS if _case(word).status is RefundStatus.REFUNDED]

    assert back == ["MERCHANT_REFUND_SUCCESS", "MERCHANT_RETURN_SUCCESS"]


def test_an_exchange_is_no_money_until_it_turned_into_a_refund() -> None:
    done = _case("MERCHANT_EXCHANGE_SUCCESS", "EXCHANGE")
    turned = _case("MERCHANT_RETURN_SUCCESS", "EXCHANGE")

    assert (done.status, done.exchanges) == (RefundStatus.CLOSED, True)
    assert (turned.status, turned.exchanges) == (RefundStatus.REFUNDED, False)


def test_an_order_is_read_with_texts_for_ids_and_fen_for_money() -> None:
    order = _sale(_order(_line("1", "2", 2))).order

    assert order.number == "3737401822650113024"
    assert order.buyer == BuyerId("wechat-store", "oBuyer")
    assert order.unionid == "oUnion"
    assert order.payment == Fen(5800)
    assert order.created_at == datetime.fromtimestamp(1763400000, UTC)
    assert order.paid_at == datetime.fromtimestamp(1763400060, UTC)
    assert order.updated_at == datetime.fromtimestamp(1763500100, UTC)
    (line,) = order.lines
    assert (line.quantity, line.price) == (2, Fen(10000))
    assert line.properties == (("容量", "240ml"),)


def test_what_is_not_there_is_none() -> None:
    raw = _order()
    raw["order_detail"]["pay_info"] = {"pay_time": 0}
    del raw["openid"], raw["unionid"]

    order = _sale(raw).order

    assert (order.buyer, order.unionid) == (None, "")
    assert (order.paid_at, order.shipped_at, order.phone_tail) == (None, None, None)
    assert order.marks == ()


def test_a_line_waits_until_all_its_pieces_are_packed() -> None:
    lines = (_line("1", "2", 2), _line("1", "3"), _line("4", "5"))
    sent = [_parcel(("1", "2", 1)), _parcel(("1", "3", 1), at=1763400500)]

    sale = _sale(_order(*lines, delivery_product_info=sent))

    assert [line.waits for line in sale.order.lines] == [True, False, True]
    assert sale.order.shipped_at == datetime.fromtimestamp(1763400500, UTC)
    assert [parcel.tracking_no for parcel in sale.parcels] == ["78613240118862"] * 2
    assert all(parcel.scans == () for parcel in sale.parcels)


def test_before_anything_is_sent_no_line_waits() -> None:
    sale = _sale(_order(_line("1", "2")))

    assert [line.waits for line in sale.order.lines] == [False]
    assert sale.parcels == ()


def test_what_is_sent_without_a_waybill_is_sent_and_no_parcel() -> None:
    bare = {"deliver_type": 3, "delivery_time": 1763500000, "product_infos": []}

    sale = _sale(_order(delivery_product_info=[bare], ship_done_time=1763500001))

    assert sale.parcels == ()
    assert sale.order.shipped_at == datetime.fromtimestamp(1763500000, UTC)


def test_the_last_change_is_the_orders_or_that_of_a_refund() -> None:
    sale = _sale(_order())
    late = Refund("77", RefundStatus.CLOSED, Fen(1), datetime.fromtimestamp(1763600000, UTC))
    early = Refund("78", RefundStatus.CLOSED, Fen(1), datetime.fromtimestamp(1763400001, UTC))

    assert sale.refund_ids == ("77",)
    assert sale.with_refunds((early, late)).updated_at == late.updated_at
    assert sale.with_refunds((early,)).updated_at == sale.order.updated_at
    assert sale.with_refunds((late,)).refunds == (late,)


@pytest.mark.parametrize(
    ("address", "tail"),
    [
        ({"tel_number": "138****5678"}, "5678"),
        ({"tel_number": "138****5678", "use_tel_number": 0}, "5678"),
        ({"tel_number": _PHONE}, "5678"),
        ({"tel_number": "", "use_tel_number": 1}, None),
        (
            {
                "tel_number": "",
                "use_tel_number": 1,
                "tel_number_ext_info": {"real_tel_number": "139****7725"},
            },
            "7725",
        ),
        (
            {
                "tel_number": "17012345678",
                "use_tel_number": 1,
                "tel_number_ext_info": {"real_tel_number": "139****7725"},
            },
            "7725",
        ),
        ({"tel_number": "17012345678", "use_tel_number": 1}, None),
        ({"tel_number": "138****5678", "use_tel_number": 1}, "5678"),
        ({"tel_number": "***********"}, None),
        ({"tel_number": "138********"}, None),
        ({"tel_number": "0571-88****"}, None),
        ({}, None),
    ],
)
def test_the_tail_is_that_of_the_receivers_own_phone(
    address: dict[str, object], tail: str | None
) -> None:
    assert _sale(_order(address_info=address)).order.phone_tail == tail


def test_no_receiver_stands_in_what_is_kept_of_the_answer() -> None:
    address = {
        "user_name": "林雨桐",
        "tel_number": _PHONE,
        "detail_info": "天钥桥路333弄12号602室",
        "house_number": "602",
        "province_name": "上海市",
        "hash_code": "AR0001",
        "tel_number_ext_info": {"virtual_tel_number": "17012345678"},
    }

    raw = _sale(_order(address_info=address)).order.raw

    kept = json.loads(raw)
    assert kept["order_detail"]["delivery_info"]["address_info"] == {
        "province_name": "上海市",
        "hash_code": "AR0001",
    }
    for secret in (_PHONE, "17012345678", "林雨桐", "天钥桥路", "老客"):
        assert secret not in raw
    assert kept["order_id"] == 3737401822650113024


def test_presents_and_goods_to_come_are_marked() -> None:
    later = _line("1", "2", sku_deliver_info={"stock_type": 1})

    assert _sale({**_order(later), "is_present": True}).order.marks == ("礼物", "预售")
    assert _sale(_order()).order.marks == ()


def test_a_product_is_read_with_its_lowest_and_highest_price() -> None:
    skus = [{"sale_price": 16900}, {"sale_price": 15900}]
    raw = {"product_id": 10000271850101, "title": "学步鞋", "skus": skus, "min_price": 1}

    item = wire.item("wechat-store", _wild(raw), "https://s")

    assert (item.id, item.url) == (_ITEM, "https://s")
    assert (item.price_low, item.price_high) == (Fen(15900), Fen(16900))


def test_stock_below_nothing_is_nothing() -> None:
    sku = {"sku_id": 2573386010, "sale_price": 16900, "stock_num": -2, "sku_attrs": None}

    (stock,) = wire.stock(_ITEM, _wild({"skus": [sku]}), {})

    assert (stock.sku, stock.available, stock.properties) == ("2573386010", 0, ())


def _counted(common: int, *regions: tuple[str, int, int]) -> Counted:
    raw = {
        "normal_stock_num": common,
        "total_stock_num": 999,
        "warehouse_stocks": [
            {"out_warehouse_id": place, "num": number, "lock_stock": locked}
            for place, number, locked in regions
        ],
    }
    return counted(_wild(raw), {"HZ": "杭州仓"})


def test_stock_is_what_everybody_may_buy_wherever_it_lies() -> None:
    assert _counted(7) == Counted(7, ())
    assert _counted(-1) == Counted(0, ())
    spread = _counted(2, ("HZ", 5, 1), ("SH", 1, 3))
    assert spread.available == 6
    assert [(place.place, place.name, place.available) for place in spread.places] == [
        ("HZ", "杭州仓", 4),
        ("SH", "SH", 0),
        ("common", "通用库存", 2),
    ]
    assert [place.place for place in _counted(0, ("HZ", 5, 1)).places] == ["HZ"]


def test_a_count_is_believed_before_the_products_own_number() -> None:
    sku = {"sku_id": 1, "sale_price": 100, "stock_num": 9, "sku_attrs": []}

    (stock,) = wire.stock(_ITEM, _wild({"skus": [sku]}), {"1": Counted(4, ())})

    assert stock.available == 4


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (100, CouponState.VALID),
        (101, CouponState.EXPIRED),
        (102, CouponState.USED),
        (103, CouponState.UNKNOWN),
    ],
)
def test_a_coupon_is_told_with_its_state_and_end(number: int, state: CouponState) -> None:
    raw = {"coupon_id": 1, "user_coupon_id": "5", "status": number, "end_time": 1763500000}

    held = wire.held_coupon(_wild(raw))

    assert (held.coupon_id, held.code, held.state) == ("1", "5", state)
    assert held.expires_at == datetime.fromtimestamp(1763500000, UTC)


def test_an_odd_order_is_told_by_its_path() -> None:
    raw = _order(_line("1", "2", real_price="49.90"))

    with pytest.raises(Unreadable) as caught:
        _sale(raw)

    assert caught.value.path == "order_detail.product_infos[0].real_price"
