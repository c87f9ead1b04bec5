"""Control: a seat's transcript, and all changes as server-sent events."""

import asyncio

from aiohttp import web

from sandbox.jsontext import answer, dumps
from sandbox.wecom.corp import Corp

HEARTBEAT_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 60.0


def routes(corp: Corp) -> list[web.RouteDef]:
    """Reading routes."""

    async def transcript(request: web.Request) -> web.Response:
        seat = request.query.get("seat", "")
        since = _number(request, "since")
        wait = min(float(_number(request, "wait")), LONGEST_WAIT_SECONDS)
        lines = corp.feed.of_seat(seat, since)
        deadline = asyncio.get_running_loop().time() + wait
        while not lines:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await corp.feed.wait(corp.feed.seq, left):
                break
            lines = corp.feed.of_seat(seat, since)
        return answer({"seq": corp.feed.seq, "lines": [line.shown() for line in lines]})

    async def events(request: web.Request) -> web.StreamResponse:
        seen = request.headers.get("Last-Event-ID", "")
        since = int(seen) if seen.isdigit() else _number(request, "since")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        try:
            await _pump(corp, response, since or corp.feed.seq)
        except ConnectionResetError:
            return response
        return response

    return [
        web.get("/sandbox/transcript", transcript),
        web.get("/sandbox/events", events),
    ]


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
