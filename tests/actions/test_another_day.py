"""改到后天上午行不行: the day of what was spoken of last is changed, and nothing else is opened."""

import pytest

from desk.conversations.commands import Ask
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED
from tests.actions.people import STRANGER
from tests.actions.test_orders import with_orders

BOOKED = "约明天下午3点到徐家汇店试穿，电话13812345678"


async def _booked() -> Chat:
    chat = await with_templates(Chat(STRANGER))
    await chat.says(BOOKED, "appointment_book", date="明天下午3点", store="徐家汇店")
    assert only_ticket(chat).fields["time"] == "afternoon"
    assert chat.did(Ask) == []
    return chat


@pytest.mark.parametrize("words", ["改到后天上午行不行", "能不能改约后天上午", "推迟到后天上午吧"])
async def test_the_day_and_its_part_are_changed_and_told_again(words: str) -> None:
    chat = await _booked()
    read = await chat.says(words, "delivery_change", date="后天上午")
    fields = only_ticket(chat).fields
    assert (fields["day"], fields["time"]) == ("2026-11-23 上午", "morning")
    assert "11月23日" in read[0]
    assert chat.did(Ask) == []


async def test_of_an_order_spoken_of_since_it_is_another_wish() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says(BOOKED, "appointment_book", date="明天下午3点", store="徐家汇店")
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says("改到后天送", "delivery_change", date="后天")
    days = [each.fields.get("day") for each in chat.books.tickets.kept.values()]
    assert "2026-11-22 15:00" in days
