"""The outbox: lanes in order, urgent first, each try counted, nothing forgotten."""

import asyncio
from datetime import timedelta

from desk.conversations.outgoing import Claimed, OutboxEntry
from desk.kernel.ids import OutboxId
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.store.making import entry

CLAIM = timedelta(seconds=45)


async def test_an_entry_comes_back_as_it_was_and_is_stored_once(
    library: Database, clock: FrozenClock
) -> None:
    one = entry("a")
    await _put(library, clock, one)
    await _put(library, clock, one)
    assert await _claim(library, clock) == (Claimed(one, 1, doubtful=False, budgeted=False),)
    await _sent(library, clock, one.id)
    assert await _claim(library, clock) == ()


async def test_a_lane_goes_out_one_after_another_in_order(
    library: Database, clock: FrozenClock
) -> None:
    entries = [entry("a") for _ in range(4)]
    await _put(library, clock, *entries[:3])
    await _put(library, clock, entries[3])
    order = []
    for _ in entries:
        (claimed,) = await _claim(library, clock)
        assert await _claim(library, clock) == ()
        order.append(claimed.entry.id)
        await _sent(library, clock, claimed.entry.id)
    assert order == [each.id for each in entries]


async def test_lanes_go_out_side_by_side(library: Database, clock: FrozenClock) -> None:
    entries = [entry(lane) for lane in ("a", "a", "b", "b", "c")]
    await _put(library, clock, *entries)
    assert [each.entry.lane for each in await _claim(library, clock)] == ["a", "b", "c"]


async def test_urgent_rows_go_first(library: Database, clock: FrozenClock) -> None:
    slow = entry("a")
    await _put(library, clock, slow)
    clock.turn(timedelta(seconds=1))
    welcome = entry("b", due_at=clock.now(), urgent=True)
    await _put(library, clock, welcome)
    assert [each.entry for each in await _claim(library, clock, limit=1)] == [welcome]


async def test_no_row_is_claimed_before_it_is_due(library: Database, clock: FrozenClock) -> None:
    later = entry("a", due_at=clock.now() + timedelta(minutes=1))
    await _put(library, clock, later)
    assert await _claim(library, clock) == ()
    clock.turn(timedelta(minutes=1))
    assert [each.entry for each in await _claim(library, clock)] == [later]


async def test_twenty_workers_claim_a_row_once(library: Database, clock: FrozenClock) -> None:
    await _put(library, clock, *(entry(f"lane{n}") for n in range(10)))
    await _claim(library, clock, limit=0)
    claims = await asyncio.gather(*(_claim(library, clock, limit=3) for _ in range(20)))
    claimed = [each.entry.id for claim in claims for each in claim]
    assert len(claimed) == len(set(claimed)) == 10


async def test_a_claim_that_ran_out_comes_back_as_doubtful(
    library: Database, clock: FrozenClock
) -> None:
    one = entry("a")
    await _put(library, clock, one, entry("a"))
    await _claim(library, clock)
    clock.turn(CLAIM)
    assert await _claim(library, clock) == (Claimed(one, 2, doubtful=True, budgeted=False),)


async def test_a_row_tried_again_waits_and_holds_its_lane(
    library: Database, clock: FrozenClock
) -> None:
    one = entry("a")
    await _put(library, clock, one, entry("a"))
    await _claim(library, clock)
    await _again(library, clock, one.id, doubtful=False, free=False)
    assert await _claim(library, clock) == ()
    clock.turn(timedelta(seconds=10))
    (again,) = await _claim(library, clock)
    assert (again.entry.id, again.attempts, again.doubtful) == (one.id, 2, False)


async def test_a_free_try_is_not_counted(library: Database, clock: FrozenClock) -> None:
    one = entry("a")
    await _put(library, clock, one)
    await _claim(library, clock)
    await _again(library, clock, one.id, doubtful=False, free=True)
    clock.turn(timedelta(seconds=10))
    (again,) = await _claim(library, clock)
    assert again.attempts == 1


async def test_a_doubt_does_not_go_away(library: Database, clock: FrozenClock) -> None:
    one = entry("a")
    await _put(library, clock, one)
    for doubtful in (True, False):
        await _claim(library, clock)
        await _again(library, clock, one.id, doubtful=doubtful, free=False)
        clock.turn(timedelta(seconds=10))
    (again,) = await _claim(library, clock)
    assert again.doubtful


async def test_a_settled_row_stays_settled(library: Database, clock: FrozenClock) -> None:
    one = entry("a")
    await _put(library, clock, one)
    await _claim(library, clock)
    await _sent(library, clock, one.id)
    await _again(library, clock, one.id, doubtful=True, free=False)
    clock.turn(timedelta(days=1))
    assert await _claim(library, clock) == ()


async def test_a_row_without_a_route_lets_its_lane_go_on(
    library: Database, clock: FrozenClock
) -> None:
    one, two = entry("a"), entry("a")
    await _put(library, clock, one, two)
    await _claim(library, clock)
    async with library.open() as books:
        await books.outbox.unroutable(one.id, "send_budget", clock.now())
        assert await books.outbox.dead_letters(10) == ()
    assert [each.entry for each in await _claim(library, clock)] == [two]


async def test_a_dead_letter_that_is_put_back_goes_out_before_those_behind_it(
    library: Database, clock: FrozenClock
) -> None:
    one, two, three = entry("a"), entry("a"), entry("a")
    await _put(library, clock, one, two, three)
    await _claim(library, clock)
    async with library.open() as books:
        await books.outbox.dead(one.id, "40058", clock.now())
        (letter,) = await books.outbox.dead_letters(10)
        assert (letter.id, letter.kind, letter.lane, letter.error) == (
            str(one.id),
            "outbox",
            "a",
            "40058",
        )
    (second,) = await _claim(library, clock)
    async with library.open() as books:
        assert await books.outbox.redeliver(letter.id, clock.now())
        assert await books.outbox.dead_letters(10) == ()
    assert await _claim(library, clock) == ()
    await _sent(library, clock, second.entry.id)
    (first,) = await _claim(library, clock)
    assert (second.entry, first.entry, first.attempts) == (two, one, 1)


async def test_what_is_no_dead_letter_cannot_be_put_back(
    library: Database, clock: FrozenClock
) -> None:
    one = entry("a")
    await _put(library, clock, one)
    async with library.open() as books:
        assert not await books.outbox.redeliver(str(one.id), clock.now())
        assert not await books.outbox.redeliver("T-20261121-0001", clock.now())


async def test_a_row_that_was_charged_says_so(library: Database, clock: FrozenClock) -> None:
    one = entry("a")
    await _put(library, clock, one)
    await _claim(library, clock)
    async with library.open() as books:
        await books.outbox.budgeted(one.id)
    clock.turn(CLAIM)
    (again,) = await _claim(library, clock)
    assert again.budgeted


async def test_the_worker_is_told_when_to_wake(library: Database, clock: FrozenClock) -> None:
    later = clock.now() + timedelta(minutes=5)
    async with library.open() as books:
        assert await books.outbox.next_due(clock.now()) is None
    await _put(library, clock, entry("a", due_at=later))
    async with library.open() as books:
        assert await books.outbox.next_due(clock.now()) == clock.now()
    await _claim(library, clock)
    async with library.open() as books:
        assert await books.outbox.next_due(clock.now()) == later


async def test_a_row_added_while_the_one_before_it_is_finished_is_not_forgotten(
    library: Database, clock: FrozenClock
) -> None:
    one, two = entry("a"), entry("a")
    await _put(library, clock, one)
    await _claim(library, clock)
    async with library.open() as adding, library.open() as finishing:
        await adding.outbox.put([two], clock.now())
        await finishing.outbox.sent(one.id, {}, clock.now())
        assert await _claim(library, clock) == ()
    assert [each.entry for each in await _claim(library, clock)] == [two]


async def test_a_burst_on_a_few_lanes_arrives_whole_and_in_order(
    library: Database, clock: FrozenClock
) -> None:
    entries = [entry(f"lane{n % 4}") for n in range(80)]
    went: list[OutboxEntry] = []

    async def deliver() -> None:
        while len(went) < len(entries):
            for claimed in await _claim(library, clock, limit=2):
                went.append(claimed.entry)
                await _sent(library, clock, claimed.entry.id)

    async def add() -> None:
        for start in range(0, len(entries), 5):
            await _put(library, clock, *entries[start : start + 5])

    await asyncio.gather(add(), *(deliver() for _ in range(4)))
    for lane in ("lane0", "lane1", "lane2", "lane3"):
        assert [each.id for each in went if each.lane == lane] == [
            each.id for each in entries if each.lane == lane
        ]


async def _put(library: Database, clock: FrozenClock, *entries: OutboxEntry) -> None:
    async with library.open() as books:
        await books.outbox.put(entries, clock.now())


async def _claim(library: Database, clock: FrozenClock, limit: int = 10) -> tuple[Claimed, ...]:
    async with library.open() as books:
        return await books.outbox.claim(clock.now(), clock.now() + CLAIM, limit)


async def _sent(library: Database, clock: FrozenClock, which: OutboxId) -> None:
    async with library.open() as books:
        await books.outbox.sent(which, {"msgid": which.hex}, clock.now())


async def _again(
    library: Database, clock: FrozenClock, which: OutboxId, *, doubtful: bool, free: bool
) -> None:
    at = clock.now() + timedelta(seconds=10)
    async with library.open() as books:
        await books.outbox.again(which, "45009", at, doubtful=doubtful, free=free)
