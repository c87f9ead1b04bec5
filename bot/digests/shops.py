"""What a manager should know of the shops' connections: only what somebody has to look after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.shop_lines import concern_line
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.sync.report import ShopReport, report

_SHOWN = 5
_COUNTED = 500


@dataclass(frozen=True, slots=True)
class ShopsNow:
    """How the shops stand, and how many orders the comparisons of the span found wrong."""

    reports: tuple[ShopReport, ...] = ()
    differences: int = 0


ShopWatch = Callable[[datetime, datetime], Awaitable[ShopsNow]]
"""Tells how the shops stand now, with the differences found since a moment."""


async def no_shops(_now: datetime, _since: datetime) -> ShopsNow:
    """The watch of a house without shops."""
    return ShopsNow()


def watch_of(desk: Desk) -> ShopWatch:
    """The watch over the desk's shops."""

    async def watch(now: datetime, since: datetime) -> ShopsNow:
        health, calls = await desk.sync.health(now), await desk.calls.today()
        found = await desk.sync.differences(since, _COUNTED)
        return ShopsNow(report(desk.shops.health(), health, calls, now), len(found))

    return watch


def shop_lines(shops: ShopsNow) -> tuple[Phrase, ...]:
    """One line for each shop with concerns, its worst one; one for the differences."""
    ill = [each for each in shops.reports if each.concerns]
    lines = [
        phrase("digest.shop", shop=each.health.name, concern=concern_line(each.concerns[0], each))
        for each in ill[:_SHOWN]
    ]
    if shops.differences:
        lines.append(phrase("digest.differences", count=shops.differences))
    return (phrase("digest.shops"), *lines) if lines else ()
