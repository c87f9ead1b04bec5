"""Orders, parcels and refunds: what is known, in words, and what a person has to do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.conversations.commands import Ask
from desk.coupons.commands import GrantCoupon
from desk.kernel.errors import Unavailable
from desk.shops.port import OrderStatus, Parcel, ParcelStatus, RefundStatus
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import (
    ARRIVED,
    FOREIGN,
    MIMI_THERE,
    PAID,
    REFUNDING,
    SHIPPED,
    SIGNED,
    STUCK,
    UNPAID,
    order,
)
from tests.actions.people import MIMI, STRANGER, proven


def with_orders(*orders: object) -> Chat:
    """A chat of somebody who has just these orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each in orders]
    return chat


async def test_the_only_parcel_on_its_way_is_the_one_that_is_meant() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    read = await chat.says("快递到哪了", "logistics_query")
    assert "中通快递 ZTO7712345678901，运输中\n前天 09:00 已到达嘉兴分拨中心" in read[0]
    assert chat.conversation.dialogue.focus["order_id"] == SHIPPED.number


@pytest.mark.parametrize("asked", ["大概哪天能到呀", "还要几天才到", "明天能收到吗"])
async def test_no_day_of_arrival_is_made_up(asked: str) -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says(asked, "logistics_query")
    assert "ZTO7712345678901" in read[0]
    assert read[-1].startswith("快递没有给预计到达时间")


async def test_a_few_parcels_are_told_at_once() -> None:
    chat = with_orders(SHIPPED, REFUNDING)
    read = await chat.says("快递到哪了", "logistics_query")
    assert "学步鞋" in read[0]
    assert "保温杯" in read[0]


async def test_a_parcel_that_was_signed_for_is_not_asked_about_as_late() -> None:
    chat = with_orders(SHIPPED, REFUNDING)
    chat.youzan.packed |= {REFUNDING.number: (SIGNED,)}
    read = await chat.says("快递两天没动了", "logistics_delay")
    assert "学步鞋" in read[0]
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]


async def test_the_parcel_that_was_just_signed_for_is_the_missing_one() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("显示签收了可我没收到", "parcel_missing")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_the_order_in_focus_is_meant_until_another_is_named() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("发货了吗", "order_status", order_id=PAID.number)
    read = await chat.says("开发票", "invoice_request")
    assert "奶粉" in read[0]
    read = await chat.says("这单呢", "order_status", order_id=ARRIVED.number)
    assert "纯棉连体衣" in read[0]


async def test_the_product_named_points_at_its_order() -> None:
    chat = with_orders(SHIPPED, ARRIVED, REFUNDING)
    await chat.says("连体衣我要退", "return_request", product="连体衣")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]
    await chat.says("学步鞋到哪了", "logistics_query", product="学步鞋")
    assert chat.conversation.dialogue.focus["order_id"] == SHIPPED.number


async def test_the_shop_named_points_at_its_orders() -> None:
    chat = Chat(replace(MIMI, proven_orders=(proven(FOREIGN),)))
    chat.youzan.orders = [SHIPPED]
    read = await chat.says("天猫那单到哪了", "logistics_query", platform="天猫")
    assert "暗纹抱枕" in read[0]
    assert "学步鞋" not in read[0]


async def test_several_likely_orders_are_asked_about_and_a_tap_answers() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    assert chat.labels == ["婴儿学步鞋软底防滑（11月18日 12:00）", "纯棉连体衣（11月10日 12:00）"]
    await chat.taps("纯棉连体衣（11月10日 12:00）")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_a_question_that_was_passed_over_is_not_asked_a_third_time() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    await chat.says("就是要退", "return_request")
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]


async def test_a_tracking_number_finds_its_order() -> None:
    chat = Chat(MIMI)
    read = await chat.says("ZTO7712345678902", "logistics_query", tracking_no="ZTO7712345678902")
    assert "纯棉连体衣" in read[0]
    assert "已签收" in read[0]


async def test_a_parcel_without_a_scan_is_no_riddle() -> None:
    chat = with_orders(SHIPPED)
    chat.youzan.packed = {}
    read = await chat.says("快递到哪了", "logistics_query")
    assert "昨天" not in read[0]
    assert "还看不到快递轨迹" in read[0]


async def test_old_scans_carry_their_time() -> None:
    chat = with_orders(SHIPPED)
    await chat.says("快递到哪了", "logistics_query")
    chat.clock.turn(timedelta(hours=1))
    chat.youzan.failure = Unavailable("down", "没有回应")
    read = await chat.says("快递到哪了", "logistics_query")
    assert "店铺现在连不上，这是今天 12:00 的信息" in read[0]


async def test_more_parcels_than_fit_are_counted() -> None:
    chat = with_orders(SHIPPED)
    many = tuple(replace(STUCK, tracking_no=f"ZTO{number}") for number in range(5))
    chat.youzan.packed = {SHIPPED.number: many}
    read = await chat.says("快递到哪了", "logistics_query")
    assert "另外还有 2 个包裹" in read[0]


async def test_a_late_parcel_gets_an_urgent_ticket_and_a_coupon() -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says("快递两天没动了", "logistics_delay")
    assert "2 天没有新动态了" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.priority) == (TicketKind.LOGISTICS, Priority.URGENT)
    assert "ZTO7712345678901，最后轨迹 11-19 09:00 已到达嘉兴分拨中心" in ticket.summary
    assert "快递两天没动了" in ticket.summary
    assert [(each.policy, each.subject) for each in chat.did(GrantCoupon)] == [
        ("sorry-10", f"delay:{SHIPPED.number}")
    ]


async def test_who_complains_again_joins_the_ticket_and_gets_no_second_coupon() -> None:
    chat = with_orders(SHIPPED)
    await chat.says("快递两天没动了", "logistics_delay")
    read = await chat.says("还是没动", "logistics_delay")
    assert "之前已登记" in read[-1]
    assert len(chat.books.tickets.kept) == 1
    assert len(chat.books.grants.kept) == 1


async def test_who_proves_the_order_in_the_same_turn_gets_the_coupon_too() -> None:
    chat = Chat(STRANGER)
    chat.youzan.orders = [SHIPPED]
    await chat.says("快递不动了", "logistics_delay", order_id=SHIPPED.number, phone_tail="2345")
    assert [each.buyer for each in chat.did(GrantCoupon)] == [MIMI_THERE]


async def test_the_words_before_a_proof_reach_the_agent() -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递三天没动了", "logistics_delay")
    await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number)
    await chat.says("2345")
    assert "我的快递三天没动了" in chat.did(OpenTicket)[0].summary


async def test_a_parcel_that_is_shown_as_signed_for_is_not_late_but_perhaps_missing() -> None:
    chat = with_orders(SHIPPED)
    chat.youzan.packed = {SHIPPED.number: (SIGNED,)}
    await chat.says("怎么还没到", "logistics_delay")
    assert chat.did(OpenTicket) == []
    assert chat.labels == ["没收到货", "找人工客服"]
    await chat.taps("没收到货")
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.priority) == (TicketKind.NOT_RECEIVED, Priority.URGENT)


async def test_an_order_that_was_never_sent_is_urged_not_chased() -> None:
    chat = with_orders(PAID)
    await chat.says("快递怎么还没动", "logistics_delay")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.URGE]


async def test_urging_on_what_is_on_its_way_tells_where_it_is() -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says("快点发货", "urge_order")
    assert "嘉兴" in read[0]
    assert chat.did(OpenTicket) == []


async def test_urging_on_what_is_paid_opens_a_ticket_of_high_priority() -> None:
    chat = with_orders(PAID, SHIPPED)
    await chat.says("快点发货", "urge_order")
    assert [(each.order_no, each.priority) for each in chat.did(OpenTicket)] == [
        (PAID.number, Priority.HIGH)
    ]


async def test_an_unpaid_order_is_neither_urged_nor_cancelled_by_a_person() -> None:
    chat = with_orders(UNPAID)
    for intent in ("urge_order", "order_cancel"):
        read = await chat.says("帮我看看", intent)
        assert "没付款" in read[0]
        assert chat.did(OpenTicket) == []


async def test_what_waits_for_shipping_can_be_urged_by_a_tap() -> None:
    chat = with_orders(PAID)
    await chat.says("发货了吗", "order_status")
    assert chat.labels == ["催发货"]
    await chat.taps("催发货")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.URGE]


@pytest.mark.parametrize(
    ("status", "intent", "key"),
    [
        (OrderStatus.PAID, "order_cancel", "cancel.noted"),
        (OrderStatus.SHIPPED, "order_cancel", "cancel.sent"),
        (OrderStatus.CANCELLED, "order_cancel", "cancel.ended"),
        (OrderStatus.PAID, "delivery_change", "change.noted"),
        (OrderStatus.SHIPPED, "delivery_change", "change.sent"),
        (OrderStatus.REFUNDED, "delivery_change", "change.ended"),
        (OrderStatus.COMPLETED, "return_request", "return.noted"),
        (OrderStatus.REFUNDED, "return_request", "return.running"),
        (OrderStatus.COMPLETED, "exchange_request", "exchange.noted"),
        (OrderStatus.COMPLETED, "after_sales_claim", "claim.noted"),
        (OrderStatus.COMPLETED, "price_protection", "protection.noted"),
        (OrderStatus.COMPLETED, "invoice_request", "invoice.noted"),
        (OrderStatus.COMPLETED, "refund_status", "refund.none"),
    ],
)
async def test_what_can_be_done_depends_on_where_the_order_stands(
    status: OrderStatus, intent: str, key: str
) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [order("E1", status, "学步鞋")]
    await chat.says("帮我办一下", intent)
    if chat.said[0].phrase.key.startswith("sure."):
        assert chat.did(OpenTicket) == []
        await chat.says("确定", "affirm")
    assert [each.phrase.key for each in chat.said] == [key]
    needs_nobody = key in ("cancel.ended", "change.ended", "return.running")
    assert bool(chat.did(OpenTicket)) is not needs_nobody


@pytest.mark.parametrize("status", list(OrderStatus))
async def test_every_state_of_an_order_is_told(status: OrderStatus) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [order("E1", status, "学步鞋")]
    read = await chat.says("订单怎么样了", "order_status")
    assert "学步鞋" in read[0]


@pytest.mark.parametrize("status", list(ParcelStatus))
async def test_every_state_of_a_parcel_is_told(status: ParcelStatus) -> None:
    chat = with_orders(SHIPPED)
    chat.youzan.packed = {SHIPPED.number: (Parcel("", "ZTO1", status, ()),)}
    read = await chat.says("快递到哪了", "logistics_query")
    assert "快递 ZTO1，" in read[0]


@pytest.mark.parametrize("status", list(RefundStatus))
async def test_every_state_of_a_refund_is_told_with_its_amount(status: RefundStatus) -> None:
    chat = Chat(MIMI)
    refunds = (replace(REFUNDING.refunds[0], status=status),)
    chat.youzan.orders = [replace(REFUNDING, refunds=refunds)]
    read = await chat.says("退款到哪了", "refund_status")
    assert "退款 ¥59：" in read[0]
    assert chat.did(OpenTicket) == []


async def test_who_has_no_number_gets_the_ticket_without_one() -> None:
    chat = Chat(STRANGER)
    await chat.says("我要退货", "return_request")
    assert chat.labels == ["找不到订单号"]
    await chat.taps("找不到订单号")
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.order_no) == (TicketKind.RETURN, "")
    assert "我要退货" in ticket.summary


async def test_who_writes_that_there_is_no_number_is_understood() -> None:
    chat = Chat(STRANGER)
    await chat.says("我要退货", "return_request")
    await chat.says("没有订单号", "return_request")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.RETURN]


async def test_an_unproven_number_is_told_to_the_agent_as_unproven() -> None:
    chat = Chat(STRANGER)
    await chat.says("退货", "return_request", order_id=SHIPPED.number)
    await chat.taps("找不到订单号")
    ticket = chat.did(OpenTicket)[0]
    assert ticket.order_no == ""
    assert f"{SHIPPED.number}，未核实" in ticket.summary


async def test_a_new_address_comes_to_its_ticket() -> None:
    chat = await with_templates(with_orders(PAID))
    await chat.says("改地址", "delivery_change")
    assert [each.expects for each in chat.did(Ask)] == ["form.address"]
    address = "上海市徐汇区漕溪北路88号1201室，收件人咪咪妈，电话13812345678"
    read = await chat.says(address, "delivery_change", phone="13812345678")
    assert len(read) == 1
    assert only_ticket(chat).fields["address"] == address


async def test_a_shop_that_is_silent_is_named_where_only_it_can_tell() -> None:
    chat = Chat(MIMI)
    chat.youzan.hangs = True
    read = await chat.says("快递到哪了", "logistics_query")
    assert "有赞商城现在没有回应" in read[0]
    assert chat.labels == ["找人工客服"]


async def test_a_shop_that_might_have_known_who_asks_is_named_beside_the_question() -> None:
    chat = Chat(STRANGER)
    chat.youzan.hangs = True
    read = await chat.says("快递到哪了", "logistics_query")
    assert "有赞商城现在没有回应" in read[0]
    assert "订单号" in read[0]


async def test_who_asks_for_all_orders_gets_them_to_choose_from() -> None:
    chat = Chat(MIMI)
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says("我的订单都有哪些", "order_status")
    assert len(chat.labels) == 5
