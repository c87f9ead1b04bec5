"""The first line that fits decides."""

import pytest

from desk.routing.lines import covers, first_line, fits
from desk.routing.model import Route
from tests.desk.routing.house import HANGZHOU, REPAIRS, ROUTES, VIPS

ANY = Route("其余", {}, "rest")


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"kind": "complaint", "tier": "vip"}, 1),
        ({"kind": "complaint", "tier": ""}, 0),
        ({"kind": "exchange", "region": "杭州"}, 2),
        ({"kind": "return", "region": "杭州", "product_type": "推车"}, 2),
        ({"kind": "return", "region": "上海", "product_type": "推车"}, 3),
        ({}, 0),
    ],
)
def test_the_first_line_of_which_everything_fits_is_taken(asked: dict[str, str], line: int) -> None:
    number, route = first_line(ROUTES, asked)
    assert number == line
    assert route is (ROUTES[line - 1] if line else None)


def test_a_line_that_looks_at_nothing_fits_all() -> None:
    assert fits(ANY, {})
    assert first_line((*ROUTES, ANY), {}) == (4, ANY)


def test_a_line_covers_those_that_are_narrower() -> None:
    narrow = Route("杭州退货", {**HANGZHOU.match, "kind": frozenset({"return"})})
    assert covers(ANY, VIPS)
    assert covers(HANGZHOU, narrow)
    assert not covers(narrow, HANGZHOU)
    assert not covers(VIPS, REPAIRS)
    assert covers(VIPS, VIPS)
