"""A picture may be pointed at: the question joins its ticket, and no name is made of it."""

from datetime import timedelta

import pytest

from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.people import STRANGER

BY_NAME = "您发的图片同事在认。知道商品名字的话直接发给我，我马上查。"


@pytest.mark.parametrize("text", ["这个有吗", "就图里这个鞋", "图片上这款多少钱"])
async def test_this_is_what_the_picture_shows(text: str) -> None:
    chat = Chat(STRANGER)
    await chat.sends("image")
    read = await chat.says(text, "stock_check")
    assert read[0] == BY_NAME
    assert text in chat.did(OpenTicket)[0].summary
    assert len(chat.books.tickets.kept) == 1


async def test_a_name_given_after_the_picture_is_looked_up_and_is_then_what_this_means() -> None:
    chat = Chat(STRANGER)
    await chat.sends("image")
    read = await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert read[0].startswith("婴儿学步鞋软底防滑")
    read = await chat.says("这个多少钱", "price_query")
    assert read[0].startswith("婴儿学步鞋软底防滑")


async def test_a_picture_sent_long_ago_is_not_pointed_at() -> None:
    chat = Chat(STRANGER)
    await chat.sends("image")
    chat.clock.turn(timedelta(hours=1))
    read = await chat.says("这个有吗", "stock_check")
    assert read[0] != BY_NAME
