"""Which digest is due when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digests import ALL
from bot.digests.base import period
from bot.digests.daily import DAILY
from bot.digests.spans import day, week, yesterday
from bot.digests.weekly import WEEKLY
from desk.kernel.clock import SHANGHAI
from desk.kernel.roles import Role


def here(text: str) -> datetime:
    """A moment written in Shanghai's time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "about"),
    [
        ("2026-11-21T09:00", "2026-11-19", "2026-11-20"),
        ("2026-11-21T23:59", "", "2026-11-20"),
        ("2026-11-21T08:59", "2026-11-18", "2026-11-19"),
        ("2026-11-21T00:30", "", "2026-11-19"),
        ("2026-11-28T12:00", "2026-11-20", "2026-11-27"),
        ("2027-01-01T09:30", "2026-12-30", "2026-12-31"),
    ],
)
def test_the_latest_one_missed_is_due(now: str, last: str, about: str) -> None:
    span = DAILY.due(here(now), last)
    assert span is not None
    assert period(span) == about


@pytest.mark.parametrize(
    ("now", "last"), [("2026-11-21T09:00", "2026-11-20"), ("2026-11-21T08:59", "2026-11-19")]
)
def test_what_has_been_sent_is_not_due_again(now: str, last: str) -> None:
    assert DAILY.due(here(now), last) is None


@pytest.mark.parametrize(
    ("now", "about"),
    [
        ("2026-11-23T09:05", "2026-11-16"),
        ("2026-11-23T09:04", "2026-11-09"),
        ("2026-11-29T23:00", "2026-11-16"),
        ("2026-11-30T10:00", "2026-11-23"),
    ],
)
def test_the_weekly_one_is_about_the_week_that_ended(now: str, about: str) -> None:
    span = WEEKLY.due(here(now))
    assert span is not None
    assert period(span) == about
    assert span.until - span.since == timedelta(days=7)
    assert WEEKLY.due(here(now), about) is None


def test_a_digest_is_planned_for_the_morning_after_its_span() -> None:
    span = DAILY.due(here("2026-11-21T15:00"))
    assert span is not None
    assert DAILY.planned(span) == here("2026-11-21T09:00")


def test_a_day_runs_from_midnight_to_midnight_in_shanghai() -> None:
    span = day(date(2026, 11, 20))
    assert span.since == datetime(2026, 11, 19, 16, tzinfo=UTC)
    assert span.until - span.since == timedelta(days=1)
    assert (span.first_day, span.last_day) == (date(2026, 11, 20), date(2026, 11, 20))


def test_yesterday_is_the_one_of_shanghai_even_in_the_small_hours() -> None:
    assert yesterday(here("2026-11-21T01:00")).first_day == date(2026, 11, 20)


def test_a_week_is_today_and_the_six_days_before() -> None:
    span = week(here("2026-11-21T10:00"))
    assert (span.first_day, span.last_day) == (date(2026, 11, 15), date(2026, 11, 21))


def test_names_are_unique_and_all_are_for_managers() -> None:
    assert len({digest.name for digest in ALL}) == len(ALL)
    assert {digest.least for digest in ALL} == {Role.MANAGER}
