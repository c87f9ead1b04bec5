"""Coupons are granted once, settled once; digests go out once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from desk.coupons.model import Grant, GrantState
from desk.kernel.ids import GrantId, uuid7
from desk.shops.port import BuyerId
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation


async def test_a_grant_comes_back_as_it_was(library: Database, clock: FrozenClock) -> None:
    grant = await _grant(library, clock)
    async with library.open() as books:
        assert await books.grants.add(grant)
        assert await books.grants.get(grant.id) == grant
        assert await books.grants.get(GrantId(uuid7())) is None


async def test_ten_who_grant_the_same_coupon_at_once_grant_one(
    library: Database, clock: FrozenClock
) -> None:
    grant = await _grant(library, clock)

    async def add() -> bool:
        async with library.open() as books:
            return await books.grants.add(replace(grant, id=GrantId(uuid7())))

    assert sum(await asyncio.gather(*(add() for _ in range(10)))) == 1
    assert len(await library.grants.of_customer(grant.customer)) == 1


async def test_another_occasion_is_another_grant(library: Database, clock: FrozenClock) -> None:
    grant = await _grant(library, clock)
    later = replace(grant, id=GrantId(uuid7()), subject="E2", asked_at=NOON + timedelta(hours=1))
    async with library.open() as books:
        assert await books.grants.add(grant)
        assert await books.grants.add(later)
    assert await library.grants.of_customer(grant.customer) == (later, grant)


async def test_a_grant_is_settled_once(library: Database, clock: FrozenClock) -> None:
    grant = await _grant(library, clock)
    async with library.open() as books:
        await books.grants.add(grant)
        assert await books.grants.settle(grant.id, GrantState.ISSUED, "C-1", clock.now())
        assert not await books.grants.settle(grant.id, GrantState.REFUSED, "", clock.now())
        settled = await books.grants.get(grant.id)
    assert settled == replace(grant, state=GrantState.ISSUED, code="C-1")


async def test_ten_who_claim_a_digest_at_once_send_one(
    library: Database, clock: FrozenClock
) -> None:
    async def claim(period: str) -> bool:
        async with library.open() as books:
            return await books.digests.claim("daily", period, clock.now())

    assert sum(await asyncio.gather(*(claim("2026-11-21") for _ in range(10)))) == 1
    assert await claim("2026-11-22")


async def _grant(library: Database, clock: FrozenClock) -> Grant:
    talk, customer, _ = await conversation(library, clock)
    return Grant(
        id=GrantId(uuid7()),
        customer=customer,
        conversation=talk.id,
        policy="full-200-20",
        subject="E1",
        buyer=BuyerId("youzan-main", "yz-1"),
        state=GrantState.ASKED,
        code="",
        asked_at=NOON,
    )
