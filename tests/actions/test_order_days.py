"""Which days a customer's words on an order mean, on a Saturday: the 21st of November 2026."""

from datetime import date, timedelta

import pytest

from actions.order_days import days_meant, newest_meant, oldest_meant
from tests.clocks import NOON


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今天拍的那个", (11, 21), (11, 21)),
        ("昨天那单", (11, 20), (11, 20)),
        ("昨晚下的单", (11, 20), (11, 20)),
        ("前天买的", (11, 19), (11, 19)),
        ("大前天的", (11, 18), (11, 18)),
        ("上周买的", (11, 9), (11, 15)),
        ("上周五下单的那个", (11, 13), (11, 13)),
        ("这周买的", (11, 16), (11, 22)),
        ("上上周那单", (11, 2), (11, 8)),
        ("上个月买的", (10, 1), (10, 31)),
        ("18号那单", (11, 18), (11, 18)),
        ("25号买的", (10, 25), (10, 25)),
        ("10月3日下的单", (10, 3), (10, 3)),
        ("双11买的", (11, 5), (11, 12)),
        ("前几天买的", (11, 15), (11, 20)),
    ],
)
def test_days_are_counted_from_today(
    text: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    days = days_meant(text, NOON)
    assert days is not None
    assert (days.first, days.last) == (date(2026, *first), date(2026, *last))


def test_a_day_that_has_not_come_yet_is_one_of_last_year() -> None:
    days = days_meant("12月25日买的", NOON)
    assert days is not None
    assert days.first == date(2025, 12, 25)
    assert not days.holds(NOON)


@pytest.mark.parametrize(
    "text", ["昨天就问过了", "今天能到吗", "31号能发货吗", "2月30日买的", "周六送", "前天说今天发"]
)
def test_a_day_of_something_else_is_no_day_of_an_order(text: str) -> None:
    assert days_meant(text, NOON) is None


def test_days_are_those_of_shanghai() -> None:
    days = days_meant("昨天那单", NOON)
    assert days is not None
    assert days.holds(NOON - timedelta(hours=13))
    assert not days.holds(NOON - timedelta(hours=11))


@pytest.mark.parametrize(
    ("text", "newest", "oldest"),
    [
        ("最新的那单", True, False),
        ("最近买的", True, False),
        ("刚买的", True, False),
        ("上一单", True, False),
        ("最早的那个", False, True),
        ("上次买的鞋", False, False),
        ("最近有活动吗", False, False),
    ],
)
def test_the_newest_and_the_oldest_are_named(text: str, newest: bool, oldest: bool) -> None:
    assert (newest_meant(text), oldest_meant(text)) == (newest, oldest)
