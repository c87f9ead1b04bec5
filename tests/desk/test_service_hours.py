"""When people are there, and what can be promised when they are not."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.clock import SHANGHAI
from desk.staff.hours import Open, ServiceHours

USUAL = ServiceHours()
SHOP = ServiceHours((*(Open(),) * 5, Open(10 * 60, 18 * 60), None))
ALWAYS = ServiceHours((Open(0, 24 * 60),) * 7)


def here(text: str) -> datetime:
    """A moment written in Shanghai's time; 2026-11-20 is a Friday."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "at", "there"),
    [
        (USUAL, "2026-11-20T09:00", True),
        (USUAL, "2026-11-20T08:59:59", False),
        (USUAL, "2026-11-20T21:59:59", True),
        (USUAL, "2026-11-20T22:00", False),
        (SHOP, "2026-11-21T09:30", False),
        (SHOP, "2026-11-22T12:00", False),
        (ALWAYS, "2026-11-22T23:59:59", True),
        (ALWAYS, "2026-11-22T00:00", True),
    ],
)
def test_people_are_there_from_opening_up_to_closing(
    hours: ServiceHours, at: str, there: bool
) -> None:
    assert hours.open_at(here(at)) is there


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        (USUAL, "2026-11-20T23:30", "2026-11-21T09:00"),
        (USUAL, "2026-11-20T07:00", "2026-11-20T09:00"),
        (SHOP, "2026-11-20T23:30", "2026-11-21T10:00"),
        (SHOP, "2026-11-21T18:00", "2026-11-23T09:00"),
        (SHOP, "2026-11-22T12:00", "2026-11-23T09:00"),
    ],
)
def test_the_next_opening_skips_days_off(hours: ServiceHours, at: str, opens: str) -> None:
    assert hours.opens_next(here(at)) == here(opens)


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T08:59", "2026-11-21T10:00"),
        ("2026-11-22T12:00", "2026-11-21T10:00"),
    ],
)
def test_the_last_opening_may_be_days_ago(at: str, opened: str) -> None:
    assert SHOP.opened_last(here(at)) == here(opened)


def test_a_week_with_one_day_finds_its_opening_from_any_moment() -> None:
    once = ServiceHours((None, None, Open(), None, None, None, None))
    opening = here("2026-11-25T09:00")
    assert once.opens_next(opening) == opening + timedelta(days=7)
    assert once.opened_last(opening - timedelta(minutes=1)) == opening - timedelta(days=7)


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        ("2026-11-20T12:00", 8, "2026-11-20T20:00"),
        ("2026-11-20T20:00", 8, "2026-11-21T10:00"),
        ("2026-11-20T23:30", 2, "2026-11-21T11:00"),
        ("2026-11-20T12:00", 24, "2026-11-21T12:00"),
    ],
)
def test_what_is_promised_is_due_while_people_are_there(at: str, hours: int, due: str) -> None:
    assert USUAL.due(here(at), timedelta(hours=hours)) == here(due)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (USUAL, "周一至周日 09:00-22:00"),
        (SHOP, "周一至周五 09:00-22:00，周六 10:00-18:00，周日休息"),
        (ALWAYS, "周一至周日 00:00-24:00"),
    ],
)
def test_hours_are_told_as_people_write_them(hours: ServiceHours, words: str) -> None:
    assert hours.told() == words
