"""Conversations: memory, and a send budget that cannot be overdrawn."""

import asyncio
from datetime import timedelta

from desk.conversations.incoming import Signal
from desk.conversations.model import Dialogue, Option, Question, Session, TurnNote
from desk.kernel.ids import ConversationId, uuid7
from desk.kernel.messages import phrase
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation, message, worked

WINDOW = timedelta(hours=48)


async def test_nobody_knows_a_conversation_that_was_never_opened(library: Database) -> None:
    async with library.open() as books:
        assert await books.conversations.get(ConversationId(uuid7())) is None


async def test_the_dialogue_is_remembered(library: Database, clock: FrozenClock) -> None:
    talk, _, _ = await conversation(library, clock)
    option = Option("opt1", phrase("stock.sku", title="白色"), {"colour": "白色"})
    pending = Question("stock_check", "product", NOON, (option,), {"size": "37"}, 2)
    memory = Dialogue(pending, {"product": "跑鞋"}, 1)
    async with library.open() as books:
        await books.conversations.remember(talk.id, memory)
    async with library.open() as books:
        found = await books.conversations.get(talk.id)
    assert found is not None
    assert found.dialogue == memory


async def test_the_session_is_noted(library: Database, clock: FrozenClock) -> None:
    talk, _, _ = await conversation(library, clock)
    async with library.open() as books:
        await books.conversations.session(talk.id, Session.SERVICER, "amei")
        found = await books.conversations.get(talk.id)
    assert found is not None
    assert (found.session, found.servicer) == (Session.SERVICER, "amei")


async def test_fifty_who_charge_at_once_get_five_messages(
    library: Database, clock: FrozenClock
) -> None:
    talk, _, _ = await conversation(library, clock)
    async with library.open() as books:
        await books.conversations.heard(talk.id, clock.now())

    async def charge() -> bool:
        async with library.open() as books:
            return await books.conversations.charge(talk.id, 5, clock.now() - WINDOW)

    assert sum(await asyncio.gather(*(charge() for _ in range(50)))) == 5


async def test_a_conversation_in_which_nobody_wrote_has_no_budget(
    library: Database, clock: FrozenClock
) -> None:
    entered = message("event", Signal("enter_session", {}))
    talk = (await worked(library, clock, entered)).conversation
    async with library.open() as books:
        assert not await books.conversations.charge(talk.id, 5, clock.now() - WINDOW)


async def test_the_budget_ends_with_the_window(library: Database, clock: FrozenClock) -> None:
    talk, _, _ = await conversation(library, clock)
    async with library.open() as books:
        await books.conversations.heard(talk.id, clock.now())
        clock.turn(WINDOW)
        assert await books.conversations.charge(talk.id, 5, clock.now() - WINDOW)
        clock.turn(timedelta(seconds=1))
        assert not await books.conversations.charge(talk.id, 5, clock.now() - WINDOW)


async def test_a_new_message_renews_the_budget_and_an_old_one_does_not(
    library: Database, clock: FrozenClock
) -> None:
    talk, _, _ = await conversation(library, clock)
    async with library.open() as books:
        await books.conversations.heard(talk.id, clock.now())
        assert await books.conversations.charge(talk.id, 1, clock.now() - WINDOW)
        await books.conversations.heard(talk.id, clock.now() - timedelta(minutes=1))
        assert not await books.conversations.charge(talk.id, 1, clock.now() - WINDOW)
        await books.conversations.heard(talk.id, clock.turn(timedelta(minutes=1)))
        assert await books.conversations.charge(talk.id, 1, clock.now() - WINDOW)
        found = await books.conversations.get(talk.id)
    assert found is not None
    assert (found.last_heard_at, found.sent_since) == (clock.now(), 1)


async def test_the_conversation_heard_last_comes_first(
    library: Database, clock: FrozenClock
) -> None:
    talk, customer, _ = await conversation(library, clock)
    async with library.open() as books:
        assert await books.conversations.of_customer(customer) == (talk,)


async def test_a_turn_is_noted_once(library: Database, clock: FrozenClock) -> None:
    _, _, row = await conversation(library, clock)
    for intent in ("stock_check", "greet"):
        async with library.open() as books:
            await books.conversations.note_turn(TurnNote(row.id, intent, 0.9, "nlu"), clock.now())
    until = clock.now() + timedelta(days=1)
    figures = await library.insights.figures(NOON, until, timedelta(seconds=90))
    assert figures.by_intent == (("stock_check", 1),)
