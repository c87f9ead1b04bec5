"""A ticket that stands still for the number of a parcel gets it from the customer's own words."""

from dataclasses import replace

from bot.templates.files import house_templates
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import TicketState
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, SHIPPED
from tests.actions.test_orders import with_orders

NUMBER = "SF1234567890123"
ON_ITS_WAY = "ZTO7712345678901"


async def _sending(step: str = "sending", back_by: str = "我自己寄") -> Chat:
    """A chat in which a return stands in a step, its questions answered."""
    chat = await with_templates(with_orders(SHIPPED, ARRIVED))
    await chat.says("我要退学步鞋", "return_request", order_id=ARRIVED.number)
    await chat.taps("尺码不合适")
    await chat.taps(back_by)
    state = TicketState.WAITING_CUSTOMER if step == "sending" else TicketState.OPEN
    ticket = replace(only_ticket(chat), step=step, state=state)
    chat.books.tickets.kept[ticket.number] = ticket
    return chat


async def test_the_number_of_the_parcel_back_is_taken_for_what_it_is() -> None:
    chat = await _sending()
    read = await chat.says(f"寄出去了，单号 {NUMBER}", "logistics_query", tracking_no=NUMBER)
    assert read[0] == (
        f"收到，退货快递单号：{NUMBER}，记在工单 T-20261121-0001 上了，同事接着为您办。"
    )
    (filled,) = chat.did(SetFields)
    assert filled.values == {"return_no": NUMBER}


async def test_a_parcel_that_is_on_its_way_to_the_customer_is_looked_up() -> None:
    chat = await _sending()
    asked = f"{ON_ITS_WAY} 到哪了"
    read = await chat.says(asked, "logistics_query", tracking_no=ON_ITS_WAY)
    assert "运输中" in read[0]
    assert chat.did(SetFields) == []


async def test_a_number_is_no_answer_before_it_is_waited_for() -> None:
    chat = await _sending("review")
    await chat.says(NUMBER, "logistics_query", tracking_no=NUMBER)
    assert chat.did(SetFields) == []


async def test_who_brings_it_to_the_store_is_not_waited_for() -> None:
    chat = await _sending(back_by="送回门店")
    await chat.says(NUMBER, "logistics_query", tracking_no=NUMBER)
    assert chat.did(SetFields) == []


def test_the_houses_templates_that_wait_for_parcels_say_so() -> None:
    waiting = {
        each.id
        for each in house_templates()
        if any("tracking_no" in field.slots for field in each.fields)
    }
    assert waiting == {"return", "exchange", "repair"}
