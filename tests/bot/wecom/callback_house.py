"""A real server with the callback in it, and a door that keeps what is handed in."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.wecom.callback import PATH, Callback, callback_routes
from bot.wecom.crypto import EnvelopeCrypto
from desk.conversations.incoming import Incoming
from desk.kernel.clock import SystemClock

CORP = "ww1234567890abcdef"
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


class StoreAway(Exception):
    """The database does not answer."""


@dataclass
class RecordingDoor:
    """Keeps what came in; can be away."""

    stored: list[Incoming] = field(default_factory=list)
    rung: list[tuple[str, str]] = field(default_factory=list)
    is_away: bool = False

    async def messages(self, messages: Sequence[Incoming]) -> None:
        if self.is_away:
            raise StoreAway
        self.stored.extend(messages)

    async def doorbell(self, account: str, knock: str) -> None:
        if self.is_away:
            raise StoreAway
        self.rung.append((account, knock))


@dataclass
class CallbackHouse:
    """WeCom's side of the callback."""

    client: "TestClient[web.Request, web.Application]"
    door: RecordingDoor
    crypto: EnvelopeCrypto

    def query(self, encrypt: str, **other: str) -> dict[str, str]:
        signature = self.crypto.sign("1409659813", "n1", encrypt)
        return {
            "msg_signature": signature,
            "timestamp": "1409659813",
            "nonce": "n1",
        } | other

    async def post(self, xml: str, crypto: EnvelopeCrypto | None = None) -> tuple[int, str]:
        sealed = (crypto or self.crypto).seal(xml, "1409659813", "n1")
        return await self.post_raw(envelope(sealed.encrypt), self.query(sealed.encrypt))

    async def post_raw(self, body: str | bytes, query: dict[str, str]) -> tuple[int, str]:
        data = BytesIO(body) if isinstance(body, bytes) else body
        async with self.client.post(PATH, params=query, data=data) as answer:
            return answer.status, await answer.text()


def envelope(encrypt: str) -> str:
    inner = f"<Encrypt><![CDATA[{encrypt}]]></Encrypt>"
    return f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName>{inner}</xml>"


@asynccontextmanager
async def callback_house() -> AsyncIterator[CallbackHouse]:
    door = RecordingDoor()
    crypto = EnvelopeCrypto("QDG6eK", KEY, CORP)
    app = web.Application()
    app.add_routes(callback_routes(Callback(crypto, door, SystemClock(), "1000002")))
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        yield CallbackHouse(client, door, crypto)
