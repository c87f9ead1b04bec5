"""The fake WeChat Store alone on a free port, with a caller that knows only the documents."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.shops.wechat_store.credentials import WechatStoreKeys
from sandbox.shops.wechat_store.gateway import Gateway
from sandbox.shops.wechat_store.shop import WechatStoreShop
from tests.sandbox.shops_world import StoppedClock, at


@dataclass
class WechatWorld:
    """One started shop."""

    client: TestClient[web.Request, web.Application]
    clock: StoppedClock
    keys: WechatStoreKeys
    token: str = ""

    async def post(self, path: str, body: object) -> object:
        """POST JSON, read JSON; the gateway answers 200 whatever it says."""
        async with self.client.post(f"/wechat_store{path}", json=body) as response:
            assert response.status == 200, await response.text()
            answer: object = await response.json()
            return answer

    async def control(self, **wish: object) -> object:
        """Ask the control API for something."""
        return await self.post("/_control", wish)

    async def sign_in(self, *, force: bool = False, wrong: dict[str, str] | None = None) -> object:
        """Ask for a token, with `wrong` in place of the right words; it is kept where it comes."""
        asked = {
            "grant_type": "client_credential",
            "appid": self.keys.app_id,
            "secret": self.keys.app_secret,
            "force_refresh": force,
        }
        answer = await self.post("/cgi-bin/stable_token", asked | (wrong or {}))
        if isinstance(answer, dict) and "access_token" in answer:
            self.token = str(answer["access_token"])
        return answer

    async def call(self, path: str, **params: object) -> object:
        """Call an interface with the kept token."""
        if not self.token:
            await self.sign_in()
        return await self.post(f"/channels/ec/{path}?access_token={self.token}", params)

    async def code(self, path: str, **params: object) -> object:
        """The errcode of a call."""
        return at(await self.call(path, **params), "errcode")

    def ago(self, days: float) -> int:
        """Unix seconds, that many days ago."""
        return int(self.clock.now().timestamp() - days * 86_400)


@asynccontextmanager
async def open_wechat_store(keys: WechatStoreKeys | None = None) -> AsyncIterator[WechatWorld]:
    """Start the shop under its path on a free loopback port."""
    clock, keys = StoppedClock(), keys or WechatStoreKeys()
    root = web.Application()
    root.add_subapp("/wechat_store", Gateway(WechatStoreShop(clock, keys)).application())
    async with TestClient(TestServer(root, host="127.0.0.1", port=0)) as client:
        yield WechatWorld(client, clock, keys)
