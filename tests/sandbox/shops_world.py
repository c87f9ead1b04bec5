"""The fake shops on a free port, with a caller that signs as the platforms' own clients do."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from typing_extensions import override

from sandbox.clock import Clock
from sandbox.shops import applications
from sandbox.shops.credentials import Credentials

BEIJING = timezone(timedelta(hours=8))


def at(value: object, *path: str | int) -> object:
    """The value at a path of a JSON answer; fails with the place when it is not there."""
    for step in path:
        if isinstance(step, int):
            assert isinstance(value, list), f"no list for {step} in {path}: {value}"
            value = value[step]
        else:
            assert isinstance(value, dict), f"no object for {step} in {path}: {value}"
            assert step in value, f"no {step} in {path}: {value}"
            value = value[step]
    return value


def rows(value: object, *path: str | int) -> list[dict[str, object]]:
    """The list of objects at a path."""
    found = at(value, *path)
    assert isinstance(found, list)
    return found


def beijing(moment: datetime) -> str:
    """A Beijing clock string."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def moment(text: object) -> datetime:
    """The aware moment of a Beijing clock string."""
    assert isinstance(text, str)
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def md5_hex(text: str) -> str:
    """Lower-case hex."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class StoppedClock(Clock):
    """A clock that moves only when it is turned, so that a slow machine changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._start = datetime.now(UTC)

    @override
    def now(self) -> datetime:
        return self._start + self.offset


@dataclass
class World:
    """One started pair of shops."""

    client: TestClient[web.Request, web.Application]
    clock: Clock
    keys: Credentials
    token: str = ""

    async def post(self, path: str, body: object) -> object:
        """POST JSON, read JSON."""
        async with self.client.post(path, json=body) as response:
            answer: object = await response.json()
            return answer

    async def control(self, shop: str, **wish: object) -> object:
        """Ask a shop's control API for something."""
        return await self.post(f"/{shop}/_control", wish)

    async def sign_in(self, *, refresh: bool = False) -> object:
        """Get a Youzan token and keep it."""
        asked = {
            "client_id": self.keys.client_id,
            "client_secret": self.keys.client_secret,
            "authorize_type": "silent",
            "grant_id": str(self.keys.kdt_id),
            "refresh": refresh,
        }
        answer = await self.post("/youzan/auth/token", asked)
        self.token = str(at(answer, "data", "access_token"))
        return answer

    async def youzan(self, method: str, version: str, **params: object) -> object:
        """Call a Youzan API with the kept token."""
        if not self.token:
            await self.sign_in()
        path = f"/youzan/api/{method}/{version}?access_token={self.token}"
        return await self.post(path, params)

    def top_form(self, method: str, **params: str) -> dict[str, str]:
        """A signed form for TOP, signed here by hand so that the fake is not its own judge."""
        form = {
            "method": method,
            "app_key": self.keys.app_key,
            "session": self.keys.session,
            "timestamp": beijing(self.clock.now()),
            "v": "2.0",
            "format": "json",
            "sign_method": "md5",
            **params,
        }
        text = "".join(f"{key}{form[key]}" for key in sorted(form))
        secret = self.keys.app_secret
        form["sign"] = md5_hex(f"{secret}{text}{secret}").upper()
        return form

    async def send_form(self, form: dict[str, str]) -> object:
        """POST a form to TOP as it is."""
        async with self.client.post("/taobao/router/rest", data=form) as response:
            assert response.status == 200
            answer: object = await response.json()
            return answer

    async def top(self, method: str, **params: str) -> object:
        """A signed TOP call; the answer is what is inside the response wrapper."""
        answer = await self.send_form(self.top_form(method, **params))
        key = method.split(".", 1)[1].replace(".", "_") + "_response"
        return at(answer, key)


@asynccontextmanager
async def open_world(keys: Credentials | None = None) -> AsyncIterator[World]:
    """Start both shops under their paths on a free loopback port."""
    clock, keys = StoppedClock(), keys or Credentials()
    root = web.Application()
    for path, app in applications(clock, keys).items():
        root.add_subapp(path, app)
    async with TestClient(TestServer(root, host="127.0.0.1", port=0)) as client:
        yield World(client, clock, keys)


def days_since(world: World, text: object) -> float:
    """Days between a Beijing clock string and the world's now."""
    return (world.clock.now() - moment(text).astimezone(UTC)) / timedelta(days=1)
