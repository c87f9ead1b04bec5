"""Control: a seat's transcript, and all changes as server-sent events."""

import asyncio

from aiohttp import web

from sandbox.feed import Line
from sandbox.jsontext import answer, dumps
from sandbox.wecom.corp import Corp

HEARTBEAT_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 60.0


def routes(corp: Corp) -> list[web.RouteDef]:
    """Reading routes."""

    async def transcript(request: web.Request) -> web.Response:
        lines = await _news(corp, request)
        return answer({"seq": corp.feed.seq, "lines": [line.shown() for line in lines]})

    async def events(request: web.Request) -> web.StreamResponse:
        since = _seen(corp, request)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        try:
            await _pump(corp, response, since)
        except ConnectionResetError:
            return response
        return response

    return [
        web.get("/sandbox/transcript", transcript),
        web.get("/sandbox/events", events),
    ]


def _seen(corp: Corp, request: web.Request) -> int:
    last = request.headers.get("Last-Event-ID", "")
    if last.isdigit():
        return int(last)
    return _number(request, "since") if "since" in request.query else corp.feed.seq


async def _news(corp: Corp, request: web.Request) -> list[Line]:
    seat = request.query.get("seat", "")
    since = _number(request, "since")
    loop = asyncio.get_running_loop()
    deadline = loop.time() + min(float(_number(request, "wait")), LONGEST_WAIT_SECONDS)
    while not (lines := corp.feed.of_seat(seat, since)):
        left = deadline - loop.time()
        if left <= 0 or not await corp.feed.wait(corp.feed.seq, left):
            break
    return lines


async def _pump(corp: Corp, response: web.StreamResponse, since: int) -> None:
    await response.write(b": hello\n\n")
    while True:
        if not await corp.feed.wait(since, HEARTBEAT_SECONDS):
            await response.write(b": still here\n\n")
            continue
        text = ""
        for change in corp.feed.changes(since):
            since = change.seq
            data = dumps({"kind": change.kind, **{"data": change.payload}})
            text += f"id: {change.seq}\ndata: {data}\n\n"
        await response.write(text.encode())


def _number(request: web.Request, name: str) -> int:
    given = request.query.get(name, "0")
    if not given.isdigit():
        raise web.HTTPBadRequest(text=f"{name} must be a number")
    return int(given)
