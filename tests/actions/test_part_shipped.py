"""Of an order that is sent in parts, what has not been sent yet is told, and can be urged."""

from dataclasses import replace

import pytest

from desk.shops.port import Order, OrderLine, OrderStatus
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import POWDER, SHIPPED, SHOES, SIGNED
from tests.actions.people import MIMI

NAPPIES = OrderLine(SHOES, "s1", "云朵屁屁超薄纸尿裤 L码", (), 1, SHIPPED.payment)
CHAIR = OrderLine(POWDER, "s2", "豆芽坐坐儿童餐椅 可折叠", (), 1, SHIPPED.payment, waits=True)
PARTLY = replace(SHIPPED, status=OrderStatus.PART_SHIPPED, lines=(NAPPIES, CHAIR))
UNNAMED = replace(PARTLY, lines=(NAPPIES, replace(CHAIR, waits=False)))


def chat_on(order: Order) -> Chat:
    chat = Chat(MIMI)
    chat.youzan.orders = [order]
    chat.youzan.packed = {order.number: (SIGNED,)}
    return chat


@pytest.mark.parametrize("intent", ["logistics_query", "order_status"])
async def test_what_is_not_sent_is_named_beside_the_parcel(intent: str) -> None:
    chat = chat_on(PARTLY)
    read = await chat.says("我买的东西怎么只到了一半", intent)
    assert "已签收" in read[0]
    assert "豆芽坐坐儿童餐椅还没发出" in read[0]
    assert chat.labels == ["催发货"]


async def test_where_the_shop_does_not_tell_which_the_rest_is_spoken_of() -> None:
    read = await chat_on(UNNAMED).says("快递到哪了", "logistics_query")
    assert "其余的还没发出" in read[0]


async def test_the_rest_can_be_urged() -> None:
    chat = chat_on(PARTLY)
    await chat.says("快递到哪了", "logistics_query")
    read = await chat.taps("催发货")
    assert "豆芽坐坐儿童餐椅还没发出" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert ticket.kind is TicketKind.URGE
    assert "还没发：豆芽坐坐儿童餐椅" in ticket.summary


async def test_the_line_that_waits_can_be_cancelled_and_needs_no_interception() -> None:
    chat = chat_on(PARTLY)
    read = await chat.says("餐椅不要了", "order_cancel", product="餐椅")
    assert "只取消“豆芽坐坐儿童餐椅”，其余照发" in read[0]
    await chat.says("确定", "affirm")
    assert "只取消“豆芽坐坐儿童餐椅”" in chat.did(OpenTicket)[0].summary


async def test_a_whole_order_has_no_rest() -> None:
    read = await chat_on(replace(SHIPPED)).says("快递到哪了", "logistics_query")
    assert "还没发出" not in read[0]
