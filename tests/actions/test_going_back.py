"""While a refund waits for the goods: where to send them, the parcel back, and a change of mind."""

from dataclasses import replace

import pytest

from desk.shops.port import OrderStatus, RefundStatus
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import ARRIVED, REFUNDING, SHIPPED
from tests.actions.people import MIMI

REFUND = replace(REFUNDING.refunds[0], status=RefundStatus.WAIT_BUYER_RETURN)
AGREED = replace(REFUNDING, status=OrderStatus.COMPLETED, refunds=(REFUND,))


def waiting_for_goods() -> Chat:
    """A chat of somebody whose refund was agreed to, among other orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED, AGREED, ARRIVED]
    return chat


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("地址发我一下 我寄回去", "delivery_change"),
        ("退货地址是哪里", "return_request"),
        ("我要寄到哪", "logistics_query"),
        ("退回哪里啊", "refund_status"),
        ("寄回的地址是什么", "store_locate"),
    ],
)
async def test_who_asks_where_to_is_told_and_gets_the_address(text: str, intent: str) -> None:
    chat = waiting_for_goods()
    read = await chat.says(text, intent)
    assert "寄回地址在店铺的退款详情里能看到" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.order_no) == (TicketKind.RETURN, AGREED.number)
    assert ticket.summary.startswith("把退货地址发给顾客")


@pytest.mark.parametrize("intent", ["logistics_query", "return_request", "refund_status"])
async def test_the_number_of_the_parcel_back_reaches_the_staff(intent: str) -> None:
    chat = waiting_for_goods()
    text = "快递单号 SF1234567890123"
    read = await chat.says(text, intent, tracking_no="SF1234567890123")
    assert "退货单号 SF1234567890123 收到" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.order_no) == (TicketKind.RETURN, AGREED.number)
    assert "SF1234567890123" in ticket.summary


async def test_the_number_of_a_parcel_to_the_customer_is_still_looked_up() -> None:
    chat = waiting_for_goods()
    number = "ZTO7712345678901"
    read = await chat.says(number, "logistics_query", tracking_no=number)
    assert "运输中" in read[0]
    assert chat.did(OpenTicket) == []


@pytest.mark.parametrize("intent", ["refund_status", "return_request"])
async def test_how_it_stands_comes_with_the_next_step(intent: str) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [AGREED]
    read = await chat.says("怎么样了", intent)
    assert "寄出后把快递单号发给我" in read[0]
    assert chat.did(OpenTicket) == []


@pytest.mark.parametrize("order", [AGREED, REFUNDING])
async def test_who_wants_an_exchange_instead_of_the_refund_gets_a_ticket(order: object) -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in (AGREED, REFUNDING) if each is order]
    read = await chat.says("不退款了 换货", "exchange_request")
    assert "能不能把退款改成换货" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert ticket.kind is TicketKind.EXCHANGE
    assert "有退款申请在走" in ticket.summary
    await chat.says("我想换80的", "exchange_request")
    assert len(chat.books.tickets.kept) == 1


async def test_where_no_refund_waits_an_address_is_the_customers_own() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED]
    read = await chat.says("地址发我一下 我寄回去", "delivery_change")
    assert "改派" in read[0]


async def test_where_a_parcel_has_got_to_is_no_question_of_where_to_send_one() -> None:
    chat = waiting_for_goods()
    read = await chat.says("学步鞋寄到哪了", "logistics_query", product="学步鞋")
    assert "运输中" in read[0]
