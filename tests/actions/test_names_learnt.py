"""What a customer means by a word is learnt from their pick, and unlearnt when it was wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.aliases.commands import LearnPick, UnlearnPick
from desk.customers.model import Customer, ViewedItem
from desk.kernel.ids import CustomerId, derived
from desk.kernel.money import Fen
from desk.shops.port import Item, ItemId
from tests.actions.chat import Chat
from tests.actions.goods import PRAM, YOUZAN, hours_ago, kind
from tests.actions.people import BROWSER, STRANGER
from tests.clocks import FrozenClock
from tests.fakes.books import FakeAliases, FakeBooks

TALL = ItemId(YOUZAN, "105")
ASKED = "您说的是哪一款？"


def somebody(name: str) -> Customer:
    """Another customer."""
    return replace(STRANGER, id=CustomerId(derived(name)), external_userid=f"wm-{name}")


def chat_of(customer: Customer, names: FakeAliases, clock: FrozenClock | None = None) -> Chat:
    """A chat with a merchant who sells two prams."""
    chat = Chat(customer, books=FakeBooks(aliases=names), clock=clock or FrozenClock())
    chat.youzan.items.append(Item(TALL, "婴儿推车高景观", Fen(159900), Fen(159900)))
    chat.youzan.items[3] = replace(chat.youzan.items[3], title="轻便伞车 婴儿推车")
    chat.youzan.skus.append(kind(TALL, 1, 159900, color="黑色"))
    return chat


async def ask_and_tap(chat: Chat, label: str = "婴儿推车高景观") -> list[str]:
    """Ask for a pram and tap one."""
    assert (await chat.says("婴儿车有货吗", "stock_check", product="推车"))[0].startswith(ASKED)
    return await chat.taps(next(each for each in chat.labels if label in each))


async def test_what_was_picked_once_is_not_asked_of_the_same_customer_again() -> None:
    names = FakeAliases()
    read = await ask_and_tap(chat_of(STRANGER, names))
    assert read[0].startswith("婴儿推车高景观")
    again = await chat_of(STRANGER, names).says("推车多少钱", "price_query", product="推车")
    assert "1599" in again[0]


async def test_a_pick_is_kept_by_the_words_it_was_asked_with() -> None:
    chat = chat_of(STRANGER, FakeAliases())
    await ask_and_tap(chat)
    assert chat.did(LearnPick) == [LearnPick(STRANGER.id, "推车", TALL)]
    assert [each.wording for each in await chat.books.aliases.picks("推车")] == ["推车"]


async def test_others_are_still_asked_until_three_have_picked_the_same() -> None:
    names = FakeAliases()
    for name in ("a", "b", "c"):
        await ask_and_tap(chat_of(somebody(name), names))
    read = await chat_of(somebody("d"), names).says("推车有吗", "stock_check", product="推车")
    assert read[0].startswith("婴儿推车高景观")


async def test_what_three_meant_long_ago_is_asked_again() -> None:
    names, clock = FakeAliases(), FrozenClock()
    for name in ("a", "b", "c"):
        await ask_and_tap(chat_of(somebody(name), names, clock))
    clock.turn(timedelta(days=91))
    await ask_and_tap(chat_of(somebody("d"), names, clock))


async def test_where_customers_disagree_everybody_is_asked() -> None:
    names = FakeAliases()
    for name in ("a", "b"):
        await ask_and_tap(chat_of(somebody(name), names), "轻便伞车")
    for name in ("c", "d", "e"):
        await ask_and_tap(chat_of(somebody(name), names))
    await ask_and_tap(chat_of(somebody("f"), names))


async def test_the_later_pick_of_a_customer_counts() -> None:
    names, clock = FakeAliases(), FrozenClock()
    await ask_and_tap(chat_of(STRANGER, names, clock))
    clock.turn(timedelta(hours=1))
    chat = chat_of(STRANGER, names, clock)
    await chat.says("推车有吗", "stock_check", product="推车")
    await chat.writes("不是这个", ("deny", 0.8), ("greet", 0.1))
    read = await chat.taps(next(each for each in chat.labels if "轻便伞车" in each))
    assert read[0].startswith("轻便伞车")
    read = await chat_of(STRANGER, names, clock).says("推车", "stock_check", product="推车")
    assert read[0].startswith("轻便伞车")


async def test_this_is_not_it_offers_the_others_and_unlearns() -> None:
    names = FakeAliases()
    await ask_and_tap(chat_of(STRANGER, names))
    chat = chat_of(STRANGER, names)
    await chat.says("推车有吗", "stock_check", product="推车")
    read = await chat.writes("不是这个", ("deny", 0.8), ("greet", 0.1))
    assert read[0].startswith("是我弄错了")
    assert chat.did(UnlearnPick) == [UnlearnPick(STRANGER.id, "推车", TALL)]
    assert not any("高景观" in each for each in chat.labels)
    assert [each.meant for each in await names.picks("推车")] == [False]


async def test_where_nothing_else_fits_the_name_is_asked_for() -> None:
    chat = Chat(STRANGER)
    await chat.says("连体衣有吗", "stock_check", product="连体衣")
    read = await chat.writes("不是这个", ("deny", 0.8), ("greet", 0.1))
    assert "商品名或商品链接" in read[0]
    assert "item" not in chat.conversation.dialogue.focus


async def test_a_private_sentence_is_never_kept_as_a_name() -> None:
    chat = chat_of(STRANGER, FakeAliases())
    for wording in ("我叫张三的推车", "13800138000", "推车" * 20, ""):
        await chat.staff_does(LearnPick(STRANGER.id, wording, PRAM))
    assert chat.books.aliases.picked == {}


@pytest.mark.parametrize(
    ("text", "read"), [("上次看中的推车有吗", "轻便伞车"), ("推车有吗", "轻便伞车")]
)
async def test_what_was_looked_at_last_decides_between_equals(text: str, read: str) -> None:
    seen = (ViewedItem(PRAM, "轻便伞车 婴儿推车", hours_ago(1)),)
    chat = chat_of(replace(BROWSER, viewed=seen), FakeAliases())
    assert (await chat.says(text, "stock_check", product="推车"))[0].startswith(read)
