"""The statements of a message are compiled once, and prepared once on each connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import CacheStats

from desk.conversations.model import Dialogue
from desk.kernel.ids import ConversationId
from desk.store.books import StoredBooks
from desk.store.database import Database
from tests.clocks import NOON
from tests.store.making import LEASE, entry, message


async def test_a_message_like_the_one_before_compiles_nothing(library: Database) -> None:
    await _work(library, "m1")
    with _compiled(library) as statements:
        await _work(library, "m2")
    assert statements == []


async def test_a_message_like_the_one_before_prepares_nothing(library: Database) -> None:
    await _work(library, "m1")
    before = await _prepared(library)
    await _work(library, "m2")
    assert await _prepared(library) == before


async def _work(library: Database, name: str) -> None:
    async with library.open() as books:
        await _take_in(books, name)
        talk = await _answer(books, name)
        await _deliver(books, talk)


async def _take_in(books: StoredBooks, name: str) -> None:
    await books.pulls.rang("kf1", "knock", NOON)
    pull = await books.pulls.lease(NOON, NOON + LEASE, name, NOON)
    assert pull is not None
    assert await books.pulls.keep(pull, [message(name)], name, NOON)
    await books.pulls.finished(pull, NOON)


async def _answer(books: StoredBooks, name: str) -> ConversationId:
    lease = await books.inbox.lease(NOON, NOON + LEASE, name)
    assert lease is not None
    talk, customer = lease.conversation.id, lease.conversation.customer
    assert customer is not None
    await books.customers.name(customer, name)
    await books.customers.get(customer)
    assert await books.inbox.hold(lease, NOON)
    await books.conversations.remember(talk, Dialogue())
    await books.outbox.put([entry(str(talk))], NOON)
    await books.inbox.done([row.id for row in lease.rows], NOON)
    assert not await books.inbox.release(lease)
    return talk


async def _deliver(books: StoredBooks, talk: ConversationId) -> None:
    (claimed,) = await books.outbox.claim(NOON, NOON + LEASE, 10)
    assert await books.conversations.get(talk) is not None
    assert await books.conversations.charge(talk, 5, NOON - LEASE)
    await books.outbox.budgeted(claimed.entry.id)
    assert not await books.outbox.sent(claimed.entry.id, {"msgid": "1"}, NOON)
    await books.outbox.next_due(NOON)


@contextmanager
def _compiled(library: Database) -> Iterator[list[str]]:
    """Statements that were executed meanwhile and not found in the cache of compiled ones."""
    statements: list[str] = []

    def record(*details: Any) -> None:
        statement, context = details[2], details[4]
        if context.cache_hit is not CacheStats.CACHE_HIT:
            statements.append(statement)

    engine = library._engine.sync_engine
    event.listen(engine, "before_cursor_execute", record)
    yield statements
    event.remove(engine, "before_cursor_execute", record)


async def _prepared(library: Database) -> set[str]:
    """The names of what is prepared on the connection that was used last; each is given once."""
    async with library.reading() as connection:
        found = await connection.execute(text("SELECT name FROM pg_prepared_statements"))
        return set(found.scalars())
