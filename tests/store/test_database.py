"""The library itself: whole transactions, and errors in the desk's own words."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from desk.books import Books, Library
from desk.kernel.errors import Unavailable
from desk.store.books import StoredBooks
from desk.store.database import Database, Limits
from desk.store.errors import Collision
from tests.clocks import FrozenClock
from tests.store.making import lease_next, message, put


def test_a_database_is_a_library(database: Database) -> None:
    library: Library = database
    assert library is database


async def test_its_books_are_the_desks(library: Database) -> None:
    async with library.open() as opened:
        books: Books = opened
        assert isinstance(books, StoredBooks)


async def test_an_exception_undoes_everything(library: Database, clock: FrozenClock) -> None:
    with pytest.raises(LookupError):
        await _put_and_raise(library, clock)
    assert await lease_next(library, clock) is None


async def test_a_cancelled_transaction_is_undone(library: Database, clock: FrozenClock) -> None:
    async def put_and_wait() -> None:
        async with library.open() as books:
            await books.inbox.put([message("m1")], clock.now())
            await asyncio.sleep(60)

    waiting = asyncio.create_task(put_and_wait())
    await asyncio.sleep(0.2)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    assert await lease_next(library, clock) is None


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    async with Database(f"postgresql://postgres@/nowhere?host={tmp_path}") as library:
        with pytest.raises(Unavailable):
            await library.customers.by_external_userid("wm1")


async def test_a_database_that_is_not_there_is_unavailable(database_url: str) -> None:
    async with Database(database_url.replace("tests_", "no_such_")) as library:
        with pytest.raises(Unavailable):
            await library.tickets.by_number("T-1")


async def test_a_lost_connection_is_unavailable_and_the_next_one_works(
    library: Database, clock: FrozenClock
) -> None:
    with pytest.raises(Unavailable):
        await _lose_the_connection(library, clock)
    assert await lease_next(library, clock) is None
    assert await put(library, clock, message("m1")) == 1


async def test_readers_recover_when_all_connections_were_lost(library: Database) -> None:
    await asyncio.gather(*(library.tickets.by_number("T-1") for _ in range(4)))
    async with library.open() as books:
        await books.outbox._connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await asyncio.gather(
        *(library.tickets.by_number("T-1") for _ in range(8)), return_exceptions=True
    )
    assert await library.tickets.by_number("T-1") is None


async def test_a_statement_that_takes_too_long_is_unavailable(database_url: str) -> None:
    async with Database(database_url, Limits(statement=0.1)) as library:
        with pytest.raises(Unavailable):
            await _sleep(library)


async def test_a_lock_that_takes_too_long_is_unavailable(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock)
    assert lease is not None
    async with library.open() as holding, Database(database_url, Limits(lock=0.1)) as impatient:
        await holding.inbox.hold(lease, clock.now())
        with pytest.raises(Unavailable):
            await put(impatient, clock, message("m2"))


async def test_no_free_connection_in_time_is_unavailable(database_url: str) -> None:
    limits = Limits(kept=1, burst=0, waiting_for_connection=0.1)
    async with Database(database_url, limits) as library, library.open():
        with pytest.raises(Unavailable):
            await library.tickets.by_number("T-1")


async def test_a_deadlock_is_a_collision_for_one_of_two(
    library: Database, clock: FrozenClock
) -> None:
    people = ("wm1", "wm2")
    await put(library, clock, *(message(f"m of {who}", person=who) for who in people))
    leases = [await lease_next(library, clock, f"t{n}") for n in range(2)]
    first, second = (lease.conversation.id for lease in leases if lease is not None)
    ready = asyncio.Barrier(2)

    async def touch(*order: object) -> None:
        async with library.open() as books:
            for number, which in enumerate(order):
                await books.outbox._connection.execute(
                    text("UPDATE conversations SET servicer = 'a' WHERE id = :id"), {"id": which}
                )
                if number == 0:
                    await ready.wait()

    ended = await asyncio.gather(touch(first, second), touch(second, first), return_exceptions=True)
    assert [type(each) for each in ended if each is not None] == [Collision]


async def test_errors_do_not_tell_what_people_wrote(library: Database, clock: FrozenClock) -> None:
    secret = "我的电话是13800000000"
    with pytest.raises(Exception, match="violates") as caught:
        await _store_an_orphan(library, secret, clock.now() + timedelta(days=1))
    assert secret not in str(caught.value)


async def _put_and_raise(library: Database, clock: FrozenClock) -> None:
    async with library.open() as books:
        await books.inbox.put([message("m1")], clock.now())
        raise LookupError


async def _lose_the_connection(library: Database, clock: FrozenClock) -> None:
    async with library.open() as books:
        await books.inbox.put([message("m1")], clock.now())
        own = await books.outbox._connection.scalar(text("SELECT pg_backend_pid()"))
        async with library.reading() as other:
            await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
        await books.inbox.put([message("m2")], clock.now())


async def _sleep(library: Database) -> None:
    async with library.open() as books:
        await books.outbox._connection.execute(text("SELECT pg_sleep(5)"))


async def _store_an_orphan(library: Database, note: str, at: object) -> None:
    async with library.open() as books:
        await books.outbox._connection.execute(
            text(
                "INSERT INTO ticket_events (ticket_id, happened_at, actor, what, note)"
                " VALUES (gen_random_uuid(), :at, 'bot', 'noted', :note)"
            ),
            {"at": at, "note": note},
        )
