"""A tracker's push is kept before it is thanked for, and turned away when it is not signed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import REGISTRY

from bot.carrier_push import carrier_push_routes, keep_parcels
from bot.server import build_app
from desk.kernel.errors import Unavailable
from desk.shops.cache import MemoryCache
from desk.shops.carriers import Carrier
from desk.shops.events import ShopEvent
from desk.shops.trackers import Trackers
from desk.shops.tracking import TrackedParcel, event_as_push
from tests.clocks import FrozenClock
from tests.integrations.carriers.pushing import (
    KDNIAO,
    KUAIDI100,
    MOVING,
    NOW,
    SIGNED_FOR,
    kdniao_body,
    kuaidi100_body,
)

Door = TestClient[web.Request, web.Application]
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Kept:
    """Where pushes go: into a list, and into the memory of trackers that nobody asks."""

    def __init__(self) -> None:
        self.clock = FrozenClock(NOW)
        self.events: list[ShopEvent] = []
        self.trackers = Trackers((), MemoryCache(self.clock), self.clock)

    async def keep(self, events: tuple[ShopEvent, ...]) -> None:
        self.events += events


async def _full(_events: tuple[ShopEvent, ...]) -> None:
    raise Unavailable("database.away", "数据库暂时不可用")


@asynccontextmanager
async def _door(
    kept: Kept, keep: Callable[[tuple[ShopEvent, ...]], Awaitable[None]]
) -> AsyncIterator[Door]:
    routes = carrier_push_routes((KUAIDI100, KDNIAO), keep_parcels(keep, kept.trackers), kept.clock)
    server = TestServer(build_app(routes), host="127.0.0.1")
    async with TestClient(server) as client:
        yield client


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def door(kept: Kept) -> AsyncIterator[Door]:
    async with _door(kept, kept.keep) as client:
        yield client


def counted(tracker: str, end: str) -> float:
    labels = {"tracker": tracker, "end": end}
    return REGISTRY.get_sample_value("zhanggui_carrier_pushes_total", labels) or 0


async def test_a_push_of_kuaidi100_is_kept_and_hears_its_thanks_to_the_letter(
    door: Door, kept: Kept
) -> None:
    before = counted("kd100", "ok")
    answer = await door.post("/carriers/kd100/push", data=kuaidi100_body(MOVING), headers=_FORM)
    assert answer.status == 200
    assert await answer.text() == '{"result":true,"returnCode":"200","message":"成功"}'
    assert counted("kd100", "ok") == before + 1
    (event,) = kept.events
    assert (event.shop, event.subject_id) == ("kd100", "YT7489920153386")


async def test_what_was_pushed_is_what_the_next_question_is_told(door: Door, kept: Kept) -> None:
    await door.post("/carriers/kd100/push", data=kuaidi100_body(MOVING), headers=_FORM)
    told = await kept.trackers.track(TrackedParcel(Carrier.YUANTONG, "YT7489920153386"))
    assert told.parcel == event_as_push(kept.events[0]).parcel
    assert told.as_of == NOW


async def test_a_push_of_kdniao_is_kept_parcel_by_parcel(door: Door, kept: Kept) -> None:
    answer = await door.post("/carriers/kdn/push", data=kdniao_body(SIGNED_FOR), headers=_FORM)
    assert await answer.json() == {
        "EBusinessID": "1850271",
        "UpdateTime": "2026-11-22 10:30:00",
        "Success": True,
        "Reason": "",
    }
    assert [event.subject_id for event in kept.events] == ["YT7489920153386", "462880173355190"]


async def test_the_number_in_the_address_leads_to_the_salt(door: Door, kept: Kept) -> None:
    body = kuaidi100_body({"status": "abort", "message": "3天查询无记录"}, "YT1")
    answer = await door.post("/carriers/kd100/push?number=YT1", data=body, headers=_FORM)
    assert answer.status == 200
    assert [event.kind for event in kept.events] == ["parcel.given_up"]


async def test_a_push_with_another_secret_is_turned_away(door: Door, kept: Kept) -> None:
    before = counted("kd100", "forged")
    body = kuaidi100_body(MOVING, secret="k9")
    answer = await door.post("/carriers/kd100/push", data=body, headers=_FORM)
    assert (answer.status, await answer.text()) == (403, "")
    assert counted("kd100", "forged") == before + 1
    assert kept.events == []


async def test_a_signed_push_that_says_nothing_is_told_so(door: Door, kept: Kept) -> None:
    answer = await door.post("/carriers/kdn/push", data=kdniao_body("no JSON"), headers=_FORM)
    assert answer.status == 400
    assert kept.events == []


async def test_a_push_that_cannot_be_kept_is_not_thanked_for(kept: Kept) -> None:
    before = counted("kd100", "not_kept")
    async with _door(kept, _full) as door:
        answer = await door.post("/carriers/kd100/push", data=kuaidi100_body(MOVING), headers=_FORM)
    assert answer.status == 503
    assert counted("kd100", "not_kept") == before + 1


async def test_a_tracker_that_nobody_has_has_no_door(door: Door) -> None:
    answer = await door.post("/carriers/other/push", data=kuaidi100_body(MOVING), headers=_FORM)
    assert answer.status == 404
