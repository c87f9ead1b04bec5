"""All fake shops on one server, and the entries of a shops' file that reach them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from integrations.catalog import read_entries
from integrations.platform import ShopEntry
from sandbox.clock import Clock
from sandbox.shops import applications
from tests.contracts.cases.shape import ShopCase
from tests.contracts.cases.taobao import TAOBAO
from tests.contracts.cases.youzan import YOUZAN


@asynccontextmanager
async def fake_shops(clock: Clock) -> AsyncIterator[str]:
    """Serve the fakes; yields the address that they are mounted under."""
    app = web.Application()
    for mount, part in applications(clock).items():
        app.add_subapp(mount, part)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/")).rstrip("/")


async def control(url: str, **wish: object) -> None:
    """Tell the fake under this address what to do."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/_control", json=wish) as response,
    ):
        assert response.status == 200, await response.text()


def entry_of(case: ShopCase, root: str) -> ShopEntry:
    """The entry of a shops' file that reaches the fake of a platform."""
    return read_entries(
        [
            {
                "id": case.shop,
                "platform": case.platform,
                "name": case.name,
                "base_url": f"{root}{case.mount}",
                "credentials": dict(case.credentials),
            }
        ]
    )[0]


def entries(root: str) -> tuple[ShopEntry, ...]:
    """Entries for the first two shops, with the credentials that the fakes accept."""
    return (entry_of(YOUZAN, root), entry_of(TAOBAO, root))
