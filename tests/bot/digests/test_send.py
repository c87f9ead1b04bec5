"""A digest goes out once, to the managers, on the real database."""

import asyncio
from datetime import timedelta

from bot.digests import ALL
from bot.digests.send import DigestDesk
from desk.conversations.outgoing import Claimed, TellStaff
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.fakes.staff import AMEI, FakeStaff


def desk_of(library: Database, clock: FrozenClock) -> DigestDesk:
    return DigestDesk(ALL, library, FakeStaff(), (), clock)


async def waiting(library: Database, clock: FrozenClock) -> tuple[Claimed, ...]:
    async with library.open() as books:
        return await books.outbox.claim(clock.now(), clock.now() + timedelta(minutes=1), 10)


async def test_managers_get_it_once_however_often_the_ticker_runs(
    library: Database, clock: FrozenClock
) -> None:
    digests = desk_of(library, clock)
    assert [await digests.run(), await digests.run()] == [1, 0]
    (claimed,) = await waiting(library, clock)
    assert isinstance(claimed.entry.body, TellStaff)
    assert claimed.entry.body.to == ("manyun",)


async def test_two_tickers_at_once_send_one(library: Database, clock: FrozenClock) -> None:
    first, second = desk_of(library, clock), desk_of(library, clock)
    sent = await asyncio.gather(first.run(), second.run())
    assert sorted(sent) == [0, 1]
    assert len(await waiting(library, clock)) == 1


async def test_the_next_morning_brings_the_next_one(library: Database, clock: FrozenClock) -> None:
    digests = desk_of(library, clock)
    await digests.run()
    clock.turn(timedelta(hours=20))
    assert await digests.run() == 0
    clock.turn(timedelta(hours=1))
    assert await digests.run() == 1


async def test_after_a_week_of_standstill_only_the_latest_is_sent(
    library: Database, clock: FrozenClock
) -> None:
    digests = desk_of(library, clock)
    await digests.run()
    clock.turn(timedelta(days=7))
    assert await digests.run() == 1
    assert await digests.run() == 0


async def test_it_waits_until_the_managers_are_known(library: Database, clock: FrozenClock) -> None:
    nobody_yet = DigestDesk(ALL, library, FakeStaff((AMEI,)), (), clock)
    assert await nobody_yet.run() == 0
    assert await desk_of(library, clock).run() == 1
