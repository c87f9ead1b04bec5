"""Kinds that only the shop has a word for: 云朵, 南瓜味; they are not overheard."""

import pytest

from desk.wishes.commands import NoteWish
from tests.actions.chat import Chat
from tests.actions.goods import SUIT, kind
from tests.actions.people import STRANGER


@pytest.fixture
def chat() -> Chat:
    """纯棉连体衣 with a fawn, of which there is some, and clouds, of which there is none."""
    chat = Chat(STRANGER)
    others = [each for each in chat.youzan.skus if each.item != SUIT]
    fawn, clouds = kind(SUIT, 18, 13900, 花色="小鹿"), kind(SUIT, 0, 13900, 花色="云朵款")
    chat.youzan.skus = [*others, fawn, clouds]
    return chat


async def test_a_kind_that_is_gone_is_not_covered_up_by_another(chat: Chat) -> None:
    read = await chat.says("连体衣云朵的有吗", "stock_check", product="连体衣")
    assert read[0] == "纯棉连体衣，云朵款：\n【有赞商城 · 今天 12:00】没货了"
    assert "小鹿" in read[1]


async def test_another_kind_takes_its_place(chat: Chat) -> None:
    await chat.says("连体衣云朵的有吗", "stock_check", product="连体衣")
    read = await chat.says("那小鹿的呢", "stock_check")
    assert read[0].startswith("纯棉连体衣，小鹿：")
    assert "还有 18 件" in read[0]


async def test_a_kind_that_was_heard_is_not_said_twice(chat: Chat) -> None:
    coral, mint = kind(SUIT, 8, 15900, color="珊瑚"), kind(SUIT, 1, 15900, color="薄荷")
    chat.youzan.skus = [coral, mint]
    read = await chat.says("连体衣珊瑚色有吗", "stock_check", product="连体衣", color="珊瑚色")
    assert read[0].startswith("纯棉连体衣，珊瑚色：")


async def test_who_names_both_reads_of_both(chat: Chat) -> None:
    read = await chat.says("连体衣小鹿和云朵哪个有", "stock_check", product="连体衣")
    assert read[0].startswith("纯棉连体衣：")
    assert "小鹿" in read[0]


async def test_that_kind_is_waited_for(chat: Chat) -> None:
    await chat.says("连体衣云朵到货告诉我", "restock_notify", product="连体衣")
    (wish,) = chat.did(NoteWish)
    assert wish.wanted == ("云朵款",)


async def test_a_word_of_the_title_names_no_kind(chat: Chat) -> None:
    named = kind(SUIT, 3, 13900, 花色="纯棉")
    chat.youzan.skus = [*chat.youzan.skus, named]
    read = await chat.says("纯棉连体衣有吗", "stock_check", product="纯棉连体衣")
    assert read[0].startswith("纯棉连体衣：")
