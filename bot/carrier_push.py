"""The door for trackers' pushes: verified, kept, and only then thanked for.

Unlike a shop's push, this one is no hint but the news itself: who asked the tracker again would be
locked out.
"""

from collections.abc import Sequence
from typing import Protocol

import structlog
from aiohttp import web
from prometheus_client import Counter

from desk.kernel.clock import Clock
from desk.kernel.errors import Unavailable
from desk.shops.events import ForgedPush
from desk.shops.powers import Keep
from desk.shops.trackers import Trackers
from desk.shops.tracking import ParcelPush, push_as_event
from integrations.carriers.catalog import receive
from integrations.carriers.platform import PUSH_PATH, ReceivedParcels, TrackerEntry
from integrations.platform import PushRequest
from integrations.wild import Unreadable

log = structlog.get_logger()
PUSHES = Counter("zhanggui_carrier_pushes_total", "Pushes of trackers", ["tracker", "end"])


class KeepParcels(Protocol):
    """Where pushes go; returns when they are safe."""

    async def __call__(self, pushes: Sequence[ParcelPush]) -> None:
        """Keep them. Raises Unavailable where that cannot be done now."""


def keep_parcels(keep: Keep, trackers: Trackers) -> KeepParcels:
    """Write pushes down, and then let the next question about their parcels see them."""

    async def kept(pushes: Sequence[ParcelPush]) -> None:
        await keep(tuple(push_as_event(push) for push in pushes))
        for push in pushes:
            await trackers.learn(push)

    return kept


def carrier_push_routes(
    entries: Sequence[TrackerEntry], keep: KeepParcels, clock: Clock
) -> list[web.RouteDef]:
    """`POST /carriers/<id>/push`: 404 for a tracker nobody has, 403 for a forged one.

    503 where the push cannot be kept now: the tracker will send it again.
    """
    by_id = {entry.id: entry for entry in entries}

    async def take(request: web.Request) -> web.Response:
        entry = by_id.get(request.match_info["tracker"])
        if entry is None:
            return web.Response(status=404)
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.read()
        came = PushRequest(request.method, dict(request.query), headers, body)
        response, end = await _take(entry, came, keep, clock)
        PUSHES.labels(entry.id, end).inc()
        return response

    return [web.post(PUSH_PATH, take)]


async def _take(
    entry: TrackerEntry, request: PushRequest, keep: KeepParcels, clock: Clock
) -> tuple[web.Response, str]:
    try:
        received = receive(entry, request, clock.now())
    except ForgedPush:
        return web.Response(status=403), "forged"
    except Unreadable as error:
        log.warning("carrier.push_unreadable", tracker=entry.id, code=error.code)
        return web.Response(status=400), "unreadable"
    return await _kept(entry, received, keep)


async def _kept(
    entry: TrackerEntry, received: ReceivedParcels, keep: KeepParcels
) -> tuple[web.Response, str]:
    try:
        await keep(received.pushes)
    except Unavailable as error:
        log.warning("carrier.push_not_kept", tracker=entry.id, code=error.code)
        return web.Response(status=503), "not_kept"
    for push in received.pushes:
        log.info("carrier.pushed", tracker=entry.id, watch=push.watch.value)
    return web.Response(text=received.answer, content_type=received.content_type), "ok"
