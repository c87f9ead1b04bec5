"""JD's answers and words, field by field."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, OrderStatus, Parcel, ParcelStatus, RefundStatus
from integrations.jd import refunds, wire
from integrations.jd.carriers import parcels
from integrations.jd.status import ORDER, application_status, service_status
from integrations.wild import Unreadable, Wild

_APPLIED = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)


def _wild(value: object) -> Wild:
    return Wild.parse("jd", json.dumps(value))


def _line(**more: object) -> dict[str, object]:
    return {
        "skuId": "100084751108",
        "wareId": "10028475011",
        "skuName": "牧云奶粉 2段",
        "jdPrice": "298.00",
        "itemTotal": "2",
        **more,
    }


def _order(**more: object) -> dict[str, Any]:
    return {
        "orderId": "312847650137",
        "orderState": "WAIT_GOODS_RECEIVE_CONFIRM",
        "orderTotalPrice": "596.00",
        "shouldPay": "566.00",
        "actualPay": "566.00",
        "freightPrice": "0.00",
        "orderStartTime": "2026-11-18 20:00:00",
        "paymentConfirmTime": "2026-11-18 20:01:00",
        "modified": "2026-11-19 09:30:00",
        "open_id_buyer": "3k-Vw7Q",
        "pin": "jd_luxin2019",
        "consigneeInfo": {
            "fullname": "陆欣",
            "mobile": "138****2640",
            "fullAddress": "常德路1211号",
        },
        "itemInfoList": [_line()],
        **more,
    }


def _service(**more: object) -> dict[str, Any]:
    bill = {"serviceId": 2064771903, "orderId": 312847650137}
    bill["afsApplyTime"] = int(_APPLIED.timestamp() * 1000)
    return {"sameOrderServiceBill": bill, **more}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("NOT_PAY", OrderStatus.PENDING),
        ("LOCKED", OrderStatus.ON_HOLD),
        ("PAUSE", OrderStatus.ON_HOLD),
        ("POP_ORDER_PAUSE", OrderStatus.ON_HOLD),
        ("WAIT_SELLER_STOCK_OUT", OrderStatus.PAID),
        ("WAIT_SEND_CODE", OrderStatus.PAID),
        ("WAIT_SELLER_DELIVERY", OrderStatus.PAID),
        ("SEND_TO_DISTRIBUTION_CENER", OrderStatus.SHIPPED),
        ("DISTRIBUTION_CENTER_RECEIVED", OrderStatus.SHIPPED),
        ("WAIT_GOODS_RECEIVE_CONFIRM", OrderStatus.SHIPPED),
        ("RECEIPTS_CONFIRM", OrderStatus.DELIVERED),
        ("FINISHED_L", OrderStatus.COMPLETED),
        ("TRADE_CANCELED", OrderStatus.CANCELLED),
    ],
)
def test_an_orders_state_is_told_in_the_desks_words(word: str, expected: OrderStatus) -> None:
    assert ORDER[word] is expected


def test_no_word_is_known_that_the_table_above_does_not_have() -> None:
    assert len(ORDER) == 13


@pytest.mark.parametrize("word", ["DELIVERY_RETURN", "UN_KNOWN", "BRAND_NEW"])
def test_a_state_that_is_not_documented_is_unknown(word: str) -> None:
    sale = wire.sale("jd-flagship", _wild(_order(orderState=word)))

    assert sale.order.status is OrderStatus.UNKNOWN


@pytest.mark.parametrize(
    ("state", "is_approved", "expected"),
    [
        (None, False, RefundStatus.REQUESTED),
        (None, True, RefundStatus.UNKNOWN),
        (13, True, RefundStatus.REFUNDED),
        (14, True, RefundStatus.UNKNOWN),
        (11, True, RefundStatus.REFUNDING),
        (0, False, RefundStatus.REFUNDING),
    ],
)
def test_money_is_back_only_on_thirteen(
    state: int | None, is_approved: bool, expected: RefundStatus
) -> None:
    assert service_status(state, is_approved=is_approved) is expected


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (0, RefundStatus.REQUESTED),
        (1, RefundStatus.REFUNDING),
        (2, RefundStatus.SELLER_REFUSED),
        (3, RefundStatus.REFUNDING),
        (4, RefundStatus.UNKNOWN),
        (5, RefundStatus.REFUNDING),
        (6, RefundStatus.REFUNDING),
        (7, RefundStatus.REFUNDING),
        (8, RefundStatus.UNKNOWN),
        (9, RefundStatus.REFUNDING),
        (99, RefundStatus.UNKNOWN),
    ],
)
def test_a_review_is_never_money(review: int, expected: RefundStatus) -> None:
    assert application_status(review) is expected


def test_an_order_is_read_with_beijing_time_and_yuan() -> None:
    order = wire.sale("jd-flagship", _wild(_order())).order

    assert order.number == "312847650137"
    assert order.buyer == BuyerId("jd-flagship", "3k-Vw7Q")
    assert order.created_at == datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    assert order.paid_at == order.created_at + timedelta(minutes=1)
    assert order.updated_at == datetime(2026, 11, 19, 1, 30, tzinfo=UTC)
    assert order.payment == Fen(56600)
    assert order.lines[0].item == ItemId("jd-flagship", "10028475011")
    assert order.lines[0].quantity == 2


@pytest.mark.parametrize("never", ["0001-01-01 00:00:00", "1970-01-01 00:00:00", "", None])
def test_an_order_that_was_never_paid_costs_what_should_be_paid(never: str | None) -> None:
    raw = _order(orderState="NOT_PAY", paymentConfirmTime=never, actualPay="0.00")

    order = wire.sale("jd-flagship", _wild(raw)).order

    assert order.paid_at is None
    assert order.payment == Fen(56600)


def test_a_payment_that_jd_does_not_tell_yet_is_what_should_be_paid() -> None:
    assert wire.sale("s", _wild(_order(actualPay=None))).order.payment == Fen(56600)
    assert wire.sale("s", _wild(_order(actualPay="", shouldPay=""))).order.payment == Fen(59600)


def test_an_order_paid_with_coupons_alone_cost_nothing() -> None:
    order = wire.sale("s", _wild(_order(actualPay="0.00"))).order

    assert order.payment == Fen(0)
    assert [line.price for line in order.lines] == [Fen(0)]


def test_what_was_taken_off_is_shared_by_the_lines_and_the_freight_is_nobodys() -> None:
    lines = [
        _line(jdPrice="100.00", itemTotal="1"),
        _line(jdPrice="33.33", itemTotal="2"),
        _line(jdPrice="0.00", itemTotal="1"),
    ]
    raw = _order(itemInfoList=lines, actualPay="150.00", freightPrice="8.00")

    order = wire.sale("s", _wild(raw)).order

    assert sum(line.price for line in order.lines) == 15000 - 800
    assert [int(line.price) for line in order.lines] == [8521, 5679, 0]


def test_a_ware_that_jd_does_not_name_is_its_sku() -> None:
    order = wire.sale("s", _wild(_order(itemInfoList=[_line(wareId=None)]))).order

    assert order.lines[0].item == ItemId("s", "100084751108")


def test_an_order_without_buyer_or_receiver_is_read() -> None:
    order = wire.sale("s", _wild(_order(open_id_buyer=None, consigneeInfo=None))).order

    assert order.buyer is None
    assert order.phone_tail is None


@pytest.mark.parametrize(
    ("shown", "tail"),
    [
        ("138****2640", "2640"),
        (" 138****2640 ", "2640"),
        ("13816772640", "2640"),
        ("184****0917-3305", None),
        ("18412340917转3305", None),
        ("***********", None),
        ("0571-8888****", None),
        ("AAEqz8Vb3R2xN7", None),
        ("", None),
    ],
)
def test_only_a_true_mobile_has_a_tail(shown: str, tail: str | None) -> None:
    assert wire.phone_tail(_wild({"mobile": shown})["mobile"]) == tail


def test_what_is_kept_of_an_answer_names_nobody() -> None:
    raw = wire.sale("s", _wild(_order(originalConsigneeInfo={"mobile": "13816772640"}))).order.raw

    assert "312847650137" in raw
    assert not any(word in raw for word in ("陆欣", "2640", "常德路", "jd_luxin2019"))


def test_parcels_of_several_carriers_stand_in_two_joined_fields() -> None:
    found = parcels("467|463", "SF1410377265094|YT7501168842093,YT7501168842101")

    assert [(each.carrier, each.tracking_no) for each in found] == [
        ("顺丰速运", "SF1410377265094"),
        ("圆通速递", "YT7501168842093"),
        ("圆通速递", "YT7501168842101"),
    ]


@pytest.mark.parametrize(
    ("carrier", "waybill", "expected"),
    [
        ("", "", ()),
        ("2087", "", ()),
        ("2087", " , ", ()),
        ("987654", "Z1", (Parcel("", "Z1", ParcelStatus.UNKNOWN, ()),)),
        ("", "Z1", (Parcel("", "Z1", ParcelStatus.UNKNOWN, ()),)),
        ("2087", "J1,J1", (Parcel("京东快递", "J1", ParcelStatus.UNKNOWN, ()),)),
    ],
)
def test_odd_parcels_are_told_as_far_as_they_are_known(
    carrier: str, waybill: str, expected: tuple[Parcel, ...]
) -> None:
    assert parcels(carrier, waybill) == expected


def test_the_sum_of_an_application_is_fen() -> None:
    raw = {
        "id": 7719405526,
        "status": "0",
        "applyRefundSum": "36900",
        "applyTime": "2026-11-19 10:00:00",
        "checkTime": "",
    }

    refund = refunds.application(_wild(raw))

    assert (refund.id, refund.amount) == ("7719405526", Fen(36900))
    assert refund.updated_at == _APPLIED


def test_a_checked_application_changed_when_it_was_checked() -> None:
    raw = {
        "id": "1",
        "status": 1,
        "applyRefundSum": 100,
        "applyTime": "2026-11-19 10:00:00",
        "checkTime": "2026-11-19 11:00:00",
    }

    assert refunds.application(_wild(raw)).updated_at == _APPLIED + timedelta(hours=1)


@pytest.mark.parametrize(
    "completed", ["2026-11-20 10:00:00", int(_APPLIED.timestamp() + 86400) * 1000]
)
def test_a_date_is_read_as_text_and_as_milliseconds(completed: str | int) -> None:
    raw = _wild(_service(status=13, completeTime=completed, refoundAmount=1990000))

    refund = refunds.service(raw, Fen(19900))

    assert refund.updated_at == _APPLIED + timedelta(days=1)
    assert (refund.id, refund.amount) == ("2064771903", Fen(19900))


def test_a_service_without_refund_changed_when_it_was_approved_or_applied_for() -> None:
    raw = _service()
    assert refunds.service(_wild(raw), Fen(1)).updated_at == _APPLIED

    raw["sameOrderServiceBill"]["approveDate"] = "2026-11-19 12:30:00"
    assert refunds.service(_wild(raw), Fen(1)).updated_at == _APPLIED + timedelta(hours=2.5)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ({"afsActualRefundDetail": {"actualRefundAmount": "199.00"}}, Fen(19900)),
        ({"afsActualRefundDetail": {"actualRefundAmount": 199.5}}, Fen(19950)),
        ({"afsEstimateRefundDetail": {"maxRefundAmount": "20.00"}}, Fen(2000)),
        ({"orderId": 1}, None),
    ],
)
def test_what_a_service_gives_back_is_yuan(raw: dict[str, object], amount: Fen | None) -> None:
    assert refunds.service_amount(_wild(raw)) == amount


def test_skus_of_a_ware_are_one_product_with_its_lowest_and_highest_price() -> None:
    skus = [
        {"skuId": 1, "wareId": 20, "wareTitle": "学步鞋", "jdPrice": 169.0},
        {"skuId": 2, "wareId": 30, "wareTitle": "湿巾", "jdPrice": "59.90"},
        {"skuId": 3, "wareId": 20, "wareTitle": "学步鞋", "jdPrice": 149},
    ]

    shoes, tissues = wire.items("s", [_wild(sku) for sku in skus])

    assert (shoes.id, shoes.price_low, shoes.price_high) == (ItemId("s", "20"), 14900, 16900)
    assert shoes.url == "https://item.jd.com/1.html"
    assert (tissues.title, tissues.price_low) == ("湿巾", 5990)


def test_axes_without_names_are_called_by_their_number() -> None:
    axes = [
        {"index": 1, "attrValueAlias": ["粉色"]},
        {"index": 2, "attrValueAlias": ["22", "旧名"]},
        {"index": 7, "attrValueAlias": ["2段"]},
        {"attrValueAlias": []},
    ]
    raw = {"skuId": 1, "jdPrice": 169, "stockNum": -2, "saleAttrs": axes}

    (sku,) = wire.stock(ItemId("s", "20"), [_wild(raw)])

    assert sku.properties == (("颜色", "粉色"), ("尺码", "22"), ("规格", "2段"))
    assert sku.available == 0


_ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["0001-01-01 00:00:00", "2026-11-19 10:00:00", "12.345", "9" * 30, "NaN"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def _fields(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, _ANYTHING))


@given(_fields(*_order()), _fields(*_line()))
def test_whatever_jd_answers_is_an_order_or_unreadable(
    order: dict[str, Any], line: dict[str, Any]
) -> None:
    for raw in (_order(**order), _order(**{**order, "itemInfoList": [{**_line(), **line}]})):
        with suppress(Unreadable):
            wire.sale("s", _wild(raw))


@given(
    _fields("status", "completeTime", "sameOrderServiceBill"),
    _fields("serviceId", "orderId", "afsApplyTime", "approveDate"),
    _fields("id", "status", "applyRefundSum", "applyTime", "checkTime"),
)
def test_whatever_jd_answers_is_a_refund_or_unreadable(
    service: dict[str, Any], bill: dict[str, Any], applied: dict[str, Any]
) -> None:
    with suppress(Unreadable):
        refunds.service(_wild({"sameOrderServiceBill": bill, **service}), Fen(1))
    with suppress(Unreadable):
        refunds.application(_wild(applied))


def test_an_odd_order_is_told_by_its_path() -> None:
    with pytest.raises(Unreadable) as caught:
        wire.sale("s", _wild(_order(itemInfoList=[_line(itemTotal="viele")])))

    assert caught.value.path == "itemInfoList[0].itemTotal"
