"""Pinduoduo's answers, field by field: yuan here, fen there, and nobody's name."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.money import Fen
from desk.shops.port import ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from integrations.phones import masked_tail
from integrations.pinduoduo import wire
from integrations.wild import Unreadable, Wild

_ITEM = ItemId("pdd-main", "583920174402")


def _wild(value: object) -> Wild:
    return Wild.parse("pinduoduo", json.dumps(value))


def _line(**fields: object) -> dict[str, object]:
    return {
        "goods_id": 583920174402,
        "sku_id": 1184730226025,
        "goods_name": "学步鞋",
        "goods_spec": "粉色,22",
        "goods_count": 1,
        "goods_price": "169.00",
        **fields,
    }


def _order(*lines: dict[str, object], **fields: object) -> dict[str, object]:
    return {
        "order_sn": "261118-093512447180026",
        "confirm_status": 1,
        "group_status": 1,
        "order_status": 2,
        "refund_status": 1,
        "after_sales_status": 0,
        "pay_amount": "328.00",
        "postage": 0,
        "created_time": "2026-11-18 20:00:00",
        "pay_time": "2026-11-18 20:00:05",
        "shipping_time": "",
        "updated_at": "2026-11-19 08:00:00",
        "receiver_phone_mask": "1*********8",
        "item_list": list(lines) or [_line(goods_count=2)],
        **fields,
    }


def _refund(**fields: object) -> Wild:
    return _wild(
        {
            "id": 36271840551,
            "after_sales_status": 10,
            "after_sales_type": 2,
            "refund_amount": "328.00",
            "created_time": "2026-11-20 20:00:00",
            "updated_time": "2026-11-21 20:00:00",
            **fields,
        }
    )


def test_times_are_utc_money_is_fen_and_the_buyer_is_hidden() -> None:
    order = wire.order("pdd-main", _wild(_order()), ())

    assert order.number == "261118-093512447180026"
    assert order.created_at == datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    assert order.paid_at == datetime(2026, 11, 18, 12, 0, 5, tzinfo=UTC)
    assert order.shipped_at is None
    assert order.updated_at == datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
    assert order.payment == Fen(32800)
    assert order.buyer is None
    assert order.phone_tail is None


@pytest.mark.parametrize(("amount", "fen"), [("328.00", 32800), (328, 32800), (328.5, 32850)])
def test_an_amount_may_be_a_text_or_a_number(amount: object, fen: int) -> None:
    assert wire.order("pdd-main", _wild(_order(pay_amount=amount)), ()).payment == Fen(fen)


def test_a_tenth_of_a_fen_is_not_rounded_away() -> None:
    with pytest.raises(Unreadable) as caught:
        wire.order("pdd-main", _wild(_order(pay_amount="3.001")), ())

    assert caught.value.path == "pay_amount"


def test_what_was_paid_is_shared_by_the_lines_to_the_last_fen() -> None:
    lines = [_line(goods_price="10.00"), _line(goods_price="10.00"), _line(goods_price="10.00")]

    order = wire.order("pdd-main", _wild(_order(*lines, pay_amount="20.00")), ())

    assert [line.price for line in order.lines] == [666, 667, 667]


def test_postage_is_paid_for_no_line() -> None:
    order = wire.order("pdd-main", _wild(_order(pay_amount="346.00", postage="8.00")), ())

    assert order.payment == Fen(34600)
    assert [line.price for line in order.lines] == [33800]


def test_a_gift_of_a_line_without_a_price_costs_nothing() -> None:
    lines = [_line(goods_price="0.00"), _line(goods_price=0)]

    order = wire.order("pdd-main", _wild(_order(*lines, pay_amount="0.00")), ())

    assert [line.price for line in order.lines] == [0, 0]


def test_the_values_of_a_line_come_without_names() -> None:
    (line,) = wire.order("pdd-main", _wild(_order()), ()).lines

    assert line.properties == (("规格", "粉色"), ("规格", "22"))
    assert (line.item, line.sku, line.quantity) == (_ITEM, "1184730226025", 2)


@pytest.mark.parametrize(("order_status", "waits"), [(1, True), (2, False), (3, False)])
def test_lines_wait_for_as_long_as_the_order_does(order_status: int, waits: bool) -> None:
    (line,) = wire.order("pdd-main", _wild(_order(order_status=order_status)), ()).lines

    assert line.waits is waits


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("328.00", OrderStatus.REFUNDED), ("15.00", OrderStatus.DELIVERED)],
)
def test_amends_do_not_undo_an_order(amount: str, expected: OrderStatus) -> None:
    back = wire.refund(_refund(refund_amount=amount))

    order = wire.order("pdd-main", _wild(_order(order_status=3, refund_status=4)), (back,))

    assert order.status is expected


def test_two_parts_that_are_back_make_the_whole() -> None:
    parts = (
        wire.refund(_refund(id=1, refund_amount="100.00")),
        wire.refund(_refund(id=2, refund_amount="228.00")),
    )

    order = wire.order("pdd-main", _wild(_order(order_status=3, refund_status=4)), parts)

    assert order.status is OrderStatus.REFUNDED


def test_names_phones_addresses_and_memos_are_not_in_what_is_kept() -> None:
    personal = {
        "receiver_name": "许芳",
        "receiver_phone": "13751906348",
        "receiver_address": "太湖大道1890号",
        "address": "太湖大道1890号",
        "buyer_memo": "打13751906348",
        "remark": "许芳要换码",
        "card_info_list": [{"card_no": "62220001"}],
    }
    order = wire.order("pdd-main", _wild(_order(**personal, receiver_name_mask="许*")), ())

    kept = json.loads(order.raw)
    assert not set(personal) & set(kept)
    assert kept["receiver_name_mask"] == "许*"
    assert kept["order_sn"] == "261118-093512447180026"


@pytest.mark.parametrize(
    ("mask", "tail"),
    [
        ("138****5678", "5678"),
        ("1*********8", None),
        ("1387677****", None),
        ("", None),
        (None, None),
        ("138****５６７８", None),
    ],
)
def test_a_phone_is_told_by_its_end_where_the_mask_shows_it(
    mask: str | None, tail: str | None
) -> None:
    assert masked_tail(_wild(mask)) == tail


@pytest.mark.parametrize(
    ("fields", "marks"),
    [
        ({}, ()),
        ({"confirm_status": 0, "group_status": 0}, ("拼团中",)),
        ({"is_pre_sale": 1}, ("预售",)),
        ({"trade_type": 1, "is_lucky_flag": 2}, ("定金预售", "抽奖")),
        ({"risk_control_status": 1}, ("平台审核中",)),
        ({"is_lucky_flag": 1, "is_pre_sale": 0}, ()),
    ],
)
def test_an_order_is_marked_as_merchants_would(
    fields: dict[str, object], marks: tuple[str, ...]
) -> None:
    assert wire.order("pdd-main", _wild(_order(**fields)), ()).marks == marks


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("261118-093512447180026", True),
        ("261118093512447180026", False),
        ("26111-093512447180026", False),
        ("261118-０９３５１２４４７１８００２６", False),
        ("261118-093512447180026\n", False),
        ("我的单号261118-093512447180026", False),
        ("", False),
    ],
)
def test_a_number_is_known_by_its_form(text: str, is_number: bool) -> None:
    assert wire.is_order_number(text) is is_number


def test_prices_of_goods_are_fen_and_held_pieces_are_not_for_sale() -> None:
    sku = {
        "sku_id": 1184730226025,
        "is_onsale": 1,
        "multi_price": 16900,
        "price": 17200,
        "quantity": 5,
        "reserve_quantity": 2,
        "spec": [{"parent_name": "颜色", "spec_name": "粉色"}],
    }
    off = {**sku, "sku_id": 2, "is_onsale": 0}
    over = {**sku, "sku_id": 3, "quantity": 1}

    skus = wire.stock(_ITEM, _wild({"sku_list": [sku, off, over]}))

    assert [each.available for each in skus] == [3, 0, 0]
    assert skus[0].price == Fen(16900)
    assert skus[0].properties == (("颜色", "粉色"),)


def test_a_product_costs_from_its_cheapest_to_its_dearest_sku() -> None:
    skus = [
        {"sku_id": at, "multi_price": price, "quantity": 1, "spec": []}
        for at, price in enumerate((500, 300, 900))
    ]

    item = wire.item(_ITEM, "鞋", wire.stock(_ITEM, _wild({"sku_list": skus})), "https://x")

    assert item is not None
    assert (item.price_low, item.price_high) == (300, 900)
    assert wire.item(_ITEM, "鞋", (), "") is None


def test_a_case_is_read_in_yuan_and_by_its_last_change() -> None:
    refund = wire.refund(_refund())

    assert (refund.id, refund.status, refund.amount) == (
        "36271840551",
        RefundStatus.REFUNDED,
        Fen(32800),
    )
    assert refund.updated_at == datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert not refund.exchanges


def test_each_parcel_is_named_once() -> None:
    first = {"logistics_id": 115, "tracking_number": "A"}
    extra = [first, {"logistics_id": 1, "tracking_number": "B"}, {"logistics_id": 1}]

    found = wire.packages(_wild({**first, "extra_delivery_list": extra}))

    assert found == (("115", "A"), ("1", "B"))
    assert wire.packages(_wild({"logistics_id": 0, "tracking_number": ""})) == ()


def test_the_newest_scan_tells_where_a_parcel_is() -> None:
    steps = _wild(
        [
            {"status_time": "2026-11-19 08:00:00", "status_desc": "已揽收", "action": "GOT"},
            {"status_time": "2026-11-20 08:00:00", "status_desc": "派件中", "action": "SEND"},
        ]
    )

    parcel = wire.parcel("中通快递", "78", steps)

    assert parcel.status is ParcelStatus.OUT_FOR_DELIVERY
    assert [scan.text for scan in parcel.scans] == ["派件中", "已揽收"]
    assert wire.parcel("", "78", ()).status is ParcelStatus.UNKNOWN


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(field=st.sampled_from(sorted(_order())), value=_ANY)
def test_an_order_with_any_odd_field_is_an_order_or_unreadable(field: str, value: object) -> None:
    try:
        order = wire.order("pdd-main", _wild({**_order(), field: value}), ())
    except Unreadable:
        return
    assert isinstance(order, Order)


@given(field=st.sampled_from(sorted(_line())), value=_ANY)
def test_a_line_with_any_odd_field_is_a_line_or_unreadable(field: str, value: object) -> None:
    try:
        order = wire.order("pdd-main", _wild(_order({**_line(), field: value})), ())
    except Unreadable:
        return
    assert sum(line.price for line in order.lines) == order.payment
