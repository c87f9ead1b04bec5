"""Laws of promised times, held against a plain count of minutes, over calendars of every kind."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import TicketId, derived
from desk.sla.arithmetic import business_time_between
from desk.sla.calendar import BusinessCalendar, DayKind, Shift
from desk.sla.deadline import Deadline, Measure, met
from desk.sla.policy import Counting, Target, Which
from tests.desk.sla.calendars import at, calendars, moments, spans

MINUTE = timedelta(minutes=1)
TICKET = TicketId(derived("ticket"))
minutes = st.integers(0, 61 * 1440).map(lambda later: at(9, 1, 0) + later * MINUTE)
"""Whole minutes of two months with a golden week, make-up workdays and the merchant's own days."""


def begun(
    calendar: BusinessCalendar, counting: Counting, now: datetime, within: timedelta
) -> tuple[Measure, Deadline]:
    measure = Measure(calendar)
    return measure, measure.begin(TICKET, Which.SOLUTION, Target(within, counting), now)


def is_open(calendar: BusinessCalendar, moment: datetime) -> bool:
    """Whether a shift of that day, or one of the day before past midnight, is under way."""
    here = moment.astimezone(SHANGHAI)
    minute = here.hour * 60 + here.minute
    for ahead, passed in ((0, minute), (1, minute + 1440)):
        day = here.date() - timedelta(days=ahead)
        week = calendar.week[day.weekday()]
        match calendar.holidays.kind(day):
            case DayKind.HOLIDAY:
                week = week if calendar.on_holiday is None else calendar.on_holiday
            case DayKind.MAKE_UP:
                week = week if calendar.on_make_up is None else calendar.on_make_up
        shifts = calendar.special.get(day, week)
        if any(each.since <= passed < each.until for each in shifts):
            return True
    return False


@given(calendars, minutes, st.integers(0, 2 * 1440))
def test_business_time_is_the_minutes_that_are_open_one_by_one(
    calendar: BusinessCalendar, since: datetime, count: int
) -> None:
    counted = sum(is_open(calendar, since + n * MINUTE) for n in range(count))
    assert business_time_between(since, since + count * MINUTE, calendar) == counted * MINUTE


@given(calendars, minutes)
def test_a_moment_is_open_where_a_shift_is_under_way(
    calendar: BusinessCalendar, moment: datetime
) -> None:
    assert calendar.open_at(moment) == is_open(calendar, moment)


@given(calendars, minutes, st.integers(1, 1440))
def test_business_time_is_due_within_or_at_the_end_of_an_open_minute(
    calendar: BusinessCalendar, since: datetime, count: int
) -> None:
    _, running = begun(calendar, Counting.BUSINESS, since, count * MINUTE)
    assert is_open(calendar, running.due_at - MINUTE)


@given(calendars, minutes, spans)
def test_attended_time_is_due_while_somebody_is_there(
    calendar: BusinessCalendar, since: datetime, within: timedelta
) -> None:
    _, running = begun(calendar, Counting.ATTENDED, since, within)
    opening = running.due_at - timedelta(hours=1)
    assert calendar.open_at(running.due_at) or calendar.open_at(opening)


@given(calendars, st.sampled_from(Counting), moments, spans, spans, spans)
def test_who_acts_later_is_never_better_off(
    calendar: BusinessCalendar,
    counting: Counting,
    now: datetime,
    within: timedelta,
    one: timedelta,
    other: timedelta,
) -> None:
    _, running = begun(calendar, counting, now, within)
    earlier, later = (met(running, now + each) for each in sorted((one, other)))
    assert earlier.breached_at is None or later.breached_at == earlier.breached_at


@given(calendars, st.sampled_from(Counting), moments, spans, spans)
def test_more_time_is_never_due_earlier(
    calendar: BusinessCalendar,
    counting: Counting,
    now: datetime,
    one: timedelta,
    other: timedelta,
) -> None:
    less, more = (begun(calendar, counting, now, each)[1] for each in sorted((one, other)))
    assert less.due_at <= more.due_at
    assert less.warn_at <= less.due_at


@given(
    calendars,
    st.sampled_from((Counting.BUSINESS, Counting.ALWAYS)),
    moments,
    spans,
    st.lists(spans, min_size=1, max_size=6),
)
def test_however_often_it_is_paused_it_has_run_as_long_as_was_promised_when_it_is_due(
    calendar: BusinessCalendar,
    counting: Counting,
    now: datetime,
    within: timedelta,
    stretches: list[timedelta],
) -> None:
    measure, deadline = begun(calendar, counting, now, within)
    ran, moment = timedelta(), now
    for number, stretch in enumerate(stretches):
        before, moment = moment, moment + stretch
        if number % 2:
            deadline = measure.resume(deadline, moment)
            continue
        assume(deadline.due_at > moment)
        ran += business_time_between(before, moment, calendar) if _open(counting) else stretch
        deadline = measure.pause(deadline, moment)
    if deadline.paused_at is not None:
        deadline = measure.resume(deadline, moment)
    rest = deadline.due_at
    ran += business_time_between(moment, rest, calendar) if _open(counting) else rest - moment
    assert ran == within or moment == rest


def _open(counting: Counting) -> bool:
    return counting is Counting.BUSINESS


@given(calendars, moments, spans, spans)
def test_attended_time_that_is_paused_for_no_time_is_due_as_before_or_goes_on_at_the_opening(
    calendar: BusinessCalendar, now: datetime, within: timedelta, later: timedelta
) -> None:
    measure, running = begun(calendar, Counting.ATTENDED, now, within)
    then = now + later
    assume(running.due_at >= then)
    again = measure.resume(measure.pause(running, then), then)
    if calendar.open_at(then):
        assert again.due_at == running.due_at
    assert again.due_at >= running.due_at


@given(
    calendars, st.sampled_from(Counting), moments, spans, st.lists(spans, min_size=3, max_size=3)
)
def test_a_pause_never_takes_time_away(
    calendar: BusinessCalendar,
    counting: Counting,
    now: datetime,
    within: timedelta,
    waits: list[timedelta],
) -> None:
    measure, running = begun(calendar, counting, now, within)
    pause = now + waits[0]
    assume(running.due_at >= pause)
    resumed = measure.resume(measure.pause(running, pause), pause + waits[1])
    assert resumed.due_at >= running.due_at
    assert resumed.breached_at is None


@given(calendars, moments, st.lists(spans, min_size=2, max_size=5))
def test_time_that_passes_in_pieces_is_the_time_that_passes(
    calendar: BusinessCalendar, now: datetime, pieces: list[timedelta]
) -> None:
    marks = [now]
    for each in pieces:
        marks.append(marks[-1] + each)
    whole = business_time_between(marks[0], marks[-1], calendar)
    parts = (business_time_between(one, then, calendar) for one, then in pairwise(marks))
    assert sum(parts, timedelta()) == whole


def test_who_is_given_an_hour_after_the_opening_is_not_warned_after_it_was_due() -> None:
    day = (Shift(9 * 60, 18 * 60),)
    calendar = BusinessCalendar((day,) * 7)
    evening, after_opening = at(9, 7, 20), at(9, 9, 10)
    deadline = begun(calendar, Counting.ATTENDED, evening, timedelta(hours=24))[1]
    assert (deadline.warn_at, deadline.due_at) == (after_opening, after_opening)
