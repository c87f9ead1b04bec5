"""到货告诉我: what is gone is noted, once, with a promise that holds, and can be taken back."""

from dataclasses import replace

from desk.kernel.errors import Refused, Unavailable
from desk.shops.port import ItemId
from desk.tickets.commands import OpenTicket
from desk.wishes.commands import NoteWish, WithdrawWishes
from desk.wishes.model import WishState
from tests.actions.chat import Chat
from tests.actions.people import STRANGER

PINK_24 = {"product": "学步鞋", "color": "粉色", "size": "24码"}


async def test_a_kind_that_is_gone_is_noted_for_all_shops_that_sell_it() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    (wish,) = chat.did(NoteWish)
    assert wish.wanted == ("粉色", "24码")
    assert ItemId("youzan-main", "101") in wish.items
    assert len({each.shop for each in wish.items}) == 2
    assert "按登记先后告诉您，60 天内有效" in read[0]
    assert chat.did(OpenTicket) == []


async def test_no_thanks_right_after_it_takes_it_back() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    read = await chat.says("不用了", "deny")
    assert "到货提醒已取消" in read[0]
    assert [each.state for each in chat.books.wishes.kept] == [WishState.WITHDRAWN]


async def test_no_thanks_to_something_else_leaves_it_waiting() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    await chat.says("推车有吗", "stock_check", product="推车")
    await chat.says("不用了", "deny")
    assert [each.state for each in chat.books.wishes.kept] == [WishState.WAITING]


async def test_a_reminder_is_called_off_in_so_many_words_whenever() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    await chat.says("推车有吗", "stock_check", product="推车")
    await chat.says("到货不用通知我了", "restock_notify")
    assert len(chat.did(WithdrawWishes)) == 1


async def test_asking_for_no_more_messages_ends_the_waiting_too() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    await chat.says("别再给我发消息了", "unsubscribe")
    assert [each.state for each in chat.books.wishes.kept] == [WishState.WITHDRAWN]


async def test_who_wants_no_messages_is_promised_none() -> None:
    chat = Chat(replace(STRANGER, asked_not_to_push=True))
    read = await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    assert chat.did(NoteWish) == []
    assert "随时来问我" in read[0]


async def test_where_no_shop_tells_its_stock_a_colleague_takes_over() -> None:
    chat = Chat(STRANGER)
    await chat.says("推车有吗", "stock_check", product="推车")
    chat.youzan.failure = Refused("no_right", "没有库存接口权限")
    chat.tmall.failure = Unavailable("down", "没有回应")
    await chat.says("连体衣到货告诉我", "restock_notify", product="连体衣")
    assert chat.did(NoteWish) == []
    assert len(chat.did(OpenTicket)) == 1


async def test_the_same_wish_is_kept_once() -> None:
    chat = Chat(STRANGER)
    for _ in range(2):
        await chat.says("学步鞋粉色24码到货告诉我", "restock_notify", **PINK_24)
    assert len(chat.books.wishes.kept) == 1
