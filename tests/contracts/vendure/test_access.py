"""Keys, sessions and falls of a real Vendure server, in the desk's three words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from desk.kernel.clock import SystemClock
from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.port import ItemId, Shop
from integrations.catalog import connected_shops
from integrations.platform import BadShopEntry
from integrations.tokens import MemoryTokenCache
from tests.contracts.vendure.world import ACCOUNT, CHEN, MARKS, BackOffice, Shopper, entry
from tools.vendure.server import VendureServer

pytestmark = MARKS

_SHOES = ItemId("vendure", "1")
_SESSION = "vendure:vendure"


@asynccontextmanager
async def _opened(
    server: VendureServer, credentials: dict[str, str], tokens: MemoryTokenCache | None = None
) -> AsyncIterator[Shop]:
    async with connected_shops((entry(server.url, **credentials),), SystemClock(), tokens) as (
        one,
    ):
        yield one


async def _log_out(server: VendureServer, token: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{server.url}/admin-api",
            json={"query": "mutation { logout { success } }"},
            headers={"Authorization": f"Bearer {token}"},
        ) as answer,
    ):
        assert (await answer.json())["data"]["logout"]["success"]


async def test_a_session_that_ended_is_renewed_once_for_all_who_wait(
    server: VendureServer,
) -> None:
    tokens = MemoryTokenCache()
    async with _opened(server, ACCOUNT, tokens) as shop:
        await shop.find_items("")
        first = await tokens.get(_SESSION)
        assert first is not None
        await _log_out(server, first.value)

        found = await asyncio.gather(*(shop.find_items("学步鞋") for _ in range(5)))

    assert [len(items) for items in found] == [1] * 5
    second = await tokens.get(_SESSION)
    assert second is not None
    assert second.value != first.value


async def test_the_key_that_was_made_for_us_opens_the_shop(server: VendureServer) -> None:
    async with _opened(server, {"api_key": server.api_key}) as shop:
        (shoes,) = await shop.find_items("学步鞋")

    assert shoes.id == _SHOES


@pytest.mark.parametrize(
    "credentials",
    [{"api_key": "nobody:knows"}, {"username": "xiaoman", "password": "guessed"}],
    ids=["key", "password"],
)
async def test_credentials_that_nobody_knows_need_a_person(
    server: VendureServer, credentials: dict[str, str]
) -> None:
    async with _opened(server, credentials) as shop:
        with pytest.raises(AuthExpired):
            await shop.find_items("")


async def test_a_permission_that_is_missing_is_refused_and_not_expired(
    server: VendureServer, office: BackOffice
) -> None:
    role = await office.ask(
        'mutation { createRole(input: {code: "shelf", description: "shelf", '
        "permissions: [ReadCatalog]}) { id } }"
    )
    made = await office.ask(
        "mutation ($role: ID!) { createApiKey(input: {roleIds: [$role], "
        'translations: [{languageCode: zh_Hans, name: "shelf"}]}) { apiKey } }',
        role=role["id"],
    )
    async with _opened(server, {"api_key": made["apiKey"]}) as shop:
        assert await shop.find_items("学步鞋")
        with pytest.raises(Refused, match="forbidden"):
            await shop.order("ABC")


async def test_an_entry_without_address_or_credentials_says_what_to_write(
    server: VendureServer,
) -> None:
    with pytest.raises(BadShopEntry, match="username"):
        async with _opened(server, {}):
            pass
    with pytest.raises(BadShopEntry, match="finished_days"):
        async with _opened(server, {**ACCOUNT, "finished_days": "两周"}):
            pass
    with pytest.raises(BadShopEntry, match="base_url"):
        async with connected_shops(
            (replace(entry(server.url, api_key="k"), base_url=""),), SystemClock()
        ):
            pass


async def test_a_server_killed_in_the_middle_of_a_call_is_unavailable_until_it_is_back(
    tmp_path: Path,
) -> None:
    server = VendureServer(tmp_path)
    await server.start()
    try:
        async with _opened(server, ACCOUNT) as shop:
            before = await shop.stock(_SHOES)
            calls = [asyncio.create_task(shop.find_items("")) for _ in range(10)]
            await asyncio.sleep(0.05)
            await server.kill()
            ends = await asyncio.gather(*calls, return_exceptions=True)
            with pytest.raises(Unavailable):
                await shop.order("ABC")

            await server.start()
            after = await shop.stock(_SHOES)
    finally:
        await server.kill()

    broken = [each for each in ends if isinstance(each, BaseException)]
    assert broken
    assert all(isinstance(each, Unavailable) for each in broken)
    assert after == before


async def test_what_was_sold_is_there_again_after_a_stop_in_good_order(tmp_path: Path) -> None:
    server = VendureServer(tmp_path)
    await server.start()
    try:
        async with Shopper(server.url, CHEN) as shopper:
            code = await shopper.buy(("1", 1))
        await server.stop()
        await server.start()
        async with _opened(server, ACCOUNT) as shop:
            order = await shop.order(code)
    finally:
        await server.kill()

    assert order is not None
