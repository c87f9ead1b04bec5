"""A Kuaishou shop in front of a gateway that answers from a script."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.clock import Clock
from integrations.kuaishou.shop import KuaishouShop
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import MemoryBuckets
from integrations.tokens import MemoryTokenCache, TokenCache
from sandbox.clock import Clock as TurnableClock

Script = Callable[[str, dict[str, Any]], object]
"""Given the method and its business parameters (for "refresh" the form), the JSON to answer."""

REFRESH = "refresh"


def entry(base_url: str) -> ShopEntry:
    """An entry of the shops' file."""
    credentials = {
        "app_key": "ks1",
        "app_secret": "appsecret",
        "sign_secret": "kssign",
        "refresh_token": "refresh-1",
    }
    return ShopEntry("ks-main", "kuaishou", "快手小店", base_url, credentials, 1000)


def refreshed(access: str, refresh: str, lives: int = 172_800) -> dict[str, object]:
    """The answer to a refresh."""
    return {
        "result": 1,
        "access_token": access,
        "expires_in": lives,
        "refresh_token": refresh,
        "refresh_token_expires_in": 86_400 * 100,
    }


def told(**data: object) -> dict[str, object]:
    """The answer to a call that went well."""
    return {"result": 1, "error_msg": "", "data": data}


@asynccontextmanager
async def shop_on(
    script: Script,
    *,
    tokens: TokenCache | None = None,
    clock: Clock | None = None,
    seen: list[Mapping[str, str]] | None = None,
) -> AsyncIterator[KuaishouShop]:
    """A shop whose gateway answers each call by the script; `seen` gathers the raw queries."""

    async def call(request: web.Request) -> web.Response:
        if seen is not None:
            seen.append({"path": request.path, **request.query})
        asked = json.loads(request.query["param"])
        return web.json_response(script(request.query["method"], asked))

    async def refresh(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        return web.json_response(script(REFRESH, form))

    app = web.Application()
    app.router.add_get("/open/{path:.*}", call)
    app.router.add_post("/oauth2/refresh_token", refresh)
    async with (
        TestServer(app, host="127.0.0.1") as server,
        aiohttp.ClientSession() as session,
    ):
        around = Surroundings(
            session, clock or TurnableClock(), tokens or MemoryTokenCache(), MemoryBuckets()
        )
        yield KuaishouShop(entry(str(server.make_url("/")).rstrip("/")), around)
