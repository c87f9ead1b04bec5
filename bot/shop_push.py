"""The door for shops' pushes: verified, counted, thanked for.

Nothing is kept of them. Stock, orders and parcels are asked of the shop at the moment when somebody
wants to know, so that a lost push costs nothing and a forged one gains nothing.
"""

from collections.abc import Sequence

import structlog
from aiohttp import web
from prometheus_client import Counter

from desk.shops.events import ForgedPush
from integrations.catalog import platform_of, receive
from integrations.platform import ShopEntry
from integrations.wild import Unreadable

log = structlog.get_logger()
PUSHES = Counter("zhanggui_shop_pushes_total", "Pushes of shops", ["shop", "end"])

PATH = "/shops/{shop}/webhook"


def push_routes(entries: Sequence[ShopEntry]) -> list[web.RouteDef]:
    """`POST /shops/<shop id>/webhook`: 404 for a shop without pushes, 403 for a forged one."""
    by_id = {entry.id: entry for entry in entries if platform_of(entry).receive is not None}

    async def take(request: web.Request) -> web.Response:
        entry = by_id.get(request.match_info["shop"])
        if entry is None:
            return web.Response(status=404)
        return _answer(entry, *_read(entry, request, await request.read()))

    return [web.post(PATH, take)]


def _read(entry: ShopEntry, request: web.Request, body: bytes) -> tuple[int, str]:
    try:
        event = receive(entry, request.headers, body)
    except ForgedPush:
        return 403, "forged"
    except Unreadable as error:
        log.warning("shop.push_unreadable", shop=entry.id, code=error.code)
        return 400, "unreadable"
    if event is not None:
        log.info("shop.pushed", shop=entry.id, kind=event.kind)
    return 200, "ok"


def _answer(entry: ShopEntry, status: int, end: str) -> web.Response:
    PUSHES.labels(entry.id, end).inc()
    if status != web.HTTPOk.status_code:
        return web.Response(status=status)
    return web.Response(text=platform_of(entry).thanks, content_type="application/json")
