"""A long stretch of time in windows that are small enough to be lost and walked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Window:
    """[since, until), aware UTC."""

    since: datetime
    until: datetime


def windows(since: datetime, until: datetime, longest: timedelta = LONGEST) -> Iterator[Window]:
    """Cut [since, until) into windows without gaps, oldest first; nothing for an empty stretch."""
    while since < until:
        end = min(since + longest, until)
        yield Window(since, end)
        since = end
