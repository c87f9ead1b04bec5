"""New scans come through the real door out of the fakes, and again when nobody thanked for them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp.test_utils import TestServer

from bot.carrier_push import carrier_push_routes
from bot.server import build_app
from desk.kernel.errors import Unavailable
from desk.shops.carriers import Carrier
from desk.shops.port import ParcelStatus
from desk.shops.tracking import ParcelPush, ParcelTracker, TrackedParcel, Watch
from integrations.carriers.catalog import connected_trackers
from integrations.carriers.platform import TrackerEntry
from sandbox.clock import Clock
from tests.contracts.fake_shops import control
from tests.contracts.fake_trackers import fake_trackers, tracker_entries

_PUSHED_WITHIN = 10
SILENT = TrackedParcel(Carrier.YUANTONG, "YT7489920153386")
NEW = TrackedParcel(Carrier.YUNDA, "462899999999999")


class House:
    """The bot's door, both fakes, and the trackers that subscribe."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pushed: asyncio.Queue[ParcelPush] = asyncio.Queue()
        self.is_full = False
        self.root = ""
        self.trackers: tuple[ParcelTracker, ...] = ()
        self.entries: tuple[TrackerEntry, ...] = ()

    async def keep(self, pushes: Sequence[ParcelPush]) -> None:
        if self.is_full:
            raise Unavailable("database.away", "数据库暂时不可用")
        for push in pushes:
            self.pushed.put_nowait(push)

    async def subscribe(self, which: str, parcel: TrackedParcel) -> None:
        at = next(at for at, each in enumerate(self.trackers) if each.id == which)
        await self.trackers[at].subscribe(parcel, self.entries[at].push_url)

    async def next(self) -> ParcelPush:
        return await asyncio.wait_for(self.pushed.get(), _PUSHED_WITHIN)

    async def mood(self, which: str) -> dict[str, object]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.root}/{which}/_control") as answer,
        ):
            body: dict[str, object] = await answer.json()
            return body


@asynccontextmanager
async def opened(**other: str) -> AsyncIterator[House]:
    """`other`: credentials of the bot that the fakes do not have."""
    house = House()
    plain = tracker_entries("http://127.0.0.1:1", **other)
    routes = carrier_push_routes(plain, house.keep, house.clock)
    async with TestServer(build_app(routes), host="127.0.0.1") as door:
        bot_url = str(door.make_url("/")).rstrip("/")
        async with fake_trackers(house.clock, f"{bot_url}/carriers/kdniao/push") as root:
            house.root, house.entries = root, tracker_entries(root, bot_url)
            async with connected_trackers(house.entries) as trackers:
                house.trackers = trackers
                yield house


async def _goes_all_the_way(which: str) -> None:
    async with opened() as house:
        await house.subscribe(which, SILENT)
        first = await house.next()
        assert first.parcel is not None
        assert (first.tracker, first.number, len(first.parcel.scans)) == (which, SILENT.number, 3)
        assert first.watch is Watch.GOES_ON

        out = {"waybill": SILENT.number, "text": "【上海市】派件中", "state": 5}
        await control(f"{house.root}/youzan", scan=out)
        second = await house.next()
        assert second.parcel is not None
        assert second.parcel.scans[0].text == "【上海市】派件中"
        assert second.parcel.status is ParcelStatus.OUT_FOR_DELIVERY
        assert second.id != first.id

        signed = {"number": SILENT.number, "text": "【上海市】已签收", "state": 3}
        await control(f"{house.root}/{which}", scan=signed)
        last = await house.next()
        assert last.parcel is not None
        assert (last.parcel.status, last.watch) == (ParcelStatus.DELIVERED, Watch.DONE)


async def test_kuaidi100_pushes_every_scan_until_the_parcel_is_there() -> None:
    await _goes_all_the_way("kuaidi100")


async def test_kdniao_pushes_every_scan_until_the_parcel_is_there() -> None:
    await _goes_all_the_way("kdniao")


async def _comes_again(which: str) -> None:
    async with opened() as house:
        house.is_full = True
        await house.subscribe(which, SILENT)
        await control(f"{house.root}/{which}", pass_hours=0.1)
        assert house.pushed.empty()
        house.is_full = False
        await control(f"{house.root}/{which}", pass_hours=0.2)
        assert house.pushed.empty()
        await control(f"{house.root}/{which}", pass_hours=0.3)
        assert (await house.next()).number == SILENT.number
        await control(f"{house.root}/{which}", pass_hours=5)
        assert house.pushed.empty()


async def test_what_kuaidi100_was_not_thanked_for_comes_again_half_an_hour_later() -> None:
    await _comes_again("kuaidi100")


async def test_what_kdniao_was_not_thanked_for_comes_again() -> None:
    await _comes_again("kdniao")


async def test_kuaidi100_stops_after_three_repeats() -> None:
    async with opened() as house:
        house.is_full = True
        await house.subscribe("kuaidi100", SILENT)
        for _ in range(8):
            await control(f"{house.root}/kuaidi100", pass_hours=0.6)
        pushed = (await house.mood("kuaidi100"))["pushed"]
        assert isinstance(pushed, list)
        assert len(pushed) == 4


async def test_kuaidi100_gives_up_on_what_nobody_scans_and_may_be_asked_again_later() -> None:
    async with opened() as house:
        await control(f"{house.root}/kuaidi100", send={"company": "韵达快递", "number": NEW.number})
        await house.subscribe("kuaidi100", NEW)
        await control(f"{house.root}/kuaidi100", pass_hours=71)
        assert house.pushed.empty()
        await control(f"{house.root}/kuaidi100", pass_hours=2)
        gave_up = await house.next()
        assert (gave_up.number, gave_up.parcel, gave_up.watch) == (
            NEW.number,
            None,
            Watch.GIVEN_UP,
        )

        await control(f"{house.root}/kuaidi100", pass_hours=1)
        await house.subscribe("kuaidi100", NEW)
        await control(f"{house.root}/kuaidi100", scan={"number": NEW.number, "text": "已揽收"})
        assert (await house.next()).watch is Watch.GOES_ON


async def test_each_subscription_has_a_salt_of_its_own() -> None:
    async with opened() as house:
        for parcel in (SILENT, NEW):
            await house.subscribe("kuaidi100", parcel)
        subscribed = (await house.mood("kuaidi100"))["subscribed"]
        assert isinstance(subscribed, list)
        salts = {each["salt"] for each in subscribed}
        assert len(salts) == 2
        assert "" not in salts


async def test_a_push_that_another_account_signed_is_not_believed() -> None:
    async with opened(key="another", api_key="another") as house:
        for which in ("kuaidi100", "kdniao"):
            await house.subscribe(which, SILENT)
            await control(f"{house.root}/{which}", pass_hours=0.1)
        assert house.pushed.empty()
