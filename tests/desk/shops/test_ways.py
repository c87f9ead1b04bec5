"""Where a shop tells no way of a parcel, or an older one, a tracker completes it, with its age."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from desk.shops.answers import Answer, AnswerState, Why
from desk.shops.carriers import Carrier
from desk.shops.port import Order, OrderStatus, Parcel, ParcelStatus, Scan
from desk.shops.tracking import ParcelPush, TrackedParcel, Watch
from desk.shops.ways import TrackedWays
from tests.desk.shops.test_trackers import START, House, parcel

BARE = Parcel("圆通速递", "YT1", ParcelStatus.UNKNOWN, ())
ORDER = Order("jd", "1", OrderStatus.SHIPPED, None, "6688", START, START, START, Fen(1), ())
HOUR = timedelta(hours=1)


def told(*parcels: Parcel, state: AnswerState = AnswerState.FRESH) -> Answer[tuple[Parcel, ...]]:
    return Answer("jd", "京东旗舰店", state, parcels, START)


def ways(house: House) -> TrackedWays:
    return TrackedWays(house.trackers, house.clock)


async def test_a_parcel_without_scans_gets_those_of_a_tracker() -> None:
    house = House(parcel())
    answer = await ways(house).completed(told(BARE), ORDER)
    assert answer.value == (replace(BARE, status=ParcelStatus.IN_TRANSIT, scans=parcel().scans),)
    assert answer.state is AnswerState.FRESH
    assert house.first.asked == [TrackedParcel(Carrier.YUANTONG, "YT1", "6688")]


async def test_news_of_a_while_ago_are_told_with_their_age() -> None:
    house = House(parcel())
    await ways(house).completed(told(BARE), ORDER)
    house.pass_time(timedelta(minutes=20))
    answer = await ways(house).completed(told(BARE), ORDER)
    assert (answer.state, answer.as_of, answer.why) == (AnswerState.STALE, START, None)
    assert len(house.first.asked) == 1


async def test_a_shop_that_tells_the_way_is_not_checked_and_wins_when_it_is_newer() -> None:
    house = House(parcel())
    newer = replace(BARE, scans=(Scan(START + HOUR, "派件中"),))
    await house.trackers.track(TrackedParcel(Carrier.YUANTONG, "YT1"))
    assert await ways(house).completed(told(newer), ORDER) == told(newer)
    other = replace(newer, tracking_no="YT2")
    assert await ways(house).completed(told(other), ORDER) == told(other)
    assert len(house.first.asked) == 1


async def test_what_a_tracker_pushed_later_than_the_shop_told_wins() -> None:
    house = House(None)
    older = replace(BARE, scans=(Scan(START - HOUR, "已揽收"),))
    push = ParcelPush("first", "p1", "YT1", Carrier.YUANTONG, parcel(), Watch.GOES_ON)
    await house.trackers.learn(push)
    answer = await ways(house).completed(told(older), ORDER)
    assert answer.value is not None
    assert answer.value[0].scans == parcel().scans
    assert house.first.asked == []


async def test_a_shop_that_is_away_stays_away_in_the_answer() -> None:
    house = House(parcel())
    silent = replace(told(BARE, state=AnswerState.STALE), why=Why.UNAVAILABLE)
    answer = await ways(house).completed(silent, ORDER)
    assert (answer.state, answer.why) == (AnswerState.STALE, Why.UNAVAILABLE)
    assert answer.value is not None
    assert answer.value[0].scans


@pytest.mark.parametrize("nothing", [None, Unavailable("tracker.away", "查询服务暂时没有回应")])
async def test_without_a_tracker_s_word_the_answer_is_the_shop_s(
    nothing: Unavailable | None,
) -> None:
    house = House(nothing, nothing)
    assert await ways(house).completed(told(BARE), ORDER) == told(BARE)


async def test_a_slow_tracker_is_not_waited_for_and_heard_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House(parcel())
    go = asyncio.Event()

    async def slow(_parcel: TrackedParcel) -> Parcel:
        await go.wait()
        return parcel()

    monkeypatch.setattr(house.first, "track", slow)
    monkeypatch.setattr("desk.shops.ways._WAIT", timedelta(milliseconds=20))
    patient = ways(house)
    assert await patient.completed(told(BARE), ORDER) == told(BARE)
    go.set()
    answer = await patient.completed(told(BARE), ORDER)
    assert answer.value is not None
    assert answer.value[0].scans == parcel().scans
    await patient.close()
