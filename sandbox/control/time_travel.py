"""Control: one clock for the fake and the bot, turned together."""

from datetime import timedelta

import aiohttp
from aiohttp import web

from sandbox.control.asked import params
from sandbox.jsontext import JsonObject, answer
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError

LONGEST_SECONDS = 10 * 366 * 24 * 3600
BOT_SECONDS = 5.0


def routes(corp: Corp) -> list[web.RouteDef]:
    """GET and POST /sandbox/clock."""

    async def show(request: web.Request) -> web.Response:
        return answer(shown(corp))

    async def turn(request: web.Request) -> web.Response:
        asked = await params(request)
        try:
            seconds = asked.whole("offset_seconds", low=0, high=LONGEST_SECONDS)
        except ApiError as wrong:
            return answer({"error": wrong.errmsg}, status=400)
        corp.clock.turn(timedelta(seconds=seconds))
        body: JsonObject = {**shown(corp), "bot": await _tell_bot(corp, seconds)}
        corp.feed.tell("clock", body)
        for session in corp.sessions.values():
            before = session.state
            session.settle(corp.now())
            if session.state is not before:
                corp.tell_session(session)
        return answer(body)

    return [web.get("/sandbox/clock", show), web.post("/sandbox/clock", turn)]


def shown(corp: Corp) -> JsonObject:
    """The fake time."""
    return {
        "now": corp.clock.now().isoformat(),
        "offset_seconds": int(corp.clock.offset.total_seconds()),
    }


async def _tell_bot(corp: Corp, seconds: int) -> JsonObject:
    timeout = aiohttp.ClientTimeout(total=BOT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.post(corp.settings.bot_clock_url, json={"offset_seconds": seconds}) as told,
        ):
            return {"ok": told.status == 200, "status": told.status}
    except (aiohttp.ClientError, TimeoutError) as broken:
        return {"ok": False, "status": None, "error": type(broken).__name__}
