"""A small real HTTP server that answers as a test tells it to."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wecom.client import WeComClient
from bot.wecom.token_store import MemoryTokenStore, TokenStore
from bot.wecom.tokens import AccessTokens
from bot.wecom.wire import Wire
from desk.kernel.clock import TurnableClock

CORP, SECRET, AGENT = "ww1234567890abcdef", "the-secret-of-the-app", 1000002


@dataclass(frozen=True)
class Hangs:
    """The request is taken in, and the connection is dropped without an answer."""


@dataclass(frozen=True)
class Silent:
    """The request is taken in, and nothing comes for some seconds."""

    seconds: float


@dataclass(frozen=True)
class Status:
    """An answer with another status than 200."""

    status: int


Step = Mapping[str, object] | Hangs | Silent | Status


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    query: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, object]:
        value = json.loads(self.raw)
        assert isinstance(value, dict)
        return value


def refusal(errcode: int, errmsg: str = "refused") -> dict[str, object]:
    return {"errcode": errcode, "errmsg": f"{errmsg}, hint: [1700000000_1_abc]"}


@dataclass
class ScriptedWeCom:
    """Answers by path: the steps of `script` one after another (the last one stays), else ok."""

    script: dict[str, list[Step]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    tokens_issued: int = 0
    gettoken_seconds: float = 0.0
    base: str = ""
    arrived: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def bodies(self, path: str) -> list[dict[str, object]]:
        return [each.body for each in self.asked if each.path == path]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.asked.append(Asked(path, dict(request.query), await request.read()))
        self.arrived[path].set()
        steps = self.script.get(path)
        if steps:
            return await self._act(request, steps.pop(0) if len(steps) > 1 else steps[0])
        if path == "gettoken":
            return await self._issue()
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _issue(self) -> web.Response:
        await asyncio.sleep(self.gettoken_seconds)
        self.tokens_issued += 1
        token = f"token-{self.tokens_issued}"
        return web.json_response({"errcode": 0, "access_token": token, "expires_in": 7200})

    async def _act(self, request: web.Request, step: Step) -> web.StreamResponse:
        match step:
            case Hangs():
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case Silent(seconds):
                await asyncio.sleep(seconds)
                return web.Response()
            case Status(status):
                return web.Response(status=status, text="<html>bad gateway</html>")
            case Mapping():
                return web.json_response(dict(step))


@asynccontextmanager
async def scripted_wecom() -> AsyncIterator[ScriptedWeCom]:
    wecom = ScriptedWeCom()
    app = web.Application()
    app.router.add_route("*", "/cgi-bin/{path:.+}", wecom.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        wecom.base = str(server.make_url("/")).rstrip("/")
        yield wecom


@dataclass
class Outfit:
    """A client with what it is made of."""

    wire: Wire
    tokens: AccessTokens
    client: WeComClient
    clock: TurnableClock


def outfit(
    session: aiohttp.ClientSession,
    base: str,
    store: TokenStore | None = None,
    *,
    total: float = 5.0,
) -> Outfit:
    clock = TurnableClock()
    wire = Wire(session, base, total=total)
    tokens = AccessTokens(wire, store or MemoryTokenStore(), clock, CORP, SECRET)
    return Outfit(wire, tokens, WeComClient(wire, tokens, clock, backoff=0.001), clock)
