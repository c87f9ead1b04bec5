"""A greeting is returned; amid a talk nobody is introduced again."""

from dataclasses import replace
from datetime import timedelta

from desk.conversations.model import Topic
from tests.actions.chat import Chat
from tests.actions.people import MIMI, STRANGER


def talking(chat: Chat, minutes: int = 5) -> Chat:
    """Something was talked about some minutes ago."""
    topic = Topic("stock_check", chat.clock.now() - timedelta(minutes=minutes))
    here = chat.conversation
    dialogue = replace(here.dialogue, topics=(topic,))
    chat.books.conversations.kept[here.id] = replace(here, dialogue=dialogue)
    return chat


async def test_who_begins_is_greeted_with_what_can_be_asked() -> None:
    chat = Chat(STRANGER)
    (read,) = await chat.says("你好", "greet")
    assert read.startswith("中午好")
    assert len(chat.menu) == 4


async def test_who_is_being_talked_with_hears_that_somebody_is_there() -> None:
    chat = talking(Chat(STRANGER))
    assert await chat.says("在吗？？", "greet") == ["在的，您说。"]


async def test_after_a_while_a_greeting_begins_anew() -> None:
    chat = talking(Chat(STRANGER), minutes=31)
    (read,) = await chat.says("你好", "greet")
    assert read.startswith("中午好")


async def test_who_waits_for_something_hears_that_it_is_being_done() -> None:
    chat = Chat(MIMI)
    await chat.says("付不了款", "payment_issue")
    read = await talking(chat).says("有人吗", "greet")
    assert read[0].startswith("在的。您的付款问题（T-"), read
