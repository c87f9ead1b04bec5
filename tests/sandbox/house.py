"""A running sandbox with a scripted bot, as one thing to talk to."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.server import CORP, build_app
from sandbox.settings import Settings
from sandbox.wecom.corp import Corp
from tests.sandbox.scripted_bot import Json, ScriptedBot, dumps

KF = "wkTestMain000001"
OTHER_KF = "wkTestOther00002"
YU = "wmTestYu00000001"
CHEN = "wmTestChen000002"
SETTINGS = Settings(
    corp_id="ww0a1b2c3d4e5f60",
    agent_id=1000002,
    secret="the-app-secret",
    token="callbackToken",
    aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    people=Path(__file__).parent / "people.yml",
)


@dataclass(slots=True)
class House:
    """The sandbox's address and state, and the bot behind it."""

    url: str
    corp: Corp
    bot: ScriptedBot
    http: aiohttp.ClientSession
    token: str = ""
    servers: list[TestServer] = field(default_factory=list)

    async def api(self, path: str, body: Json | None = None, **query: str) -> Json:
        """An API call with a valid token, POST when there is a body."""
        if not self.token:
            self.token = str((await self.gettoken())["access_token"])
        asked = {"access_token": self.token, **query}
        url = f"{self.url}/cgi-bin/{path}"
        if body is None:
            answer = await self.http.get(url, params=asked)
        else:
            answer = await self.http.post(url, params=asked, data=dumps(body))
        return as_object(await answer.json())

    async def gettoken(self, **query: str) -> Json:
        """gettoken with the right credentials unless told otherwise."""
        asked = {"corpid": SETTINGS.corp_id, "corpsecret": SETTINGS.secret} | query
        answer = await self.http.get(f"{self.url}/cgi-bin/gettoken", params=asked)
        return as_object(await answer.json())

    async def control(self, path: str, body: Json | None = None, *, status: int = 200) -> Json:
        """A control call, POST when there is a body."""
        url = f"{self.url}/sandbox/{path}"
        if body is None:
            answer = await self.http.get(url)
        else:
            answer = await self.http.post(url, data=dumps(body))
        text = await answer.text()
        assert answer.status == status, text
        return as_object(json.loads(text))

    async def customer_says(self, text: str, who: str = YU, kfid: str = KF) -> str:
        """A customer's text; returns its msgid."""
        asked: Json = {"external_userid": who, "open_kfid": kfid, "text": text}
        return str((await self.control("customer/message", asked))["msgid"])

    async def reply(self, **changes: object) -> Json:
        """kf/send_msg of a plain text, with fields changed (None: left out)."""
        body: Json = {"touser": YU, "open_kfid": KF, "msgtype": "text", "text": {"content": "好的"}}
        body |= changes
        return await self.api("kf/send_msg", {k: v for k, v in body.items() if v is not None})

    async def lines(self, seat: str) -> list[Json]:
        """A seat's transcript."""
        return objects((await self.control(f"transcript?seat={seat}"))["lines"])

    async def quiet(self) -> None:
        """Until all callbacks are delivered and the script has run."""
        await self.corp.courier.quiet()
        await self.bot.settle()

    def turn(self, *, keep_token: bool = False, **later: float) -> None:
        """Let the fake time pass; the next call fetches a new token unless told otherwise."""
        if not keep_token:
            self.token = ""
        self.corp.clock.turn(self.corp.clock.offset + timedelta(**later))


def as_object(value: object) -> Json:
    """A JSON object, or the test fails."""
    assert isinstance(value, dict)
    return value


def objects(value: object) -> list[Json]:
    """A list of JSON objects, or the test fails."""
    assert isinstance(value, list)
    return [as_object(item) for item in value]


async def open_house(*, with_shops: bool = False) -> House:
    """Start bot and sandbox on free ports."""
    bot = ScriptedBot("", SETTINGS)
    bot_server = await _serve(bot.app())
    settings = replace(
        SETTINGS,
        callback_url=str(bot_server.make_url("/wecom/callback")),
        bot_clock_url=str(bot_server.make_url("/dev/clock")),
    )
    app = build_app(settings, with_shops=with_shops)
    server = await _serve(app)
    bot.api = str(server.make_url("")).rstrip("/")
    corp = app[CORP]
    corp.courier.retry_seconds = 0.01
    return House(bot.api, corp, bot, aiohttp.ClientSession(), servers=[server, bot_server])


async def close_house(house: House) -> None:
    """Stop everything."""
    await house.http.close()
    for server in house.servers:
        await server.close()


async def _serve(app: web.Application) -> TestServer:
    server = TestServer(app)
    await server.start_server()
    return server
