"""The merchant's `sla` section: what it says holds, what is wrong is named with its place."""

from datetime import date, datetime, timedelta

import pytest
import yaml

from bot.merchant import BadShopsFile
from bot.sla.holidays import chinese_holidays
from bot.sla.reading import read_terms
from desk.kernel.clock import SHANGHAI
from desk.sla.arithmetic import add_business_time
from desk.sla.calendar import DayKind
from desk.sla.policy import Counting, Target, Which
from desk.sla.terms import Terms
from desk.staff.hours import ServiceHours
from desk.tickets.model import Priority, TicketKind, TicketState

EVERYTHING = """
shifts: {default: "09:00-18:00", sat: ["10:00-14:00", "20:00-02:00"], sun: closed}
holidays: closed
make_up: "09:00-18:00"
special:
  2026-12-31: "09:00-15:00"
  2026-12-30: closed
warn_percent: 50
pauses: [waiting_customer, waiting_inside]
promises:
  - {kind: invoice, solution: {within: 3d, clock: business}}
  - {priority: urgent, first: 5m}
ladders:
  - {id: untouched, use: false}
  - id: invoice_late
    when: breach
    of: solution
    kinds: [invoice]
    steps: [{after: 0m, to: [owner]}, {after: 1d, to: [manager, customer]}]
"""


def read(text: str) -> Terms:
    return read_terms(yaml.safe_load(text), ServiceHours(), BadShopsFile)


def here(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def test_shifts_holidays_and_days_of_their_own_make_the_calendar() -> None:
    calendar = read(EVERYTHING).calendar
    hour = timedelta(hours=1)
    assert calendar.open_at(here(11, 29, 1))  # Saturday's shift runs past midnight.
    assert not calendar.open_at(here(11, 29, 9))
    assert add_business_time(here(9, 30, 17), 2 * hour, calendar) == here(10, 8, 10)
    assert calendar.open_at(here(10, 10, 9))  # A Saturday that is worked like a weekday.
    assert not calendar.open_at(here(12, 30, 10))
    assert not calendar.open_at(here(12, 31, 16))


def test_promises_stand_over_the_houses_own() -> None:
    policy = read(EVERYTHING).policy
    invoice = policy.target(TicketKind.INVOICE, Priority.HIGH, Which.SOLUTION)
    assert invoice == Target(timedelta(days=3), Counting.BUSINESS)
    first = policy.target(TicketKind.RETURN, Priority.URGENT, Which.FIRST)
    assert first == Target(timedelta(minutes=5), Counting.BUSINESS)
    usual = policy.target(TicketKind.RETURN, Priority.URGENT, Which.SOLUTION)
    assert usual == Target(timedelta(hours=2), Counting.ATTENDED)
    assert (policy.warn_share, TicketState.WAITING_INSIDE in policy.pauses) == (0.5, True)


def test_ladders_are_added_replaced_and_taken_out_by_their_id() -> None:
    names = [each.id for each in read(EVERYTHING).ladders]
    assert "untouched" not in names
    assert names[-1] == "invoice_late"
    assert "untouched" in [each.id for each in read("{}").ladders]


def test_without_a_section_shops_work_on_holidays_as_always() -> None:
    assert read("{}").calendar.open_at(here(10, 1, 12))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{shift: {}}", "sla.shift"),
        ("{shifts: {mon: 9-18}}", "sla.shifts.mon"),
        ("{shifts: {mon: '09:00-25:00'}}", "sla.shifts.mon"),
        ("{shifts: {default: closed}}", "sla.shifts"),
        ("{special: {someday: closed}}", "sla.special"),
        ("{warn_percent: 100}", "sla.warn_percent"),
        ("{pauses: [solved]}", "sla.pauses"),
        ("{promises: [{kind: pizza}]}", "sla.promises[0].kind"),
        ("{promises: [{first: soon}]}", "sla.promises[0].first"),
        ("{ladders: [{when: breach}]}", "sla.ladders[0].id"),
        ("{ladders: [{id: x, when: breach}]}", "sla.ladders[0].of"),
        ("{ladders: [{id: x, when: untouched, steps: []}]}", "sla.ladders[0].steps"),
        (
            "{ladders: [{id: x, when: untouched, steps: [{after: 1h, to: [boss]}]}]}",
            "sla.ladders[0].steps[0].to",
        ),
        (
            "{ladders: [{id: x, when: untouched, steps: [{after: 2h, to: [owner]},"
            " {after: 1h, to: [owner]}]}]}",
            "sla.ladders[0].steps",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, where: str) -> None:
    with pytest.raises(BadShopsFile) as error:
        read(text)
    assert f"{where}：" in str(error.value)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2025, 1, 26), DayKind.MAKE_UP),
        (date(2025, 10, 8), DayKind.HOLIDAY),
        (date(2026, 2, 14), DayKind.MAKE_UP),
        (date(2026, 2, 23), DayKind.HOLIDAY),
        (date(2026, 2, 24), None),
        (date(2026, 10, 10), DayKind.MAKE_UP),
        (date(2026, 11, 22), None),
    ],
)
def test_days_as_the_state_council_announced_them(day: date, kind: DayKind | None) -> None:
    assert chinese_holidays().kind(day) is kind


def test_worked_days_are_weekends_and_as_many_days_are_free_as_announced() -> None:
    holidays = chinese_holidays()
    worked = [day for day, kind in holidays.days.items() if kind is DayKind.MAKE_UP]
    assert all(day.weekday() >= 5 for day in worked)
    free = [day for day, kind in holidays.days.items() if kind is DayKind.HOLIDAY]
    assert len([day for day in free if day.year == 2026]) == 33
