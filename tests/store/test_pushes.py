"""Pushes are kept once, claimed by subject, and worked until their subject has been read."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from desk.shops.events import ShopEvent, Subject
from desk.store.database import Database
from desk.sync.model import PushedSubject
from tests.clocks import FrozenClock

_LEASE = timedelta(seconds=30)
SHIPPED = ShopEvent("yz", "m1", "trade_TradeSellerShip", Subject.ORDER, "E1", "E1", 7, "{}")


async def claim(library: Database, clock: FrozenClock) -> PushedSubject | None:
    async with library.open() as books:
        return await books.pushes.claim(clock.now(), clock.now() + _LEASE)


async def test_a_push_that_comes_twice_is_kept_once(library: Database, clock: FrozenClock) -> None:
    first = await library.keep_pushes((SHIPPED, SHIPPED), clock.now())
    again = await library.keep_pushes((SHIPPED,), clock.now())
    other_shop = await library.keep_pushes((replace(SHIPPED, shop="tm"),), clock.now())

    assert (first, again, other_shop) == (1, 0, 1)


async def test_all_pushes_about_one_order_are_one_piece_of_work(
    library: Database, clock: FrozenClock
) -> None:
    refund = ShopEvent("yz", "m3", "trade_refund_x", Subject.REFUND, "R1", "E1", 9, "{}")
    await library.keep_pushes((SHIPPED, replace(SHIPPED, id="m2"), refund), clock.now())
    await library.keep_pushes((replace(SHIPPED, id="m4", order_no="E2"),), clock.now())

    first, second = await claim(library, clock), await claim(library, clock)

    assert first is not None
    assert (first.shop, first.about, first.subject_id) == ("yz", Subject.ORDER, "E1")
    assert len(first.ids) == 3
    assert second is not None
    assert second.subject_id == "E2"
    assert await claim(library, clock) is None


async def test_a_push_that_comes_while_its_subject_is_read_is_worked_after(
    library: Database, clock: FrozenClock
) -> None:
    await library.keep_pushes((SHIPPED,), clock.now())
    first = await claim(library, clock)
    assert first is not None
    await library.keep_pushes((replace(SHIPPED, id="m2"),), clock.now())

    async with library.open() as books:
        await books.pushes.settle(first.ids, clock.now())
    second = await claim(library, clock)

    assert second is not None
    assert not set(first.ids) & set(second.ids)


async def test_a_claim_that_nobody_settles_is_free_again(
    library: Database, clock: FrozenClock
) -> None:
    await library.keep_pushes((SHIPPED,), clock.now())
    first = await claim(library, clock)

    clock.turn(_LEASE + timedelta(seconds=1))
    again = await claim(library, clock)

    assert first is not None
    assert again == replace(first, attempts=1)


async def test_two_who_claim_one_subject_do_not_wait_for_each_other(
    library: Database, clock: FrozenClock
) -> None:
    await library.keep_pushes((SHIPPED,), clock.now())
    await library.keep_pushes((replace(SHIPPED, id="m2"),), clock.now())
    hold = text("SELECT id FROM shop_pushes WHERE event_id = 'm1' FOR UPDATE")

    async with library.snapshot() as other, asyncio.timeout(2):
        (held,) = (await other.execute(hold)).scalars()
        claimed = await claim(library, clock)

    assert claimed is not None
    assert len(claimed.ids) == 1
    assert held not in claimed.ids


async def test_what_was_put_off_comes_back_at_its_time_with_its_tries_counted(
    library: Database, clock: FrozenClock
) -> None:
    await library.keep_pushes((SHIPPED,), clock.now())
    first = await claim(library, clock)
    assert first is not None

    async with library.open() as books:
        await books.pushes.put_off(first.ids, clock.now() + timedelta(minutes=5), "youzan.timeout")
    too_early = await claim(library, clock)
    clock.turn(timedelta(minutes=5))
    again = await claim(library, clock)

    assert too_early is None
    assert again is not None
    assert (first.attempts, again.attempts) == (0, 1)
    assert again.first_at == first.first_at


async def test_what_is_buried_is_told_in_the_health_and_never_claimed(
    library: Database, clock: FrozenClock
) -> None:
    await library.keep_pushes((SHIPPED,), clock.now())
    first = await claim(library, clock)
    assert first is not None
    async with library.open() as books:
        await books.pushes.bury(first.ids, clock.now(), "youzan.gone")
    clock.turn(timedelta(hours=1))

    (health,) = await library.sync.health(clock.now())

    assert await claim(library, clock) is None
    assert (health.shop, health.waiting, health.dead) == ("yz", 0, 1)


async def test_a_push_that_asks_for_nothing_is_only_noted(
    library: Database, clock: FrozenClock
) -> None:
    member = ShopEvent("yz", "m5", "scrm_member_up", Subject.OTHER, "u1", "", 1, "{}")
    nameless = ShopEvent("yz", "m6", "trade_refund_x", Subject.REFUND, "R1", "", 1, "{}")
    tried = replace(SHIPPED, id="m7", is_test=True)

    assert await library.keep_pushes((member, nameless, tried), clock.now()) == 3
    assert await claim(library, clock) is None
    (health,) = await library.sync.health(clock.now())
    assert health.waiting == 0
    assert health.last_push == clock.now()


async def test_what_was_finished_long_ago_is_deleted_and_what_waits_stays(
    library: Database, clock: FrozenClock
) -> None:
    noted = ShopEvent("yz", "m5", "scrm_member_up", Subject.OTHER, "u1", "", 1, "{}")
    await library.keep_pushes((noted, SHIPPED), clock.now())

    async with library.open() as books:
        too_early = await books.pushes.prune(clock.now())
        pruned = await books.pushes.prune(clock.now() + timedelta(seconds=1))

        again = await books.pushes.prune(clock.now() + timedelta(seconds=1))

    assert (too_early, pruned, again) == (0, 1, 0)
    assert await claim(library, clock) is not None
