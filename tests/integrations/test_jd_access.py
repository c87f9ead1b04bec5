"""JD's authorisation: refreshed in its last day alone, never after, over the strict fake."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from typing_extensions import override

from desk.kernel.errors import AuthExpired
from desk.shops.port import Shop
from desk.shops.powers import HoldsToken
from integrations.beijing import from_utc
from integrations.catalog import connected_shops, read_entries
from integrations.platform import BadShopEntry
from integrations.tokens import MemoryTokenCache, Token, TokenCache
from sandbox.clock import Clock
from sandbox.shops.jd.grants import LIFE
from tests.contracts.cases.jd import JD
from tests.contracts.fake_shops import control, fake_shops

_LAST_HOURS = LIFE - timedelta(hours=6)


class _Written(MemoryTokenCache):
    """Remembers in which order tokens were kept."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []

    @override
    async def put(self, key: str, token: Token) -> None:
        self.keys.append(key)
        await super().put(key, token)


class Office:
    """The fake JD and a clock to turn; shops are opened in front of it."""

    def __init__(self, root: str, clock: Clock) -> None:
        self._root = root
        self.clock = clock
        self._ends = from_utc(clock.now() + LIFE)

    @asynccontextmanager
    async def shop(self, tokens: TokenCache | None = None, **more: str) -> AsyncIterator[Shop]:
        known = {**JD.credentials, "access_token_ends": self._ends, **more}
        entry = {"id": "jd", "platform": "jd", "name": "京东店", "base_url": f"{self._root}/jd"}
        entries = read_entries([{**entry, "credentials": known}])
        async with connected_shops(entries, self.clock, tokens) as (shop,):
            yield shop

    async def refreshes(self) -> int:
        """How often the token office was asked."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self._root}/jd/_control") as response,
        ):
            calls: dict[str, int] = (await response.json())["calls"]
            return calls.get("oauth2.refresh_token", 0)

    async def withdraw(self) -> None:
        """The seller ends the authorisation."""
        await control(f"{self._root}/jd", expire_token=True)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    clock = Clock()
    async with fake_shops(clock) as root:
        yield Office(root, clock)


async def test_before_its_last_day_the_token_is_left_alone(office: Office) -> None:
    async with office.shop() as shop:
        office.clock.turn(LIFE - timedelta(hours=25))
        assert await shop.order(JD.order) is not None

        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at is not None
        assert shop.token_expires_at - office.clock.now() < timedelta(hours=26)
    assert await office.refreshes() == 0


async def test_in_its_last_day_it_is_refreshed_once_for_all_who_ask(office: Office) -> None:
    async with office.shop() as shop:
        await shop.order(JD.order)
        office.clock.turn(_LAST_HOURS)

        orders = await asyncio.gather(*(shop.order(JD.order) for _ in range(8)))

        assert all(order is not None for order in orders)
        assert await office.refreshes() == 1
        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at is not None
        assert shop.token_expires_at > office.clock.now() + timedelta(days=29)


async def test_the_next_refresh_token_is_safe_before_the_next_token_is_used(
    office: Office,
) -> None:
    tokens = _Written()
    async with office.shop(tokens) as shop:
        await shop.order(JD.order)
        office.clock.turn(_LAST_HOURS)
        await shop.order(JD.order)

    first, refresh, second = tokens.keys
    assert first == second
    assert refresh == f"{first}:refresh"


async def test_another_process_goes_on_with_the_rotated_tokens(office: Office) -> None:
    tokens = MemoryTokenCache()
    async with office.shop(tokens) as shop:
        await shop.order(JD.order)
        office.clock.turn(_LAST_HOURS)
        await shop.order(JD.order)

    async with office.shop(tokens) as shop:
        assert await shop.order(JD.order) is not None
        office.clock.turn(_LAST_HOURS + LIFE - timedelta(hours=3))
        assert await shop.order(JD.order) is not None
    assert await office.refreshes() == 2


async def test_after_its_end_nothing_is_refreshed(office: Office) -> None:
    async with office.shop() as shop:
        await shop.order(JD.order)
        office.clock.turn(LIFE + timedelta(minutes=1))

        with pytest.raises(AuthExpired) as caught:
            await shop.order(JD.order)

    assert "重新授权" in caught.value.say
    assert await office.refreshes() == 0


async def test_a_token_that_had_ended_at_the_start_is_not_even_tried(office: Office) -> None:
    office.clock.turn(LIFE + timedelta(minutes=1))
    async with office.shop() as shop:
        with pytest.raises(AuthExpired):
            await shop.order(JD.order)


async def test_a_withdrawn_token_far_from_its_end_cannot_be_refreshed(office: Office) -> None:
    async with office.shop() as shop:
        await shop.order(JD.order)
        await office.withdraw()

        with pytest.raises(AuthExpired):
            await shop.order(JD.order)
    assert await office.refreshes() == 0


@pytest.mark.parametrize("refresh_token", ["", "stolen"])
async def test_a_token_that_cannot_be_refreshed_serves_to_its_end(
    office: Office, refresh_token: str
) -> None:
    async with office.shop(refresh_token=refresh_token) as shop:
        await shop.order(JD.order)
        office.clock.turn(_LAST_HOURS)
        for _ in range(3):
            assert await shop.order(JD.order) is not None
        asked_first = await office.refreshes()
        office.clock.turn(_LAST_HOURS + timedelta(hours=2))
        assert await shop.order(JD.order) is not None
        asked_again = await office.refreshes()
        office.clock.turn(LIFE + timedelta(minutes=1))
        with pytest.raises(AuthExpired):
            await shop.order(JD.order)

    assert (asked_first, asked_again) == ((1, 2) if refresh_token else (0, 0))


async def test_refused_by_the_gateway_and_by_the_token_office_is_an_ended_authorisation(
    office: Office,
) -> None:
    async with office.shop() as shop:
        await shop.order(JD.order)
        office.clock.turn(_LAST_HOURS)
        await office.withdraw()

        with pytest.raises(AuthExpired):
            await shop.order(JD.order)


async def test_without_its_end_a_token_is_used_as_long_as_jd_takes_it(office: Office) -> None:
    async with office.shop(access_token_ends="") as shop:
        office.clock.turn(_LAST_HOURS)
        assert await shop.order(JD.order) is not None
        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at is None

        office.clock.turn(LIFE + timedelta(minutes=1))
        with pytest.raises(AuthExpired):
            await shop.order(JD.order)
    assert await office.refreshes() == 0


async def test_an_end_that_is_no_time_is_told_by_its_field(office: Office) -> None:
    with pytest.raises(BadShopEntry) as caught:
        async with office.shop(access_token_ends="next year"):
            pass

    assert caught.value.field == "credentials.access_token_ends"
