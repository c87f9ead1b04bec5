"""Several trackers are one: polite to each, with memory, and with a stand-in."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.shops.answers import Why
from desk.shops.cache import Kept, MemoryCache
from desk.shops.carriers import Carrier, carrier_named
from desk.shops.parcel_memory import POLITE
from desk.shops.port import Parcel, ParcelStatus, Scan
from desk.shops.trackers import Subscribed, Trackers
from desk.shops.tracking import (
    ParcelPush,
    Subscription,
    SubscriptionResult,
    TrackedParcel,
    Watch,
    event_as_push,
    push_as_event,
)
from tests.clocks import FrozenClock

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ASKED = TrackedParcel(Carrier.YUANTONG, "YT1")
MOMENT = timedelta(minutes=1)


def parcel(text: str = "到达上海转运中心") -> Parcel:
    return Parcel("圆通速递", "YT1", ParcelStatus.IN_TRANSIT, (Scan(START, text),))


class ScriptedTracker:
    """A tracker that answers what the test says, and counts."""

    def __init__(self, name: str, answer: Parcel | DeskError | None) -> None:
        self.id = self.name = name
        self.answer = answer
        self.detected: Carrier | None = None
        self.asked: list[TrackedParcel] = []
        self.named: list[str] = []
        self.subscribed: list[tuple[str, str]] = []
        self.companies = frozenset(Carrier)

    def knows(self, company: Carrier) -> bool:
        return company in self.companies

    async def company_of(self, number: str) -> Carrier | None:
        self.named.append(number)
        return self.detected

    async def track(self, parcel: TrackedParcel) -> Parcel | None:
        self.asked.append(parcel)
        await asyncio.sleep(0)
        if isinstance(self.answer, DeskError):
            raise self.answer
        return self.answer

    async def subscribe(self, parcel: TrackedParcel, callback_url: str) -> Subscription:
        if isinstance(self.answer, DeskError):
            raise self.answer
        self.subscribed.append((parcel.number, callback_url))
        return Subscription(SubscriptionResult.OK)


class House:
    """Two trackers behind one router with a clock that can be turned."""

    def __init__(
        self, first: Parcel | DeskError | None, second: Parcel | DeskError | None = None
    ) -> None:
        self.clock = FrozenClock(START)
        self.first = ScriptedTracker("first", first)
        self.second = ScriptedTracker("second", second)
        self.memory = MemoryCache(self.clock)
        urls = {"first": "https://bot/first", "second": "https://bot/second"}
        self.trackers = Trackers((self.first, self.second), self.memory, self.clock, urls)

    def pass_time(self, by: timedelta) -> None:
        self.clock.turn(by)


async def test_the_first_that_knows_the_carrier_is_asked_and_believed() -> None:
    house = House(parcel())
    told = await house.trackers.track(ASKED)
    assert (told.parcel, told.as_of, told.tracker, told.why) == (parcel(), START, "first", None)
    assert house.second.asked == []


async def test_who_does_not_know_the_carrier_is_passed_over() -> None:
    house = House(parcel("first"), parcel("second"))
    house.first.companies = frozenset({Carrier.EMS})
    assert (await house.trackers.track(ASKED)).parcel == parcel("second")
    assert house.first.asked == []


async def test_within_half_an_hour_the_last_answer_is_served_with_its_age() -> None:
    house = House(parcel("old"))
    await house.trackers.track(ASKED)
    house.first.answer = parcel("new")
    house.pass_time(POLITE - MOMENT)
    told = await house.trackers.track(ASKED)
    assert (told.parcel, told.age(house.clock.now())) == (parcel("old"), POLITE - MOMENT)
    house.pass_time(MOMENT)
    assert (await house.trackers.track(ASKED)).parcel == parcel("new")
    assert len(house.first.asked) == 2


@pytest.mark.parametrize("failure", [Unavailable("x", "x"), AuthExpired("x", "x")])
async def test_the_second_stands_in_where_the_first_cannot_answer(failure: DeskError) -> None:
    house = House(failure, parcel())
    told = await house.trackers.track(ASKED)
    assert (told.parcel, told.tracker) == (parcel(), "second")


async def test_a_question_that_got_lost_counts_as_asked() -> None:
    house = House(Unavailable("x", "x"), Unavailable("x", "x"))
    for _ in range(3):
        told = await house.trackers.track(ASKED)
        assert (told.parcel, told.as_of, told.why) == (None, None, Why.UNAVAILABLE)
    assert (len(house.first.asked), len(house.second.asked)) == (1, 1)


async def test_a_refusal_is_final_for_now_and_nobody_else_is_asked() -> None:
    house = House(Refused("kuaidi100.408", "手机尾号不对"), parcel())
    assert (await house.trackers.track(ASKED)).why is Why.REFUSED
    assert (await house.trackers.track(ASKED)).why is Why.REFUSED
    assert (len(house.first.asked), house.second.asked) == (1, [])


async def test_nothing_seen_yet_is_no_failure_and_not_asked_again_at_once() -> None:
    house = House(None, parcel())
    for _ in range(2):
        told = await house.trackers.track(ASKED)
        assert (told.parcel, told.as_of, told.why) == (None, None, None)
    assert (len(house.first.asked), house.second.asked) == (1, [])


async def test_who_lacks_the_phone_is_refused_without_a_question_until_it_is_there() -> None:
    house = House(parcel())
    assert (await house.trackers.track(TrackedParcel(Carrier.SHUNFENG, "SF1"))).why is Why.REFUSED
    assert house.first.asked == []
    known = TrackedParcel(Carrier.SHUNFENG, "SF1", "5678")
    assert (await house.trackers.track(known)).parcel == parcel()


async def test_letters_of_a_number_may_be_small() -> None:
    house = House(parcel())
    await house.trackers.track(ASKED)
    await house.trackers.track(TrackedParcel(Carrier.YUANTONG, " yt1"))
    assert len(house.first.asked) == 1


async def test_a_parcel_is_watched_by_the_first_that_can() -> None:
    house = House(None)
    told = await house.trackers.subscribe(ASKED)
    assert told == Subscribed("first", Subscription(SubscriptionResult.OK))
    assert house.first.subscribed == [("YT1", "https://bot/first")]
    house.first.answer = Unavailable("x", "x")
    told = await house.trackers.subscribe(ASKED)
    assert told is not None
    assert told.tracker == "second"
    house.second.answer = AuthExpired("x", "x")
    assert await house.trackers.subscribe(ASKED) is None


async def test_where_nobody_can_push_nothing_is_subscribed() -> None:
    house = House(None)
    closed = Trackers((house.first,), house.memory, house.clock, {"first": ""})
    assert await closed.subscribe(ASKED) is None
    assert house.first.subscribed == []


async def test_who_failed_last_is_told_with_the_reason_until_it_answers_again() -> None:
    house = House(AuthExpired("x", "x"), parcel())
    assert [each.why for each in house.trackers.health()] == [None, None]
    await house.trackers.track(ASKED)
    first, second = house.trackers.health()
    assert (first.name, first.why, first.last_success) == ("first", Why.AUTH_EXPIRED, None)
    assert (second.why, second.last_success) == (None, START)
    house.first.answer = parcel()
    house.pass_time(POLITE)
    await house.trackers.track(ASKED)
    assert house.trackers.health()[0].why is None


async def test_what_was_known_outlives_an_outage() -> None:
    house = House(parcel())
    await house.trackers.track(ASKED)
    house.first.answer = house.second.answer = Unavailable("x", "x")
    house.pass_time(timedelta(hours=5))
    told = await house.trackers.track(ASKED)
    assert (told.parcel, told.as_of, told.why) == (parcel(), START, Why.UNAVAILABLE)


async def test_a_push_is_as_good_as_an_answer() -> None:
    house = House(Unavailable("x", "x"))
    push = ParcelPush("first", "p1", "YT1", Carrier.YUANTONG, parcel(), Watch.GOES_ON)
    await house.trackers.learn(push)
    told = await house.trackers.track(ASKED)
    assert (told.parcel, told.tracker) == (parcel(), "first")
    assert house.first.asked == []


async def test_a_push_that_comes_late_does_not_turn_time_back() -> None:
    house = House(parcel("上海"))
    await house.trackers.track(ASKED)
    earlier = Scan(START - timedelta(hours=3), "嘉兴")
    late = Parcel("圆通速递", "YT1", ParcelStatus.IN_TRANSIT, (earlier,))
    await house.trackers.learn(
        ParcelPush("first", "p1", "YT1", Carrier.YUANTONG, late, Watch.GOES_ON)
    )
    assert (await house.trackers.track(ASKED)).parcel == parcel("上海")


def test_a_push_is_kept_whole() -> None:
    push = ParcelPush("first", "p1", "YT1", Carrier.YUANTONG, parcel(), Watch.DONE)
    event = push_as_event(push)
    assert (event.shop, event.id, event.subject_id) == ("first", "p1", "YT1")
    assert event_as_push(event) == push
    gave_up = ParcelPush("first", "p2", "YT1", None, None, Watch.GIVEN_UP)
    assert event_as_push(push_as_event(gave_up)) == gave_up


async def test_many_who_ask_at_once_are_one_question() -> None:
    house = House(parcel())
    told = await asyncio.gather(*(house.trackers.track(ASKED) for _ in range(8)))
    assert {each.parcel for each in told} == {parcel()}
    assert len(house.first.asked) == 1


async def test_an_unknown_carrier_is_found_by_the_number() -> None:
    house = House(parcel())
    house.first.detected = Carrier.YUANTONG
    await house.trackers.track(TrackedParcel(None, "YT1", "5678"))
    assert house.first.asked == [TrackedParcel(Carrier.YUANTONG, "YT1", "5678")]
    house.pass_time(timedelta(days=1))
    await house.trackers.track(TrackedParcel(None, "YT1", "5678"))
    assert house.first.named == ["YT1"]


async def test_a_number_that_nobody_places_is_told_as_unknown() -> None:
    house = House(parcel())
    told = await house.trackers.track(TrackedParcel(None, "YT1"))
    assert (told.parcel, told.why) == (None, None)
    assert house.first.asked == []


class AwayCache:
    """A shared memory whose server is away."""

    async def get(self, key: str) -> Kept | None:
        return None

    async def put(self, key: str, kept: Kept, ttl: timedelta) -> None:
        return


async def test_without_the_shared_memory_a_process_is_polite_by_itself() -> None:
    house = House(parcel())
    trackers = Trackers((house.first,), AwayCache(), house.clock)
    for _ in range(3):
        assert (await trackers.track(ASKED)).parcel == parcel()
    assert len(house.first.asked) == 1


async def test_a_memory_of_another_version_is_no_memory() -> None:
    house = House(parcel())
    await house.memory.put("parcel:known:YT1", Kept({"odd": 1}, START), timedelta(days=1))
    assert (await house.trackers.track(ASKED)).parcel == parcel()


@pytest.mark.parametrize(
    ("name", "carrier"),
    [
        ("中通快递", Carrier.ZHONGTONG),
        ("中通", Carrier.ZHONGTONG),
        ("中通快运", Carrier.ZHONGTONG_FREIGHT),
        ("顺丰速运有限公司", Carrier.SHUNFENG),
        (" 圆通 速递 ", Carrier.YUANTONG),
        ("ems", Carrier.EMS),
        ("sf", Carrier.SHUNFENG),
        ("jitu", Carrier.JITU),
        ("飞毛腿速递", None),
        ("", None),
    ],
)
def test_a_carrier_has_many_names(name: str, carrier: Carrier | None) -> None:
    assert carrier_named(name) is carrier


@pytest.mark.parametrize("carrier", Carrier)
def test_every_carrier_is_found_by_what_it_is_called(carrier: Carrier) -> None:
    assert carrier_named(carrier.chinese) is carrier
    assert carrier_named(carrier.value) is carrier


@pytest.mark.parametrize(
    ("company", "tail", "lacks"),
    [
        (Carrier.SHUNFENG, "", True),
        (Carrier.ZHONGTONG, "", True),
        (Carrier.SHUNFENG, "5678", False),
        (Carrier.YUANTONG, "", False),
        (None, "", False),
    ],
)
def test_some_carriers_want_the_phone(company: Carrier | None, tail: str, lacks: bool) -> None:
    assert TrackedParcel(company, "1", tail).lacks_phone is lacks
