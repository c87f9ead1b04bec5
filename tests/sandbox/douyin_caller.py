"""Calls the fake Douyin as a client would, signed here by hand so that it is not its own judge."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.shops.douyin.credentials import DouyinKeys
from sandbox.shops.douyin.gateway import Gateway
from sandbox.shops.douyin.shop import DouyinShop
from tests.sandbox.shops_world import StoppedClock, at


@dataclass
class Caller:
    """One started shop and a client of it."""

    client: TestClient[web.Request, web.Application]
    clock: StoppedClock
    keys: DouyinKeys
    token: str = ""

    def query(self, method: str, body: str, **changed: str) -> dict[str, str]:
        """The signed query of a call; `changed` before it is signed."""
        query = {
            "app_key": self.keys.app_key,
            "method": method,
            "access_token": self.token,
            "timestamp": str(int(self.clock.now().timestamp())),
            "v": "2",
            "sign_method": "hmac-sha256",
            **changed,
        }
        secret = self.keys.app_secret
        text = (
            f"{secret}app_key{query['app_key']}method{query['method']}param_json{body}"
            f"timestamp{query['timestamp']}v{query['v']}{secret}"
        ).encode()
        if query["sign_method"] == "md5":
            sign = hashlib.md5(text, usedforsecurity=False).hexdigest()
        else:
            sign = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
        return {name: value for name, value in {**query, "sign": sign}.items() if value}

    async def send(self, method: str, body: str, query: dict[str, str]) -> object:
        """POST a body as it is."""
        path = f"/douyin/{method.replace('.', '/')}"
        async with self.client.post(path, params=query, data=body.encode()) as response:
            assert response.status == 200
            answer: object = await response.json()
            return answer

    async def call(self, method: str, **params: object) -> object:
        """A signed call, whatever its end."""
        body = json.dumps(params, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return await self.send(method, body, self.query(method, body))

    async def data(self, method: str, **params: object) -> object:
        """A signed call that succeeds; what stands under `data`."""
        answer = await self.call(method, **params)
        assert at(answer, "code") == 10000, answer
        return at(answer, "data")

    async def refusal(self, method: str, **params: object) -> tuple[object, object]:
        """A signed call that is refused: its code and sub code."""
        answer = await self.call(method, **params)
        return at(answer, "code"), at(answer, "sub_code")

    async def sign_in(self) -> dict[str, object]:
        """Be granted a token and keep it."""
        granted = await self.data(
            "token.create", code="", grant_type="authorization_self", shop_id=self.keys.shop_id
        )
        assert isinstance(granted, dict)
        self.token = str(granted["access_token"])
        return granted

    async def control(self, **wish: object) -> object:
        """Ask the control API for something."""
        async with self.client.post("/douyin/_control", json=wish) as response:
            answer: object = await response.json()
            return answer


@asynccontextmanager
async def open_caller(keys: DouyinKeys | None = None) -> AsyncIterator[Caller]:
    """Start the shop under its path on a free loopback port; the caller is signed in."""
    clock, keys = StoppedClock(), keys or DouyinKeys()
    root = web.Application()
    root.add_subapp("/douyin", Gateway(DouyinShop(clock, keys)).application())
    async with TestClient(TestServer(root, host="127.0.0.1", port=0)) as client:
        caller = Caller(client, clock, keys)
        await caller.sign_in()
        yield caller
