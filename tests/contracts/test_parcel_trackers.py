"""What the desk expects of every tracker, tried over real HTTP on the strict fakes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.shops.cache import MemoryCache
from desk.shops.carriers import Carrier
from desk.shops.port import ParcelStatus
from desk.shops.trackers import Trackers
from desk.shops.tracking import ParcelTracker, SubscriptionResult, TrackedParcel
from integrations.carriers.catalog import connected_trackers
from sandbox.clock import Clock
from tests.contracts.fake_shops import control
from tests.contracts.fake_trackers import fake_trackers, tracker_entries

BOTH = ["kuaidi100", "kdniao"]
SILENT = TrackedParcel(Carrier.YUANTONG, "YT7489920153386")
SIGNED_SF = TrackedParcel(
    Carrier.SHUNFENG, "SF1402299871650", "1288", "浙江省杭州市", "浙江省杭州市"
)
OUT_ZTO = TrackedParcel(Carrier.ZHONGTONG, "78611887304422", "")
JD = TrackedParcel(Carrier.JD, "JDX021990847733")
NOWHERE = "http://127.0.0.1:1/carriers/x/push"
_QUERY = {"kuaidi100": "query", "kdniao": "8001"}
_SUBSCRIBE = {"kuaidi100": "subscribe", "kdniao": "8008"}


class Fake:
    """A tracker in front of its fake, with the fake's control."""

    def __init__(self, tracker: ParcelTracker, clock: Clock, root: str) -> None:
        self.tracker = tracker
        self.clock = clock
        self.root = root

    async def control(self, **wish: object) -> None:
        """Tell the fake what to do."""
        await control(f"{self.root}/{self.tracker.id}", **wish)


@asynccontextmanager
async def opened(which: str, **other: str) -> AsyncIterator[Fake]:
    clock = Clock()
    async with (
        fake_trackers(clock) as root,
        connected_trackers(tracker_entries(root, **other)) as trackers,
    ):
        yield Fake(next(each for each in trackers if each.id == which), clock, root)


@pytest.fixture(params=BOTH)
async def fake(request: pytest.FixtureRequest) -> AsyncIterator[Fake]:
    async with opened(request.param) as found:
        yield found


async def test_a_parcel_is_told_with_its_newest_scan_first(fake: Fake) -> None:
    parcel = await fake.tracker.track(SILENT)

    assert parcel is not None
    assert (parcel.carrier, parcel.tracking_no) == ("圆通速递", "YT7489920153386")
    assert parcel.status is ParcelStatus.IN_TRANSIT
    assert [scan.text[:5] for scan in parcel.scans] == ["【上海市】", "【嘉兴市】", "【嘉兴市】"]
    assert "到达上海转运中心" in parcel.scans[0].text
    age = fake.clock.now() - parcel.scans[0].at
    assert abs(age - timedelta(days=3.1)) < timedelta(minutes=1)


async def test_a_parcel_that_asks_for_the_phone_is_told_to_who_knows_it(fake: Fake) -> None:
    parcel = await fake.tracker.track(SIGNED_SF)

    assert parcel is not None
    assert (parcel.carrier, parcel.status) == ("顺丰速运", ParcelStatus.DELIVERED)


@pytest.mark.parametrize("tail", ["", "0000"])
async def test_without_the_right_phone_nothing_is_told(fake: Fake, tail: str) -> None:
    with pytest.raises(Refused):
        await fake.tracker.track(TrackedParcel(Carrier.SHUNFENG, "SF1402299871650", tail))


async def test_the_parcel_of_the_merchants_own_contract_is_told(fake: Fake) -> None:
    assert fake.tracker.knows(Carrier.JD)
    parcel = await fake.tracker.track(JD)

    assert parcel is not None
    assert parcel.carrier == "京东快递"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (0, ParcelStatus.IN_TRANSIT),
        (1, ParcelStatus.PICKED_UP),
        (2, ParcelStatus.EXCEPTION),
        (3, ParcelStatus.DELIVERED),
        (5, ParcelStatus.OUT_FOR_DELIVERY),
        (6, ParcelStatus.RETURNING),
        (7, ParcelStatus.IN_TRANSIT),
    ],
)
async def test_every_state_comes_through(fake: Fake, state: int, status: ParcelStatus) -> None:
    await fake.control(send={"company": "韵达快递", "number": "462899999999999", "state": state})
    await fake.control(scan={"number": "462899999999999", "text": "【杭州市】已揽收"})

    parcel = await fake.tracker.track(TrackedParcel(Carrier.YUNDA, "462899999999999"))

    assert parcel is not None
    assert parcel.status is status


async def test_a_parcel_that_nobody_scanned_is_none_and_no_failure(fake: Fake) -> None:
    await fake.control(send={"company": "韵达快递", "number": "462899999999999"})

    assert await fake.tracker.track(TrackedParcel(Carrier.YUNDA, "462899999999999")) is None
    assert await fake.tracker.track(TrackedParcel(Carrier.YUNDA, "462800000000000")) is None


async def test_a_scan_of_the_shops_control_is_seen_by_the_tracker(fake: Fake) -> None:
    scan = {"waybill": SILENT.number, "text": "【上海市】派件中", "state": 5}
    await control(f"{fake.root}/youzan", scan=scan)

    parcel = await fake.tracker.track(SILENT)

    assert parcel is not None
    assert (parcel.scans[0].text, parcel.status) == (
        "【上海市】派件中",
        ParcelStatus.OUT_FOR_DELIVERY,
    )


@pytest.mark.parametrize(
    ("number", "carrier"),
    [
        ("YT7489920153386", Carrier.YUANTONG),
        ("SF1999999999999", Carrier.SHUNFENG),
        ("773301885240917", Carrier.SHENTONG),
        ("??", None),
    ],
)
async def test_a_carrier_is_known_by_the_number(
    fake: Fake, number: str, carrier: Carrier | None
) -> None:
    assert await fake.tracker.company_of(number) is carrier


async def test_a_carrier_without_a_code_is_refused_without_asking(fake: Fake) -> None:
    with pytest.raises(Refused):
        await fake.tracker.track(TrackedParcel(None, "YT7489920153386"))


async def test_a_subscription_is_taken_once_and_said_to_be_there_then(fake: Fake) -> None:
    first = await fake.tracker.subscribe(SILENT, NOWHERE)
    again = await fake.tracker.subscribe(SILENT, NOWHERE)

    assert first.result is SubscriptionResult.OK
    assert again.result is SubscriptionResult.ALREADY


async def test_a_subscription_without_the_phone_is_refused_with_a_reason(fake: Fake) -> None:
    refused = await fake.tracker.subscribe(OUT_ZTO, NOWHERE)

    assert refused.result is SubscriptionResult.REFUSED
    assert "手机" in refused.reason


@pytest.mark.parametrize(
    ("which", "error", "kind"),
    [
        ("kuaidi100", "busy", Unavailable),
        ("kuaidi100", "overload", Unavailable),
        ("kuaidi100", "sign", AuthExpired),
        ("kuaidi100", "balance", AuthExpired),
        ("kuaidi100", "phone", Refused),
        ("kdniao", "busy", Unavailable),
        ("kdniao", "sign", AuthExpired),
        ("kdniao", "plan", AuthExpired),
        ("kdniao", "param", Refused),
    ],
)
async def test_a_refusal_is_the_right_kind(which: str, error: str, kind: type[DeskError]) -> None:
    async with opened(which) as fake:
        await fake.control(fail={"method": _QUERY[which], "error": error})
        with pytest.raises(kind):
            await fake.tracker.track(SILENT)
        assert await fake.tracker.track(SILENT) is not None


@pytest.mark.parametrize(
    ("which", "error", "kind"),
    [
        ("kuaidi100", "nothing", Unavailable),
        ("kuaidi100", "key", AuthExpired),
        ("kuaidi100", "balance", AuthExpired),
        ("kdniao", "busy", Unavailable),
        ("kdniao", "plan", AuthExpired),
    ],
)
async def test_a_subscription_that_failed_is_the_right_kind(
    which: str, error: str, kind: type[DeskError]
) -> None:
    async with opened(which) as fake:
        await fake.control(fail={"method": _SUBSCRIBE[which], "error": error})
        with pytest.raises(kind):
            await fake.tracker.subscribe(SILENT, NOWHERE)


@pytest.mark.parametrize("error", ["data", "unwanted", "stranger"])
async def test_kuaidi100_says_why_it_takes_no_subscription(error: str) -> None:
    async with opened("kuaidi100") as fake:
        await fake.control(fail={"method": "subscribe", "error": error})
        refused = await fake.tracker.subscribe(SILENT, NOWHERE)
    assert refused.result is SubscriptionResult.REFUSED
    assert refused.reason != ""


@pytest.mark.parametrize(
    ("which", "other"),
    [
        ("kuaidi100", {"key": "wrong"}),
        ("kuaidi100", {"customer": "wrong"}),
        ("kdniao", {"api_key": "wrong"}),
        ("kdniao", {"ebusiness_id": "1"}),
    ],
)
async def test_wrong_credentials_are_for_a_person(which: str, other: dict[str, str]) -> None:
    async with opened(which, **other) as fake:
        with pytest.raises(AuthExpired):
            await fake.tracker.track(SILENT)


async def test_a_tracker_that_is_down_is_unavailable(fake: Fake) -> None:
    await fake.control(down=True)

    with pytest.raises(Unavailable):
        await fake.tracker.track(SILENT)


async def test_a_question_whose_answer_broke_off_is_not_asked_again(fake: Fake) -> None:
    await fake.control(break_body=1)

    with pytest.raises(Unavailable):
        await fake.tracker.track(SILENT)


async def test_kuaidi100_locks_a_number_that_is_asked_for_twice_in_half_an_hour() -> None:
    async with opened("kuaidi100") as fake:
        await fake.tracker.track(SILENT)
        with pytest.raises(Unavailable):
            await fake.tracker.track(SILENT)
        await fake.control(pass_hours=0.6)
        assert await fake.tracker.track(SILENT) is not None


async def test_the_router_is_never_locked_out_and_goes_on_with_the_other() -> None:
    clock = Clock()
    async with (
        fake_trackers(clock) as root,
        connected_trackers(tracker_entries(root)) as trackers,
    ):
        router = Trackers(trackers, MemoryCache(clock), clock)
        for _ in range(5):
            assert (await router.track(SILENT)).tracker == "kuaidi100"
        await control(f"{root}/kuaidi100", pass_hours=0.6, down=True)
        told = await router.track(SILENT)
        assert (told.tracker, told.why) == ("kdniao", None)
        await control(f"{root}/kdniao", pass_hours=5, down=True)
        old = await router.track(SILENT)
    assert old.parcel == told.parcel
    assert old.age(clock.now()) > timedelta(hours=4)
    assert old.why is not None
