"""A digest goes out once, to the managers, on the real database."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.digests.daily import DAILY
from bot.digests.send import DigestDesk
from desk.conversations.outgoing import Claimed, TellStaff
from desk.handbook import plain_handbook
from desk.kernel.messages import Say, phrase
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.fakes.staff import AMEI, FakeStaff
from tests.store.making import message, put

NINE = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
"""Saturday, 9:00 in Shanghai."""


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NINE)


def desk_of(library: Database, clock: FrozenClock) -> DigestDesk:
    return DigestDesk((DAILY,), library, plain_handbook(FakeStaff()), clock)


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


async def test_after_a_restart_it_is_not_sent_again(library: Database, clock: FrozenClock) -> None:
    assert await desk_of(library, clock).run() == 1
    assert await desk_of(library, clock).run() == 0


async def test_two_tickers_at_once_send_one(library: Database, clock: FrozenClock) -> None:
    first, second = desk_of(library, clock), desk_of(library, clock)
    sent = await asyncio.gather(first.run(), second.run())
    assert sorted(sent) == [0, 1]
    assert len(await waiting(library, clock)) == 1


async def test_the_next_morning_brings_the_next_one(library: Database, clock: FrozenClock) -> None:
    digests = desk_of(library, clock)
    await digests.run()
    clock.turn(timedelta(hours=23, minutes=59))
    assert await digests.run() == 0
    clock.turn(timedelta(minutes=1))
    assert await digests.run() == 1


async def test_after_a_week_of_standstill_only_the_latest_is_sent(
    library: Database, clock: FrozenClock
) -> None:
    digests = desk_of(library, clock)
    await digests.run()
    clock.turn(timedelta(days=7))
    assert [await digests.run(), await digests.run()] == [1, 0]


async def test_it_waits_until_the_managers_are_known(library: Database, clock: FrozenClock) -> None:
    nobody_yet = DigestDesk((DAILY,), library, plain_handbook(FakeStaff((AMEI,))), clock)
    assert await nobody_yet.run() == 0
    assert await desk_of(library, clock).run() == 1


async def test_a_late_digest_with_nothing_to_tell_is_left_out(
    library: Database, clock: FrozenClock
) -> None:
    clock.turn(timedelta(hours=3))
    assert await desk_of(library, clock).run() == 0
    assert await waiting(library, clock) == ()


async def test_a_late_digest_with_something_to_tell_still_comes(
    library: Database, clock: FrozenClock
) -> None:
    await put(library, clock, message("m1", sent_at=NINE - timedelta(hours=20)))
    clock.turn(timedelta(hours=3))
    assert await desk_of(library, clock).run() == 1
    (claimed,) = await waiting(library, clock)
    body = claimed.entry.body
    assert isinstance(body, TellStaff)
    assert isinstance(body.reply, Say)
    heard = body.reply.phrase.params["heard"]
    assert heard == phrase("digest.heard", messages=1, customers=1)
