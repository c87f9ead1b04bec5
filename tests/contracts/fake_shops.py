"""Both fake shops on one server, and the two entries of a shops' file that reach them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from integrations.catalog import read_entries
from integrations.platform import ShopEntry
from sandbox.clock import Clock
from sandbox.shops import applications
from sandbox.shops.credentials import Credentials

_CREDENTIALS = Credentials()


@asynccontextmanager
async def fake_shops(clock: Clock) -> AsyncIterator[str]:
    """Serve the fakes; yields the address that they are mounted under."""
    app = web.Application()
    for mount, part in applications(clock, _CREDENTIALS).items():
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


def entries(root: str) -> tuple[ShopEntry, ...]:
    """Entries for both shops, with the credentials that the fakes accept."""
    youzan = {
        "id": "youzan-main",
        "platform": "youzan",
        "name": "有赞商城",
        "base_url": f"{root}/youzan",
        "credentials": {
            "client_id": _CREDENTIALS.client_id,
            "client_secret": _CREDENTIALS.client_secret,
            "kdt_id": str(_CREDENTIALS.kdt_id),
        },
    }
    tmall = {
        "id": "tmall-flagship",
        "platform": "taobao",
        "name": "天猫旗舰店",
        "base_url": f"{root}/taobao",
        "credentials": {
            "app_key": _CREDENTIALS.app_key,
            "app_secret": _CREDENTIALS.app_secret,
            "session": _CREDENTIALS.session,
        },
    }
    return read_entries([youzan, tmall])
