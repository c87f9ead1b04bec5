"""A few lines of bot over HTTP, so that the sandbox is tried without the real one."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import aiohttp
from aiohttp import web
from defusedxml import ElementTree

from sandbox.settings import Settings
from sandbox.wecom.crypto import Sealer

Json = dict[str, object]
OnCallback = Callable[["ScriptedBot", Element], Awaitable[None]]


async def silent(bot: "ScriptedBot", callback: Element) -> None:
    """Receives and says nothing."""


@dataclass(slots=True)
class ScriptedBot:
    """Answers callbacks with 200 at once and then does what its script says."""

    api: str
    settings: Settings
    script: OnCallback = silent
    status: int = 200
    passive: str = ""
    thinks_seconds: float = 0.0
    callbacks: list[Element] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    _token: str = ""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def sealer(self) -> Sealer:
        """The corp's token and key, as the bot holds them."""
        return Sealer(self.settings.token, self.settings.aes_key, self.settings.corp_id)

    def app(self) -> web.Application:
        """The bot's HTTP side."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/wecom/callback", self._verify),
                web.post("/wecom/callback", self._receive),
                web.post("/dev/clock", self._turn),
                web.get("/healthz", self._healthy),
            ]
        )
        return app

    async def call(self, path: str, body: Json | None = None, **query: str) -> Json:
        """One API call; POST when there is a body."""
        query["access_token"] = self._token or await self._fetch_token()
        url = f"{self.api}/cgi-bin/{path}"
        async with aiohttp.ClientSession() as http:
            if body is None:
                answer = await http.get(url, params=query)
            else:
                answer = await http.post(url, params=query, data=dumps(body))
            found: Json = await answer.json()
            return found

    async def pull(self, callback: Element) -> list[Json]:
        """What is new behind a doorbell."""
        open_kfid = callback.findtext("OpenKfId", "")
        body: Json = {"open_kfid": open_kfid, "token": callback.findtext("Token", "")}
        if open_kfid in self.cursors:
            body["cursor"] = self.cursors[open_kfid]
        answer = await self.call("kf/sync_msg", body)
        self.cursors[open_kfid] = str(answer["next_cursor"])
        listed = answer["msg_list"]
        assert isinstance(listed, list)
        return listed

    async def settle(self) -> None:
        """Wait until the script has done what it had begun."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _fetch_token(self) -> str:
        async with aiohttp.ClientSession() as http:
            query = {"corpid": self.settings.corp_id, "corpsecret": self.settings.secret}
            answer = await http.get(f"{self.api}/cgi-bin/gettoken", params=query)
            self._token = (await answer.json())["access_token"]
        return self._token

    async def _verify(self, request: web.Request) -> web.Response:
        echo = request.query["echostr"]
        query = request.query
        self.sealer.check(query["msg_signature"], query["timestamp"], query["nonce"], echo)
        return web.Response(body=self.sealer.open(echo))

    async def _receive(self, request: web.Request) -> web.Response:
        query = request.query
        encrypted = ElementTree.fromstring(await request.read()).findtext("Encrypt", "")
        self.sealer.check(query["msg_signature"], query["timestamp"], query["nonce"], encrypted)
        callback: Element = ElementTree.fromstring(self.sealer.open(encrypted))
        self.callbacks.append(callback)
        self.queries.append(dict(query))
        await asyncio.sleep(self.thinks_seconds)
        if self.status == 200:
            task = asyncio.create_task(self._run(callback))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.Response(status=self.status, text=self._sealed(self.passive))

    async def _run(self, callback: Element) -> None:
        await self.script(self, callback)

    def _sealed(self, reply: str) -> str:
        if not reply:
            return ""
        encrypted = self.sealer.seal(reply.encode())
        signature = self.sealer.sign("1700000000", "n", encrypted)
        return (
            f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>"
            "<TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[n]]></Nonce></xml>"
        )

    async def _turn(self, request: web.Request) -> web.Response:
        self.offsets.append((await request.json())["offset_seconds"])
        return web.Response()

    async def _healthy(self, request: web.Request) -> web.Response:
        return web.Response(text="ok")


def dumps(body: Json) -> bytes:
    """JSON as WeCom wants it: no escapes."""
    return json.dumps(body, ensure_ascii=False).encode()
