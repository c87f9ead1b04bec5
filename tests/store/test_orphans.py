"""What a killed process had in hand is free for the next one; a living one keeps its own."""

from datetime import timedelta

from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.store.making import entry, lease_next, message, put

LONG = timedelta(hours=1)


async def test_the_next_process_works_at_once_what_a_killed_one_had_leased(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    old = await lease_next(library, clock, "old")
    assert old is not None
    await library.close()
    async with Database(database_url) as fresh:
        assert await lease_next(fresh, clock, "early") is None
    async with Database(database_url) as fresh:
        assert await fresh.take_over(clock.now())
        lease = await lease_next(fresh, clock, "new")
        assert lease is not None
        assert [row.incoming.external_id for row in lease.rows] == ["m1"]
        async with fresh.open() as books:
            assert not await books.inbox.hold(old, clock.now())


async def test_a_claimed_row_is_free_and_doubtful(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    first, second = entry("a"), entry("b")
    async with library.open() as books:
        await books.outbox.put([first, second], clock.now())
        (before,) = await books.outbox.claim(clock.now(), clock.now() + LONG, 1)
    await library.close()
    async with Database(database_url) as fresh:
        assert await fresh.take_over(clock.now())
        async with fresh.open() as books:
            claimed = await books.outbox.claim(clock.now(), clock.now() + LONG, 10)
    assert {each.entry.id for each in claimed} == {first.id, second.id}
    assert [each.entry.id for each in claimed if each.doubtful] == [before.entry.id]


async def test_a_leased_mailbox_is_free(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    async with library.open() as books:
        await books.pulls.rang("kf1", "knock", clock.now())
        assert await books.pulls.lease(clock.now(), clock.now() + LONG, "old", clock.now())
    await library.close()
    async with Database(database_url) as fresh:
        assert await fresh.take_over(clock.now())
        async with fresh.open() as books:
            pull = await books.pulls.lease(clock.now(), clock.now() + LONG, "new", clock.now())
    assert pull is not None
    assert (pull.account, pull.knock) == ("kf1", "knock")


async def test_every_mailbox_is_looked_at_since_nobody_heard_its_doorbell(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    async with library.open() as books:
        await books.pulls.known(["kf1"])
        pull = await books.pulls.lease(clock.now(), clock.now() + LONG, "old", clock.now())
        assert pull is not None
        await books.pulls.finished(pull, clock.now())
    await library.close()
    async with Database(database_url) as fresh:
        assert await _mailbox(fresh, clock) is None
    async with Database(database_url) as fresh:
        assert await fresh.take_over(clock.now())
        assert await _mailbox(fresh, clock) == "kf1"


async def test_the_pull_of_a_shop_begins_at_once(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    now = clock.now()
    async with library.open() as books:
        assert await books.shop_pulls.claim("jd", now, now + LONG, LONG, now - LONG)
    await library.close()
    async with Database(database_url) as fresh:
        assert await fresh.take_over(now)
        async with fresh.open() as books:
            state = await books.shop_pulls.claim("jd", now, now + LONG, LONG, now)
    assert state is not None
    assert state.done_until == now - LONG


async def test_what_a_living_process_works_is_left_to_it(
    library: Database, database_url: str, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1"))
    lease = await lease_next(library, clock, "alive")
    assert lease is not None
    async with Database(database_url) as fresh:
        assert not await fresh.take_over(clock.now())
    async with library.open() as books:
        assert await books.inbox.hold(lease, clock.now())


async def _mailbox(library: Database, clock: FrozenClock) -> str | None:
    async with library.open() as books:
        pull = await books.pulls.lease(clock.now(), clock.now() + LONG, "new", clock.now() - LONG)
    return pull.account if pull else None
