"""A parcel is stuck when it is silent for longer than is usual, and never when it has arrived."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.pace import Season, counted
from desk.shops.port import Parcel, ParcelStatus, Scan
from desk.shops.routes import Usual
from desk.shops.stuck import Patience, StuckWhy, stuck

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
USUAL = Usual(24 * HOUR, 72 * HOUR)
DOUBLE_ELEVEN = Season(date(2026, 11, 11), date(2026, 11, 20), 2.0)
MOVING = ParcelStatus.IN_TRANSIT


def parcel(*hours: float, status: ParcelStatus = MOVING, text: str = "到达上海转运中心") -> Parcel:
    """A parcel scanned so many hours after Monday morning; newest first."""
    scans = [Scan(MONDAY + each * HOUR, text) for each in hours]
    ordered = tuple(sorted(scans, key=lambda scan: scan.at, reverse=True))
    return Parcel("圆通速递", "YT1", status, ordered)


def why(
    found: Parcel, hours: float, *, sent: float | None = 0, patience: Patience | None = None
) -> StuckWhy | None:
    shipped_at = None if sent is None else MONDAY + sent * HOUR
    told = stuck(found, USUAL, MONDAY + hours * HOUR, shipped_at, patience or Patience())
    return told.why if told else None


@pytest.mark.parametrize(
    ("scans", "now", "expected"),
    [
        ((1,), 25, None),
        ((1,), 31, None),
        ((1,), 31.1, StuckWhy.SILENT),
        ((1, 30), 55, None),
        ((1, 30), 60.5, StuckWhy.SILENT),
        ((1, 20, 40, 60, 80, 95), 96, None),
        ((1, 20, 40, 60, 80, 100), 107, None),
        ((1, 20, 40, 60, 80, 100), 109, StuckWhy.LATE),
        ((), 36, None),
        ((), 36.1, StuckWhy.NOT_PICKED_UP),
    ],
)
def test_silence_is_measured_against_what_is_usual(
    scans: tuple[float, ...], now: float, expected: StuckWhy | None
) -> None:
    assert why(parcel(*scans), now) is expected


def test_what_is_moved_about_for_too_long_is_late() -> None:
    always = parcel(*range(1, 200, 10))
    assert why(always, 107) is None
    assert why(always, 109) is StuckWhy.LATE


def test_the_length_of_the_silence_and_the_usual_one_are_told() -> None:
    told = stuck(parcel(1), USUAL, MONDAY + 49 * HOUR, MONDAY)
    assert told is not None
    assert (told.since, told.silent, told.usual) == (MONDAY + HOUR, 48 * HOUR, 24 * HOUR)


@pytest.mark.parametrize(
    ("scanned", "bears"),
    [(14, 30), (4 * 24 + 13, 2 + 48 + 4), (5 * 24 + 15, 24 + 18)],
    ids=["Monday at 23:00", "Friday at 22:00", "Sunday at midnight"],
)
def test_a_weekends_hours_count_half(scanned: float, bears: float) -> None:
    # The route bears 30 hours of silence as carriers count them.
    found = parcel(scanned)
    assert why(found, scanned + bears, sent=None) is None
    assert why(found, scanned + bears + 0.1, sent=None) is StuckWhy.SILENT


def test_from_monday_to_monday_six_days_count() -> None:
    week = timedelta(days=7)
    assert counted(MONDAY, MONDAY + week) == timedelta(days=6)
    assert counted(MONDAY + week, MONDAY) == timedelta()


def test_in_a_season_more_is_borne_and_after_it_no_more() -> None:
    patience = Patience(seasons=(DOUBLE_ELEVEN,))
    assert why(parcel(1), 50) is StuckWhy.SILENT
    assert why(parcel(1), 50, patience=patience) is None
    assert why(parcel(1), 62, patience=patience) is StuckWhy.SILENT
    later = 24.0 * 7
    assert why(parcel(later + 1), later + 33, sent=None, patience=patience) is StuckWhy.SILENT


@pytest.mark.parametrize("status", [ParcelStatus.DELIVERED, ParcelStatus.RETURNING])
@pytest.mark.parametrize("scans", [(), (1,), (1, 30)])
def test_what_has_arrived_or_goes_back_is_never_stuck(
    status: ParcelStatus, scans: tuple[float, ...]
) -> None:
    assert why(parcel(*scans, status=status), 5000) is None


@pytest.mark.parametrize(
    "text", ["已送达【菜鸟驿站】，取件码1-2-3", "已放入丰巢快递柜", "请到代收点自提"]
)
def test_what_waits_for_the_customer_is_not_stuck(text: str) -> None:
    waiting = parcel(1, status=ParcelStatus.OUT_FOR_DELIVERY, text=text)
    assert why(waiting, 90) is None


def test_trouble_that_the_carrier_tells_of_is_told_soon_but_not_at_once() -> None:
    troubled = parcel(1, 5, status=ParcelStatus.EXCEPTION)
    assert why(troubled, 10) is None
    assert why(troubled, 11.5) is StuckWhy.TROUBLE


def test_without_a_scan_and_without_a_day_of_sending_nothing_is_said() -> None:
    assert why(parcel(), 5000, sent=None) is None


@pytest.mark.parametrize("ahead", [1.5, 30, 24 * 365 * 40])
def test_a_scan_from_the_future_is_not_believed(ahead: float) -> None:
    assert why(parcel(1, 40 + ahead), 40) is StuckWhy.SILENT
    assert why(parcel(40 + ahead), 40) is StuckWhy.NOT_PICKED_UP


def test_a_clock_that_is_a_little_fast_is_taken_for_now() -> None:
    told = stuck(parcel(1, 40.5), USUAL, MONDAY + 40 * HOUR, MONDAY)
    assert told is None


_HOURS = st.lists(st.floats(0, 400), max_size=8)
_STATUS = st.sampled_from(ParcelStatus)


@given(scans=_HOURS, status=_STATUS, now=st.floats(0, 900), seed=st.randoms())
def test_the_order_of_scans_changes_nothing(
    scans: list[float], status: ParcelStatus, now: float, seed: object
) -> None:
    found = parcel(*scans, status=status)
    turned = Parcel(found.carrier, found.tracking_no, status, tuple(reversed(found.scans)))
    moment = MONDAY + now * HOUR
    assert stuck(found, USUAL, moment, MONDAY) == stuck(turned, USUAL, moment, MONDAY)


@given(scans=_HOURS, status=_STATUS, now=st.floats(0, 900), more=st.floats(0, 500))
def test_what_is_stuck_stays_stuck_until_something_happens(
    scans: list[float], status: ParcelStatus, now: float, more: float
) -> None:
    found = parcel(*(each for each in scans if each <= now), status=status)
    if why(found, now) is not None:
        assert why(found, now + more) is not None


@given(scans=_HOURS, now=st.floats(0, 900))
def test_a_new_scan_ends_every_silence(scans: list[float], now: float) -> None:
    found = parcel(*scans, now)
    assert why(found, now) in (None, StuckWhy.LATE)


@given(scans=_HOURS, status=_STATUS, now=st.floats(0, 900))
def test_what_is_told_is_true(scans: list[float], status: ParcelStatus, now: float) -> None:
    moment = MONDAY + now * HOUR
    told = stuck(parcel(*scans, status=status), USUAL, moment, MONDAY)
    if told is not None:
        assert told.since + told.silent == moment
        assert status not in (ParcelStatus.DELIVERED, ParcelStatus.RETURNING)
        assert told.silent >= timedelta()


@given(start=st.floats(0, 2000), middle=st.floats(0, 500), rest=st.floats(0, 500))
def test_time_counts_the_same_in_one_stretch_and_in_two(
    start: float, middle: float, rest: float
) -> None:
    first = MONDAY + start * HOUR
    second, third = first + middle * HOUR, first + (middle + rest) * HOUR
    whole = counted(first, third)
    parts = counted(first, second) + counted(second, third)
    assert abs(whole - parts) < timedelta(milliseconds=1)
    assert (third - first) / 2 - timedelta(milliseconds=1) <= whole <= third - first
