"""Cards with codes that work once, and mailboxes that are pulled by one at a time."""

import asyncio
from datetime import timedelta

from desk.conversations.pulling import Pull
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.store.making import lease_next, message

LONG_AGO = timedelta(days=365)
A_MINUTE = timedelta(minutes=1)


async def test_a_cards_code_is_used_once(library: Database, clock: FrozenClock) -> None:
    async with library.open() as books:
        await books.cards.sent("task1", ("amei", "ajie"), "code1", clock.now())
        assert await books.cards.take_code("task1", clock.now()) == ("code1", ("amei", "ajie"))
        assert await books.cards.take_code("task1", clock.now()) is None
        assert await books.cards.take_code("task2", clock.now()) is None


async def test_a_click_brings_a_fresh_code(library: Database, clock: FrozenClock) -> None:
    async with library.open() as books:
        await books.cards.sent("task1", ("amei",), "code1", clock.now())
        await books.cards.clicked("task1", "code2", clock.turn(A_MINUTE))
        assert await books.cards.take_code("task1", clock.now()) == ("code2", ("amei",))


async def test_a_click_that_is_faster_than_the_receipt_keeps_its_code(
    library: Database, clock: FrozenClock
) -> None:
    sent_at = clock.now()
    async with library.open() as books:
        await books.cards.clicked("task1", "code2", clock.turn(A_MINUTE))
        await books.cards.sent("task1", ("amei",), "code1", sent_at)
        assert await books.cards.take_code("task1", clock.now()) == ("code2", ("amei",))


async def test_a_code_lives_for_three_days(library: Database, clock: FrozenClock) -> None:
    async with library.open() as books:
        await books.cards.sent("task1", ("amei",), "code1", clock.now())
        clock.turn(timedelta(hours=72))
        assert await books.cards.take_code("task1", clock.now()) is None


async def test_two_who_close_a_card_at_once_share_no_code(
    library: Database, clock: FrozenClock
) -> None:
    async with library.open() as books:
        await books.cards.sent("task1", ("amei",), "code1", clock.now())

    async def take() -> object:
        async with library.open() as books:
            return await books.cards.take_code("task1", clock.now())

    taken = await asyncio.gather(*(take() for _ in range(10)))
    assert sum(each is not None for each in taken) == 1


async def test_a_known_mailbox_is_pulled_once_from_its_beginning(
    library: Database, clock: FrozenClock
) -> None:
    async with library.open() as books:
        await books.pulls.known(["kf1"])
        await books.pulls.known(["kf1"])
    pulls = await asyncio.gather(*(_lease(library, clock, f"t{n}") for n in range(10)))
    (pull,) = [each for each in pulls if each is not None]
    assert (pull.account, pull.cursor, pull.knock, pull.rung) == ("kf1", None, "", 0)


async def test_a_page_and_its_cursor_are_kept_together(
    library: Database, clock: FrozenClock
) -> None:
    pull = await _rung(library, clock)
    async with library.open() as books:
        assert await books.pulls.keep(pull, [message("m1")], "cursor1", clock.now())
        await books.pulls.finished(pull, clock.now())
    assert await _lease(library, clock) is None
    async with library.open() as books:
        await books.pulls.rang("kf1", "knock2", clock.now())
    again = await _lease(library, clock)
    assert again is not None
    assert (again.cursor, again.knock, again.rung) == ("cursor1", "knock2", 2)
    lease = await lease_next(library, clock)
    assert lease is not None


async def test_a_stale_pull_keeps_nothing(library: Database, clock: FrozenClock) -> None:
    stale = await _rung(library, clock)
    clock.turn(A_MINUTE)
    fresh = await _lease(library, clock, "fresh")
    assert fresh is not None
    async with library.open() as books:
        assert not await books.pulls.keep(stale, [message("m1")], "cursor1", clock.now())
        await books.pulls.finished(stale, clock.now())
    assert await lease_next(library, clock) is None
    async with library.open() as books:
        assert await books.pulls.keep(fresh, [], "cursor2", clock.now())


async def test_a_doorbell_during_the_pull_makes_another(
    library: Database, clock: FrozenClock
) -> None:
    pull = await _rung(library, clock)
    async with library.open() as books:
        await books.pulls.rang("kf1", "knock2", clock.now())
        await books.pulls.finished(pull, clock.now())
    again = await _lease(library, clock)
    assert again is not None
    assert again.rung == 2


async def test_an_old_doorbells_token_is_not_used(library: Database, clock: FrozenClock) -> None:
    async with library.open() as books:
        await books.pulls.rang("kf1", "knock1", clock.now())
    clock.turn(timedelta(minutes=10))
    pull = await _lease(library, clock)
    assert pull is not None
    assert pull.knock == ""


async def test_a_failed_pull_waits_for_its_moment(library: Database, clock: FrozenClock) -> None:
    pull = await _rung(library, clock)
    async with library.open() as books:
        await books.pulls.failed(pull, clock.now() + A_MINUTE)
        await books.pulls.rang("kf1", "knock2", clock.now())
    assert await _lease(library, clock) is None
    clock.turn(A_MINUTE)
    assert await _lease(library, clock) is not None


async def test_the_safety_poll_pulls_what_did_not_ring(
    library: Database, clock: FrozenClock
) -> None:
    pull = await _rung(library, clock)
    async with library.open() as books:
        await books.pulls.finished(pull, clock.now())
    clock.turn(A_MINUTE)
    async with library.open() as books:
        due = await books.pulls.lease(
            clock.now(), clock.now() + A_MINUTE, "t", poll_before=clock.now()
        )
    assert due is not None


async def _rung(library: Database, clock: FrozenClock) -> Pull:
    async with library.open() as books:
        await books.pulls.rang("kf1", "knock1", clock.now())
    pull = await _lease(library, clock)
    assert pull is not None
    return pull


async def _lease(library: Database, clock: FrozenClock, token: str = "t") -> Pull | None:
    async with library.open() as books:
        return await books.pulls.lease(
            clock.now(), clock.now() + A_MINUTE, token, clock.now() - LONG_AGO
        )
