"""Lists by time of change are read so that nothing is lost, whatever changes meanwhile."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.errors import Unavailable
from integrations.wild import Wild
from integrations.windows import Window, rows_of, windows

_START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_HOUR = Window(_START, _START + timedelta(hours=1))


def _nothing(listing: "_Shelf") -> None:
    """Nothing happens."""


class _Shelf:
    """A list, newest first, in which something happens before each page but the first."""

    party = "somebody"
    page_size = 10

    def __init__(
        self,
        numbers: list[int],
        happens: Callable[["_Shelf"], None] = _nothing,
        most_rows: int = 1000,
    ) -> None:
        self.numbers = numbers
        self.most_rows = most_rows
        self.asked: list[int] = []
        self.windows: list[Window] = []
        self._happens = happens

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        self.windows.append(window)
        inside = self._inside(window)
        return self._rows(inside[: self.page_size]), len(inside)

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        self.asked.append(number)
        self._happens(self)
        start = (number - 1) * self.page_size
        return self._rows(self._inside(window)[start : start + self.page_size])

    def _inside(self, window: Window) -> list[int]:
        """A row's number is the second of the hour that it changed in."""
        low = (window.start - _START) / timedelta(seconds=1)
        high = (window.end - _START) / timedelta(seconds=1)
        return sorted((each for each in self.numbers if low <= each < high), reverse=True)

    def _rows(self, numbers: list[int]) -> tuple[Wild, ...]:
        return tuple(Wild.parse("somebody", json.dumps({"n": number}))["n"] for number in numbers)


async def _read(shelf: _Shelf, window: Window = _HOUR) -> list[int]:
    return [row.whole() async for row in rows_of(shelf, window)]


@given(
    st.timedeltas(timedelta(0), timedelta(days=40)), st.timedeltas(timedelta(hours=1), timedelta(9))
)
def test_windows_cover_all_of_the_time_once(span: timedelta, longest: timedelta) -> None:
    cut = list(windows(_START, _START + span, longest))

    assert sum((window.end - window.start for window in cut), timedelta(0)) == span
    assert all(timedelta(0) < window.end - window.start <= longest for window in cut)
    assert all(one.end == next_one.start for one, next_one in pairwise(cut))
    assert not cut or (cut[0].start, cut[-1].end) == (_START, _START + span)


def test_no_time_has_no_windows() -> None:
    assert list(windows(_START, _START - timedelta(hours=1), timedelta(days=1))) == []


def test_the_end_of_a_window_is_not_in_it() -> None:
    assert _START < _HOUR.last < _HOUR.end


@given(st.timedeltas(timedelta(seconds=1, microseconds=1), timedelta(days=100)))
def test_halves_are_both_shorter_and_leave_nothing_out(span: timedelta) -> None:
    whole = Window(_START, _START + span)

    one, other = whole.halves()

    assert (one.start, one.end, other.end) == (whole.start, other.start, whole.end)
    assert one.start < one.end < other.end


async def test_one_page_is_asked_for_once() -> None:
    shelf = _Shelf(list(range(10)))

    assert sorted(await _read(shelf)) == list(range(10))
    assert shelf.asked == []


async def test_pages_are_read_from_the_last_to_the_first() -> None:
    shelf = _Shelf(list(range(35)))

    assert sorted(await _read(shelf)) == list(range(35))
    assert shelf.asked == [4, 3, 2, 1]


@given(st.sets(st.integers(0, 3599), min_size=11, max_size=80), st.data())
async def test_rows_that_leave_while_we_read_take_no_other_with_them(
    numbers: set[int], data: st.DataObject
) -> None:
    leaving = iter(data.draw(st.permutations(sorted(numbers))))
    gone: set[int] = set()

    def one_leaves(shelf: _Shelf) -> None:
        number = next(leaving, None)
        if number is not None:
            gone.add(number)
            shelf.numbers.remove(number)

    found = set(await _read(_Shelf(list(numbers), one_leaves)))

    assert numbers - gone <= found <= numbers


async def test_a_window_with_more_rows_than_are_shown_is_halved_until_it_fits() -> None:
    numbers = [*range(0, 100), 1800, 3599]
    shelf = _Shelf(numbers, most_rows=20)

    assert sorted(set(await _read(shelf))) == numbers
    assert len(shelf.windows) > 3


async def test_a_second_with_more_rows_than_are_shown_is_an_error_and_no_short_answer() -> None:
    shelf = _Shelf([7] * 21, most_rows=20)

    with pytest.raises(Unavailable):
        await _read(shelf)
