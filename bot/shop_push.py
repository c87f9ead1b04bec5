"""The door for shops' pushes: verified, kept, and only then thanked for.

What a push says is a hint: the worker reads the order or the stock again before anybody believes
it, so that a push that comes twice, late or in the wrong order does no harm.
"""

from collections.abc import Sequence

import structlog
from aiohttp import web
from prometheus_client import Counter

from desk.kernel.errors import Unavailable
from desk.shops.events import ForgedPush
from desk.shops.powers import Keep
from integrations.catalog import platform_of, receive
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.wild import Unreadable

log = structlog.get_logger()
PUSHES = Counter("zhanggui_shop_pushes_total", "Pushes of shops", ["shop", "end"])

PATH = "/shops/{shop}/webhook"


def push_routes(entries: Sequence[ShopEntry], keep: Keep) -> list[web.RouteDef]:
    """`/shops/<shop id>/webhook`: 404 for a shop without pushes, 403 for a forged one.

    503 where the push cannot be kept now: the platform will send it again.
    """
    by_id = {entry.id: entry for entry in entries if platform_of(entry).receive is not None}

    async def take(request: web.Request) -> web.Response:
        entry = by_id.get(request.match_info["shop"])
        if entry is None:
            return web.Response(status=404)
        response, end = await _take(entry, await _as_it_came(request), keep)
        PUSHES.labels(entry.id, end).inc()
        return response

    return [web.route("*", PATH, take)]


async def _as_it_came(request: web.Request) -> PushRequest:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return PushRequest(request.method, dict(request.query), headers, await request.read())


async def _take(entry: ShopEntry, request: PushRequest, keep: Keep) -> tuple[web.Response, str]:
    try:
        received = receive(entry, request)
    except ForgedPush:
        return web.Response(status=403), "forged"
    except Unreadable as error:
        log.warning("shop.push_unreadable", shop=entry.id, code=error.code)
        return web.Response(status=400), "unreadable"
    return await _kept(entry, received or Received((), ""), keep)


async def _kept(entry: ShopEntry, received: Received, keep: Keep) -> tuple[web.Response, str]:
    try:
        await keep(received.events)
    except Unavailable as error:
        log.warning("shop.push_not_kept", shop=entry.id, code=error.code)
        return web.Response(status=503), "not_kept"
    for event in received.events:
        log.info("shop.pushed", shop=entry.id, kind=event.kind)
    return web.Response(text=received.answer, content_type=received.content_type), "ok"
