"""A deadline runs, stands still, is measured anew, and is judged by when somebody acted."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.ids import TicketId, derived
from desk.sla.calendar import ALWAYS, BusinessCalendar
from desk.sla.deadline import Deadline, Measure, judged, met
from desk.sla.policy import Counting, Target, Which
from tests.desk.sla.calendars import CHINESE_OFFICE, at, calendars, moments, spans

HOUR = timedelta(hours=1)
TICKET = TicketId(derived("ticket"))
CLOCK = Measure(ALWAYS)
OFFICE = Measure(CHINESE_OFFICE)
counted = st.sampled_from((Counting.BUSINESS, Counting.ALWAYS))


def started(measure: Measure = CLOCK) -> Deadline:
    target = Target(8 * HOUR, Counting.BUSINESS)
    return measure.begin(TICKET, Which.SOLUTION, target, at(11, 23, 9))


def test_it_warns_when_three_quarters_have_passed() -> None:
    assert started().warn_at == at(11, 23, 15)
    assert started().looked_at == at(11, 23, 15)


def test_while_it_is_paused_nobody_looks_and_nothing_is_used() -> None:
    paused = CLOCK.pause(started(), at(11, 23, 12))
    assert paused.looked_at is None
    going = CLOCK.resume(paused, at(11, 24, 12))
    assert (going.left, going.due_at) == (5 * HOUR, at(11, 24, 17))
    assert going.warn_at == at(11, 24, 15)


def test_a_pause_over_the_night_costs_only_its_open_hours() -> None:
    paused = OFFICE.pause(started(OFFICE), at(11, 23, 17))
    going = OFFICE.resume(paused, at(11, 24, 10))
    assert going.due_at == at(11, 24, 10)
    assert OFFICE.left(going, at(11, 24, 10)) == timedelta()


def test_what_was_late_when_it_was_paused_stays_late() -> None:
    paused = CLOCK.pause(started(), at(11, 23, 20))
    assert paused.breached_at == at(11, 23, 17)
    assert CLOCK.resume(paused, at(11, 25, 9)).breached_at == at(11, 23, 17)


def test_an_act_in_time_is_in_time_however_late_somebody_looks() -> None:
    done = met(started(), at(11, 23, 16))
    assert judged(done, at(11, 25, 9)).breached_at is None


def test_an_act_after_it_was_due_is_late_even_if_nobody_looked() -> None:
    assert met(started(), at(11, 23, 18)).breached_at == at(11, 23, 17)


def test_an_act_at_the_very_moment_is_in_time() -> None:
    assert met(started(), at(11, 23, 17)).breached_at is None


def test_a_look_that_was_faster_than_an_act_in_time_is_taken_back() -> None:
    swept = judged(started(), at(11, 23, 18))
    assert swept.breached_at == at(11, 23, 17)
    assert met(swept, at(11, 23, 17)).breached_at is None


def test_a_higher_priority_keeps_what_has_run() -> None:
    hurried = CLOCK.retarget(started(), Target(4 * HOUR, Counting.BUSINESS), at(11, 23, 10))
    assert hurried.due_at == at(11, 23, 13)


def test_who_has_to_hurry_all_at_once_keeps_the_time_of_a_warning() -> None:
    hurried = CLOCK.retarget(started(), Target(4 * HOUR, Counting.BUSINESS), at(11, 23, 14))
    assert hurried.due_at == at(11, 23, 15)
    assert hurried.breached_at is None


def test_to_hurry_never_gives_more_time() -> None:
    hurried = CLOCK.retarget(started(), Target(7 * HOUR, Counting.BUSINESS), at(11, 23, 16, 30))
    assert hurried.due_at == at(11, 23, 17)


def test_a_lower_priority_gives_more_time_and_keeps_what_has_run() -> None:
    eased = CLOCK.retarget(started(), Target(24 * HOUR, Counting.BUSINESS), at(11, 23, 15))
    assert eased.due_at == at(11, 24, 9)


@given(calendars, counted, moments, spans, spans)
def test_a_pause_of_no_length_changes_nothing(
    calendar: BusinessCalendar,
    counting: Counting,
    now: datetime,
    within: timedelta,
    later: timedelta,
) -> None:
    measure = Measure(calendar)
    running = measure.begin(TICKET, Which.SOLUTION, Target(within, counting), now)
    then = now + later
    if running.due_at < then:
        return
    again = measure.resume(measure.pause(running, then), then)
    assert again.due_at == max(running.due_at, then)


@given(calendars, counted, moments, spans, st.lists(spans, min_size=2, max_size=2))
def test_the_same_is_left_after_a_pause_as_before(
    calendar: BusinessCalendar,
    counting: Counting,
    now: datetime,
    within: timedelta,
    waits: list[timedelta],
) -> None:
    measure = Measure(calendar)
    running = measure.begin(TICKET, Which.SOLUTION, Target(within, counting), now)
    pause = now + waits[0]
    paused = measure.pause(running, pause)
    resumed = measure.resume(paused, pause + waits[1])
    assert measure.left(resumed, pause + waits[1]) == measure.left(running, pause)
