"""A clock that a developer may turn over HTTP; off unless DEV_CLOCK allows it."""

from datetime import timedelta

from aiohttp import web

from desk.kernel.clock import TurnableClock

_LONGEST_SECONDS = 400 * 24 * 3600


def routes(clock: TurnableClock) -> list[web.RouteDef]:
    """`GET /dev/clock` tells the time, `POST {"offset_seconds": n}` turns it forward."""

    def told() -> web.Response:
        return web.json_response(
            {"now": clock.now().isoformat(), "offset_seconds": int(clock.offset.total_seconds())}
        )

    async def read(_request: web.Request) -> web.Response:
        return told()

    async def turn(request: web.Request) -> web.Response:
        body = await request.json()
        offset = body.get("offset_seconds") if isinstance(body, dict) else None
        if not isinstance(offset, int) or not 0 <= offset <= _LONGEST_SECONDS:
            error = f"offset_seconds: a whole number from 0 to {_LONGEST_SECONDS} is needed"
            return web.json_response({"error": error}, status=400)
        clock.offset = timedelta(seconds=offset)
        return told()

    return [web.get("/dev/clock", read), web.post("/dev/clock", turn)]
