"""The fake trackers on a free port, with a caller that signs as their manuals say."""

import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox import carriers
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.clock import Clock
from sandbox.shops.credentials import Credentials
from sandbox.shops.senders import SENDER
from sandbox.shops.taobao import gateway as taobao
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.youzan import gateway as youzan
from sandbox.shops.youzan.shop import YouzanShop
from tests.sandbox.shops_world import md5_hex

Json = dict[str, object]


def kdniao_sign(data: str, key: str) -> str:
    """Base64 of the letters."""
    return base64.b64encode(md5_hex(data + key).encode()).decode()


def bytes_sign(data: str, key: str) -> str:
    """Base64 of the bytes: what one writes who has not read the manual."""
    digest = hashlib.md5((data + key).encode(), usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()


@dataclass
class World:
    """Both trackers, started."""

    client: TestClient[web.Request, web.Application]
    keys: TrackerCredentials

    async def post(self, path: str, form: dict[str, str]) -> Json:
        """POST a form as it is."""
        async with self.client.post(path, data=form) as answer:
            assert answer.status == 200
            body: Json = await answer.json()
            return body

    async def control(self, which: str, status: int = 200, **wish: object) -> Json:
        """Ask a tracker's control for something."""
        async with self.client.post(f"/{which}/_control", json=wish) as answer:
            assert answer.status == status, await answer.text()
            body: Json | list[Json] = await answer.json()
            return body if isinstance(body, dict) else {}

    def question(self, **param: str) -> dict[str, str]:
        """A signed question to 快递100."""
        text = json.dumps(param)
        sign = md5_hex(text + self.keys.key + self.keys.customer).upper()
        return {"customer": self.keys.customer, "sign": sign, "param": text}

    async def ask(self, **param: str) -> Json:
        """Ask 快递100 for a parcel."""
        return await self.post("/kuaidi100/poll/query.do", self.question(**param))

    async def subscribe(self, number: str, **other: object) -> Json:
        """Subscribe at 快递100."""
        param: Json = {
            "company": "yuantong",
            "number": number,
            "key": self.keys.key,
            "parameters": {"callbackurl": "http://127.0.0.1:1/push", "salt": "s", "phone": ""},
            **other,
        }
        return await self.post("/kuaidi100/poll", {"schema": "json", "param": json.dumps(param)})

    def call(self, kind: str, data: str, sign: str = "", **other: str) -> dict[str, str]:
        """A signed form for 快递鸟."""
        return {
            "RequestData": data,
            "EBusinessID": self.keys.ebusiness_id,
            "RequestType": kind,
            "DataSign": sign or kdniao_sign(data, self.keys.api_key),
            "DataType": "2",
            **other,
        }

    async def kdniao(self, kind: str, **data: str) -> Json:
        """Call 快递鸟."""
        return await self.send(self.call(kind, json.dumps(data)))

    async def send(self, form: dict[str, str]) -> Json:
        """POST to 快递鸟 as it is."""
        return await self.post("/kdniao/Ebusiness/EbusinessOrderHandle.aspx", form)


def two_shops(clock: Clock) -> dict[str, web.Application]:
    """Enough shops for parcels of all carriers; all of them take longer to read their seeds."""
    keys = Credentials()
    return {
        "/youzan": youzan.Gateway(YouzanShop(clock, keys)).application(),
        "/taobao": taobao.Gateway(TaobaoShop(clock, keys)).application(),
    }


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """Start the trackers over the parcels of both fake shops."""
    clock, keys = Clock(), TrackerCredentials()
    gateways = two_shops(clock)
    senders = [each[SENDER] for each in gateways.values() if SENDER in each]
    root = web.Application()
    for path, app in (gateways | carriers.applications(clock, senders, keys)).items():
        root.add_subapp(path, app)
    async with TestClient(TestServer(root, host="127.0.0.1", port=0)) as client:
        yield World(client, keys)
