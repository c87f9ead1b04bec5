"""The sandbox's strict WeCom with our callback, puller and channels on the other side."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wecom.app_channel import AppChannel
from bot.wecom.callback import Callback, callback_routes
from bot.wecom.client import WeComClient
from bot.wecom.crypto import EnvelopeCrypto
from bot.wecom.kf.channel import KfChannel
from bot.wecom.kf.puller import Puller
from bot.wecom.token_store import MemoryTokenStore
from bot.wecom.tokens import AccessTokens
from bot.wecom.wire import Wire
from desk.conversations.incoming import Incoming
from desk.kernel.clock import TurnableClock
from sandbox.server import CORP, build_app
from sandbox.settings import Settings
from sandbox.wecom.corp import Corp
from tests.bot.wecom.memory_mailboxes import MemoryMailboxes

KF, OTHER_KF = "wkTestMain000001", "wkTestOther00002"
YU, CHEN = "wmTestYu00000001", "wmTestChen000002"
AGENT = 1000002
SETTINGS = Settings(
    corp_id="ww0a1b2c3d4e5f60",
    agent_id=AGENT,
    secret="the-app-secret",
    token="callbackToken",
    aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    people=Path(__file__).parents[1] / "sandbox" / "people.yml",
)


@dataclass
class MemoryDoor:
    """A door into mailboxes that live in memory."""

    library: MemoryMailboxes
    clock: TurnableClock

    async def messages(self, messages: Sequence[Incoming]) -> None:
        for message in messages:
            self.library.pulls.stored.setdefault(message.external_id, message)

    async def doorbell(self, account: str, knock: str) -> None:
        await self.library.pulls.rang(account, knock, self.clock.now())


@dataclass
class WeComWorld:
    """WeCom and our side of it."""

    url: str
    corp: Corp
    http: aiohttp.ClientSession
    clock: TurnableClock
    library: MemoryMailboxes
    client: WeComClient
    tokens: AccessTokens
    kf: KfChannel
    app: AppChannel
    puller: Puller
    news: list[str] = field(default_factory=list)

    async def control(self, path: str, body: Mapping[str, object]) -> dict[str, object]:
        """A control call of the sandbox."""
        url = f"{self.url}/sandbox/{path}"
        async with self.http.post(url, data=json.dumps(body)) as answer:
            text = await answer.text()
            assert answer.status == 200, text
            value = json.loads(text)
            assert isinstance(value, dict)
            return value

    async def customer(self, text: str, who: str = YU, account: str = KF) -> str:
        """A customer writes, and all callbacks are in; gives the msgid."""
        asked = {"external_userid": who, "open_kfid": account, "text": text}
        msgid = str((await self.control("customer/message", asked))["msgid"])
        await self.corp.courier.quiet()
        return msgid

    async def pull(self) -> list[Incoming]:
        """Pull whatever rang; gives all that is stored."""
        for pull in await self.puller.lease(8):
            await self.puller.pull(pull)
        return list(self.library.pulls.stored.values())

    async def fault(self, path: str, kind: str, value: int = 0, count: int = 1) -> None:
        """Let the next calls of a path go wrong."""
        rule = {"path": path, "kind": kind, "value": value, "count": count}
        await self.control("faults", {"rules": [rule]})

    async def callbacks(self, **flags: int) -> None:
        """Let callbacks and the history misbehave."""
        await self.control("faults", {"callbacks": flags})

    def turn(self, **later: float) -> None:
        """Let time pass on both sides."""
        self.clock.offset += timedelta(**later)
        self.corp.clock.turn(self.clock.offset)

    def seen(self, seat: str) -> list[tuple[str, str]]:
        """What a seat got from the bot: (state, text, or the kind of message)."""
        return [
            (line.state, str(line.body.get("content") or line.kind))
            for line in self.corp.feed.of_seat(seat)
            if line.sender == "bot"
        ]


@asynccontextmanager
async def wecom_world() -> AsyncIterator[WeComWorld]:
    clock, library = TurnableClock(), MemoryMailboxes()
    crypto = EnvelopeCrypto(SETTINGS.token, SETTINGS.aes_key, SETTINGS.corp_id)
    callback = Callback(crypto, MemoryDoor(library, clock), clock, str(AGENT))
    ours = web.Application()
    ours.add_routes(callback_routes(callback))
    async with (
        TestServer(ours, host="127.0.0.1") as our_server,
        aiohttp.ClientSession() as http,
    ):
        settings = replace(
            SETTINGS,
            callback_url=str(our_server.make_url("/wecom/callback")),
            bot_clock_url=str(our_server.make_url("/dev/clock")),
        )
        sandbox = build_app(settings)
        async with TestServer(sandbox, host="127.0.0.1") as server:
            url = str(server.make_url("")).rstrip("/")
            corp = sandbox[CORP]
            corp.courier.retry_seconds = 0.01
            wire = Wire(http, url)
            tokens = AccessTokens(
                wire, MemoryTokenStore(), clock, SETTINGS.corp_id, SETTINGS.secret
            )
            client = WeComClient(wire, tokens, clock, backoff=0.001)
            news: list[str] = []
            yield WeComWorld(
                url=url,
                corp=corp,
                http=http,
                clock=clock,
                library=library,
                client=client,
                tokens=tokens,
                kf=KfChannel(client),
                app=AppChannel(client, AGENT),
                puller=Puller(client, library, clock, str(AGENT), lambda: news.append("news")),
                news=news,
            )
