"""What is heard of a parcel in any order ends in the same knowledge of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from desk.parcels.following import begin, given_up, next_look, seen, subscribed
from desk.parcels.judging import awake_at, is_over, next_check, tomorrow
from desk.parcels.model import SentOrder, Silence
from desk.parcels.places import place_in
from desk.shops.port import Parcel, ParcelStatus, Scan
from desk.shops.routes import Usual
from desk.shops.stuck import Patience, StuckWhy, stuck
from tests.clocks import NOON

HOUR = timedelta(hours=1)
SENT = SentOrder("tmall", "2816", NOON)
NAMED = Parcel("圆通速递", "yt1", ParcelStatus.UNKNOWN, ())
FOLLOWED = begin(SENT, NAMED, NOON)
USUAL = Usual(24 * HOUR, 72 * HOUR)


def told(*hours: float, status: ParcelStatus = ParcelStatus.IN_TRANSIT) -> Parcel:
    """A parcel with scans so many hours after noon."""
    scans = tuple(Scan(NOON + each * HOUR, f"【杭州市】第{each}小时") for each in hours)
    return Parcel("YTO", "YT1", status, scans)


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))))
def test_pushes_in_any_order_and_twice_end_alike(order: tuple[int, ...]) -> None:
    pushes = (told(1), told(2, 1), told(5, 2, 1, status=ParcelStatus.OUT_FOR_DELIVERY))
    known = FOLLOWED
    for number in (*order, *order):
        known = seen(known, pushes[number], NOON)
    assert [scan.at for scan in known.parcel.scans] == [NOON + each * HOUR for each in (5, 2, 1)]
    assert known.parcel.status is ParcelStatus.OUT_FOR_DELIVERY
    assert known.parcel.carrier == "圆通速递"
    assert known.origin == "浙江"


def test_what_arrived_is_asked_for_no_more_and_stays_arrived() -> None:
    there = seen(FOLLOWED, told(9, 1, status=ParcelStatus.DELIVERED), NOON + 10 * HOUR)
    assert there.delivered_at == NOON + 9 * HOUR
    assert (there.subscribe_at, there.look_at) == (None, None)
    assert seen(there, told(11), NOON + 12 * HOUR) == there
    assert next_look(there, NOON) is None


def test_a_shop_that_only_says_delivered_is_believed() -> None:
    bare = replace(NAMED, status=ParcelStatus.DELIVERED)
    assert seen(FOLLOWED, bare, NOON + HOUR).delivered_at == NOON + HOUR


def test_a_shop_without_scans_covers_none_that_are_known() -> None:
    known = seen(FOLLOWED, told(1), NOON)
    assert seen(known, replace(NAMED, status=ParcelStatus.PICKED_UP), NOON) == known


def test_a_tracker_that_gave_up_is_asked_once_more_after_half_an_hour() -> None:
    watched = subscribed(FOLLOWED, "kuaidi100", NOON)
    assert watched.subscribe_at is None
    again = given_up(watched, NOON)
    assert again.subscribe_at == NOON + timedelta(minutes=31)
    assert given_up(subscribed(again, "kuaidi100", NOON), NOON).subscribe_at is None


def test_a_silence_is_over_when_it_moves_and_lateness_only_at_the_door() -> None:
    known = seen(FOLLOWED, told(1), NOON)
    silent = replace(known, silence=Silence(StuckWhy.SILENT, NOON + HOUR, NOON))
    assert not is_over(silent)
    assert is_over(seen(silent, told(2), NOON))
    late = replace(silent, silence=Silence(StuckWhy.LATE, NOON + HOUR, NOON))
    assert not is_over(seen(late, told(2), NOON))
    assert is_over(seen(late, told(2, status=ParcelStatus.DELIVERED), NOON))


@pytest.mark.parametrize("status", [ParcelStatus.IN_TRANSIT, ParcelStatus.EXCEPTION])
@pytest.mark.parametrize("scans", [(), (1,), (30, 1), (60, 1)])
def test_no_parcel_is_stuck_before_it_is_judged_again(
    scans: tuple[float, ...], status: ParcelStatus
) -> None:
    known = seen(FOLLOWED, told(*scans, status=status), NOON)
    now = NOON + (max(scans, default=0)) * HOUR
    patience = Patience()
    due = next_check(known, USUAL, now, patience)
    assert due is not None
    before = due - timedelta(minutes=10)
    assert stuck(known.parcel, USUAL, max(before, now), known.shipped_at, patience) is None


def test_people_are_told_between_eight_and_ten() -> None:
    night = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    morning = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert awake_at(NOON) == NOON
    assert awake_at(night) == morning
    assert awake_at(night + 4 * HOUR) == morning
    assert tomorrow(NOON) == morning


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("【浙江省杭州市】已揽收", "浙江"),
        ("【义乌市】快件离开", "浙江"),
        ("[上海市] 派件中", "上海"),
        ("快件到达【张家口转运中心】", "河北"),
        ("快递员（138）正在派送", ""),
        ("商家已发货，快件已揽收", ""),
    ],
)
def test_a_scan_names_its_province(text: str, province: str) -> None:
    assert place_in(text) == province
