"""A Taobao session that ended is refreshed against the strict fake, by whoever comes first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired
from desk.shops.port import Shop
from desk.shops.powers import HoldsToken
from integrations.catalog import connected_shops
from integrations.tokens import MemoryTokenCache
from sandbox.clock import Clock
from sandbox.shops.credentials import Credentials
from tests.contracts.cases.taobao import TAOBAO
from tests.contracts.fake_shops import control, entry_of, fake_shops

_REFRESHABLE = replace(
    TAOBAO, credentials={**TAOBAO.credentials, "refresh_token": Credentials().refresh_token}
)


@asynccontextmanager
async def _opened(
    root: str, clock: Clock, tokens: MemoryTokenCache | None = None
) -> AsyncIterator[Shop]:
    async with connected_shops((entry_of(_REFRESHABLE, root),), clock, tokens) as (shop,):
        yield shop


async def test_a_session_is_refreshed_again_and_again_with_the_token_that_came_last() -> None:
    clock = Clock()
    async with fake_shops(clock) as root, _opened(root, clock) as shop:
        for _ in range(3):
            await control(f"{root}{TAOBAO.mount}", expire_token=True)
            assert await shop.order(TAOBAO.order) is not None

        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at is not None
        assert shop.token_expires_at > clock.now() + timedelta(days=29)


async def test_two_processes_refresh_once_and_go_on() -> None:
    clock, tokens = Clock(), MemoryTokenCache()
    async with (
        fake_shops(clock) as root,
        _opened(root, clock, tokens) as one,
        _opened(root, clock, tokens) as other,
    ):
        for _ in range(2):
            await control(f"{root}{TAOBAO.mount}", expire_token=True)
            orders = await asyncio.gather(*(s.order(TAOBAO.order) for s in (one, other) * 4))
            assert None not in orders


async def test_a_session_is_refreshed_before_it_ends() -> None:
    clock = Clock()
    async with fake_shops(clock) as root, _opened(root, clock) as shop:
        await control(f"{root}{TAOBAO.mount}", expire_token=True)
        await shop.find_items("")
        assert isinstance(shop, HoldsToken)
        first_end = shop.token_expires_at
        clock.turn(timedelta(days=29, hours=13))

        await shop.find_items("")

        assert first_end is not None
        assert shop.token_expires_at is not None
        assert shop.token_expires_at > first_end + timedelta(days=29)


async def test_without_the_next_refresh_token_the_seller_has_to_log_in() -> None:
    clock = Clock()
    async with fake_shops(clock) as root:
        for refreshed in (True, False):
            async with _opened(root, clock) as shop:
                await control(f"{root}{TAOBAO.mount}", expire_token=True)
                if refreshed:
                    assert await shop.find_items("") != ()
                else:
                    with pytest.raises(AuthExpired):
                        await shop.find_items("")
