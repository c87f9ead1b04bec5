"""One shop for all of these tests, and a place where its pushes arrive."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.clock import SystemClock
from desk.shops.port import Shop
from integrations.catalog import connected_shops
from integrations.platform import PushRequest
from integrations.tokens import MemoryTokenCache, TokenCache
from tests.contracts.vendure.world import ACCOUNT, CHEN, LIN, SECRET, BackOffice, Shopper, entry
from tools.vendure.server import Hook, VendureServer

_PATIENCE = 20.0


class Inbox:
    """Pushes as they came."""

    def __init__(self) -> None:
        self.came: list[PushRequest] = []
        self._news = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        """Take one push."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        push = PushRequest(request.method, dict(request.query), headers, await request.read())
        async with self._news:
            self.came.append(push)
            self._news.notify_all()
        return web.Response(text="{}")

    async def first(self, topic: str, holding: str) -> PushRequest:
        """Wait for a push with this topic whose body holds a text."""

        def fitting() -> list[PushRequest]:
            return [
                each
                for each in self.came
                if each.headers["x-shop-topic"] == topic and holding in each.body.decode()
            ]

        async with asyncio.timeout(_PATIENCE), self._news:
            await self._news.wait_for(lambda: bool(fitting()))
        return fitting()[0]


@pytest.fixture(scope="session")
async def inbox() -> AsyncIterator[tuple[Inbox, str]]:
    """The inbox and its address."""
    box = Inbox()
    app = web.Application()
    app.router.add_post("/hook", box.take)
    async with TestServer(app, host="127.0.0.1") as server:
        yield box, str(server.make_url("/hook"))


@pytest.fixture(scope="session")
async def pushes(inbox: tuple[Inbox, str]) -> Inbox:
    """What the shop has pushed."""
    return inbox[0]


@pytest.fixture(scope="session")
async def server(
    inbox: tuple[Inbox, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[VendureServer]:
    """The shop, freshly stocked; what tests buy of it stays bought."""
    folder: Path = tmp_path_factory.mktemp("vendure")
    started = VendureServer(folder, hook=Hook(inbox[1], SECRET))
    await started.start()
    try:
        yield started
    finally:
        await started.kill()


@pytest.fixture(scope="session")
def tokens() -> TokenCache:
    """The desk's session at the shop, kept from test to test: to sign in takes 0.2 s."""
    return MemoryTokenCache()


@pytest.fixture
async def shop(server: VendureServer, tokens: TokenCache) -> AsyncIterator[Shop]:
    """The shop as the desk sees it."""
    one = entry(server.url, **ACCOUNT)
    async with connected_shops((one,), SystemClock(), tokens) as (opened,):
        yield opened


@pytest.fixture
async def chen(server: VendureServer) -> AsyncIterator[Shopper]:
    """A customer of the gold level."""
    async with Shopper(server.url, CHEN) as shopper:
        yield shopper


@pytest.fixture
async def lin(server: VendureServer) -> AsyncIterator[Shopper]:
    """A customer without a level."""
    async with Shopper(server.url, LIN) as shopper:
        yield shopper


@pytest.fixture
async def office(server: VendureServer) -> AsyncIterator[BackOffice]:
    """The back office, signed in."""
    async with BackOffice(server.url) as signed_in:
        await signed_in.sign_in()
        yield signed_in
