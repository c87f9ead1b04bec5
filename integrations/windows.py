"""Lists by time of change: spans that a platform allows, pages read so that nothing is lost."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desk.kernel.errors import Unavailable
from integrations.wild import Wild

_SHORTEST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The times of [start, end), aware UTC."""

    start: datetime
    end: datetime

    @property
    def last(self) -> datetime:
        """The last moment inside, for platforms that count both ends in."""
        return self.end - timedelta(microseconds=1)

    def halves(self) -> tuple["Window", "Window"]:
        """Cut it in two, as near to the middle as whole seconds allow."""
        seconds = (self.end - self.start) // (2 * _SHORTEST)
        middle = self.start + max(seconds, 1) * _SHORTEST
        return Window(self.start, middle), Window(middle, self.end)


def windows(since: datetime, until: datetime, longest: timedelta) -> Iterator[Window]:
    """Cut [since, until) into windows that are `longest` at most, the oldest first."""
    start = since
    while start < until:
        end = min(start + longest, until)
        yield Window(start, end)
        start = end


class Listing(Protocol):
    """One list of a platform, newest change first, whose rows leave it when they change again."""

    @property
    def party(self) -> str:
        """The platform's name, for errors."""

    @property
    def page_size(self) -> int:
        """Rows of a full page."""

    @property
    def most_rows(self) -> int:
        """How many rows of one window the platform shows; a fuller window is cut in two."""

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many rows the window has."""

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page; the first one is 1."""


async def rows_of(listing: Listing, window: Window) -> AsyncIterator[Wild]:
    """Read all rows of a window that has passed; some may come twice.

    The pages are read from the last to the first: a row that changes meanwhile leaves the window,
    those behind it move up, and only who reads forward would skip one.

    Raises:
        Unavailable: one second has more rows than the platform shows.
    """
    rows, total = await listing.first(window)
    if total > listing.most_rows:
        if window.end - window.start <= _SHORTEST:
            raise Unavailable(f"{listing.party}.crowded", "一秒内的变化太多，读不完")
        for half in window.halves():
            async for row in rows_of(listing, half):
                yield row
        return
    pages = -(-total // listing.page_size)
    if pages <= 1:
        for row in rows:
            yield row
        return
    for number in range(pages, 0, -1):
        for row in await listing.page(window, number):
            yield row
