"""Calls to the fake Pinduoduo, signed here by hand so that the fake is not its own judge."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.shops.credentials import Credentials as OtherKeys
from sandbox.shops.pinduoduo.credentials import Credentials
from sandbox.shops.pinduoduo.gateway import Gateway
from sandbox.shops.pinduoduo.messages import Times
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from tests.sandbox.shops_world import StoppedClock, World, at, md5_hex

KEYS = Credentials()
ROUTER = "/pinduoduo/api/router"


@asynccontextmanager
async def open_shop(times: Times | None = None) -> AsyncIterator[World]:
    """Start this one shop under its path on a free loopback port."""
    clock, root = StoppedClock(), web.Application()
    root.add_subapp("/pinduoduo", Gateway(PinduoduoShop(clock, KEYS, times)).application())
    async with TestClient(TestServer(root, host="127.0.0.1")) as client:
        yield World(client, clock, OtherKeys())


def signed(params: dict[str, str], secret: str = KEYS.client_secret) -> dict[str, str]:
    """The parameters with the signature that the platform documents."""
    text = "".join(f"{name}{params[name]}" for name in sorted(params))
    return {**params, "sign": md5_hex(f"{secret}{text}{secret}").upper()}


def form(world: World, kind: str, **params: str) -> dict[str, str]:
    """The unsigned form of one call; a parameter of the same name wins."""
    return {
        "type": kind,
        "client_id": KEYS.client_id,
        "access_token": KEYS.access_token,
        "timestamp": str(world.clock.timestamp()),
        "data_type": "JSON",
        "version": "V1",
        **params,
    }


async def send(world: World, params: dict[str, str]) -> object:
    """POST a form as it is; refusals come with HTTP 200 too."""
    async with world.client.post(ROUTER, data=params) as response:
        assert response.status == 200
        answer: object = await response.json()
        return answer


async def call(world: World, kind: str, **params: str) -> object:
    """A signed call."""
    return await send(world, signed(form(world, kind, **params)))


def code(answer: object) -> object:
    """The error code of a refusal."""
    return at(answer, "error_response", "error_code")


def seconds(moment: datetime) -> str:
    """Unix seconds as text."""
    return str(int(moment.timestamp()))


def opening(world: World, secret: str = KEYS.client_secret, late_by_ms: int = 0) -> str:
    """The path that opens a message connection."""
    millis = int(world.clock.now().timestamp() * 1000) - late_by_ms
    letters = md5_hex(f"{KEYS.client_id}{millis}{secret}")
    sign = base64.b64encode(letters.encode()).decode()
    return f"/pinduoduo/message/{KEYS.client_id}/{millis}/{sign}"


async def heard(line: aiohttp.ClientWebSocketResponse) -> dict[str, object]:
    """The next message of a connection."""
    frame: object = await line.receive_json(timeout=5)
    assert isinstance(frame, dict)
    return frame
