"""Business time adds up: tables of known days, and laws that hold for every calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given

from desk.kernel.errors import DeskError
from desk.sla.arithmetic import add_business_time, business_time_between
from desk.sla.calendar import ALWAYS, BusinessCalendar, Shift, calendar_of
from desk.sla.counting import due, ran
from desk.sla.policy import Counting
from desk.staff.hours import Open, ServiceHours
from tests.desk.sla.calendars import (
    CHINESE_OFFICE,
    NIGHT,
    OFFICE,
    at,
    calendars,
    moments,
    spans,
)

HOUR = timedelta(hours=1)
TABLE = [
    ("within a day", at(11, 23, 10), 2 * HOUR, at(11, 23, 12)),
    ("over the night", at(11, 23, 17), 2 * HOUR, at(11, 24, 10)),
    ("before the opening", at(11, 23, 3), HOUR, at(11, 23, 10)),
    ("up to the closing", at(11, 23, 16), 2 * HOUR, at(11, 23, 18)),
    ("over a weekend", at(11, 27, 17), 2 * HOUR, at(11, 30, 10)),
    ("over the golden week", at(9, 30, 17), 2 * HOUR, at(10, 8, 10)),
    ("on a make-up Saturday", at(10, 9, 17), 2 * HOUR, at(10, 10, 10)),
    ("on a make-up Sunday", at(9, 20, 8), HOUR, at(9, 20, 10)),
    ("on a plain Sunday", at(9, 13, 12), HOUR, at(9, 14, 10)),
]


@pytest.mark.parametrize(
    ("since", "span", "until"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_days_of_an_office(since: datetime, span: timedelta, until: datetime) -> None:
    assert add_business_time(since, span, CHINESE_OFFICE) == until
    assert business_time_between(since, until, CHINESE_OFFICE) == span


def test_a_shift_past_midnight_belongs_to_both_days() -> None:
    night = BusinessCalendar(NIGHT)
    assert night.open_at(at(11, 24, 1))
    assert not night.open_at(at(11, 24, 2))
    assert add_business_time(at(11, 23, 23), 4 * HOUR, night) == at(11, 24, 21)


def test_shifts_that_overlap_count_once() -> None:
    twice = BusinessCalendar(((Shift(540, 720), Shift(600, 780)),) * 7)
    assert business_time_between(at(11, 23, 0), at(11, 24, 0), twice) == 4 * HOUR


def test_a_day_that_the_merchant_closes_does_not_count() -> None:
    closed = BusinessCalendar(OFFICE, special={date(2026, 11, 24): ()})
    assert add_business_time(at(11, 23, 17), 2 * HOUR, closed) == at(11, 25, 10)


def test_a_calendar_that_never_opens_is_told_and_counts_nothing() -> None:
    never = BusinessCalendar(((),) * 7)
    with pytest.raises(DeskError, match=r"sla\.never_open"):
        add_business_time(at(11, 23, 9), HOUR, never)
    assert business_time_between(at(11, 23, 9), at(12, 23, 9), never) == timedelta()


@given(calendars, moments, spans)
def test_what_was_added_has_passed(
    calendar: BusinessCalendar, moment: datetime, span: timedelta
) -> None:
    assert (
        business_time_between(moment, add_business_time(moment, span, calendar), calendar) == span
    )


@given(calendars, moments, moments)
def test_what_has_passed_leads_to_the_same_moment_or_to_the_closing_before_it(
    calendar: BusinessCalendar, one: datetime, other: datetime
) -> None:
    since, until = sorted((one, other))
    passed = business_time_between(since, until, calendar)
    reached = add_business_time(since, passed, calendar)
    assert reached <= until
    assert business_time_between(reached, until, calendar) == timedelta()


@given(calendars, moments, spans, spans)
def test_more_time_is_never_earlier(
    calendar: BusinessCalendar, moment: datetime, one: timedelta, other: timedelta
) -> None:
    less, more = sorted((one, other))
    assert add_business_time(moment, less, calendar) <= add_business_time(moment, more, calendar)


@given(calendars, moments, moments, spans)
def test_who_begins_later_is_never_done_earlier(
    calendar: BusinessCalendar, one: datetime, other: datetime, span: timedelta
) -> None:
    first, then = sorted((one, other))
    assert add_business_time(first, span, calendar) <= add_business_time(then, span, calendar)


@given(calendars, moments, spans, spans)
def test_two_spans_one_after_the_other_are_one(
    calendar: BusinessCalendar, moment: datetime, one: timedelta, other: timedelta
) -> None:
    stepwise = add_business_time(add_business_time(moment, one, calendar), other, calendar)
    assert stepwise == add_business_time(moment, one + other, calendar)


@given(moments, spans)
def test_round_the_clock_every_hour_counts(moment: datetime, span: timedelta) -> None:
    assert add_business_time(moment, span, ALWAYS) == moment + span


@given(moments, spans)
def test_attended_time_is_what_the_service_hours_promise(moment: datetime, span: timedelta) -> None:
    hours = ServiceHours((Open(), Open(600, 1440), None, Open(0, 720), Open(), None, Open()))
    assert due(moment, span, Counting.ATTENDED, calendar_of(hours)) == hours.due(moment, span)


@given(calendars, moments, spans)
def test_in_no_counting_more_has_run_than_the_clock_shows(
    calendar: BusinessCalendar, moment: datetime, span: timedelta
) -> None:
    for counting in Counting:
        assert timedelta() <= ran(moment, moment + span, counting, calendar) <= span
