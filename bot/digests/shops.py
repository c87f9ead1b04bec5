"""What a manager should know of the shops' connections: only what somebody has to look after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.digests.spans import Span
from bot.parcel_lines import ParcelsNow, failing_trackers, parcels_counted, parcels_now
from bot.shop_lines import concern_line
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.money import Fen
from desk.sync.report import ShopReport, report

_SHOWN = 5
_COUNTED = 500


@dataclass(frozen=True, slots=True)
class ShopsNow:
    """How the shops stand, how many orders the comparisons found wrong, what consults sold.

    `sold` are the orders of the span that came of a question asked here, and their payment in fen.
    """

    reports: tuple[ShopReport, ...] = ()
    differences: int = 0
    sold: tuple[int, Fen] = (0, Fen(0))
    parcels: ParcelsNow | None = None


ShopWatch = Callable[[datetime, Span], Awaitable[ShopsNow]]
"""Tells how the shops stand now, with what was found and sold in a span."""


async def no_shops(_now: datetime, _span: Span) -> ShopsNow:
    """The watch of a house without shops."""
    return ShopsNow()


def watch_of(desk: Desk) -> ShopWatch:
    """The watch over the desk's shops."""

    async def watch(now: datetime, span: Span) -> ShopsNow:
        health, calls = await desk.sync.health(now), await desk.calls.today()
        found = await desk.sync.differences(span.since, _COUNTED)
        sold = await desk.sync.sold_after_consult(span.since, span.until)
        parcels = await parcels_now(desk, now, span.since)
        reports = report(desk.shops.health(), health, calls, now)
        return ShopsNow(reports, len(found), sold, parcels)

    return watch


def sold_line(shops: ShopsNow) -> Phrase | str:
    """What came of the questions asked here; "" where nothing did."""
    count, payment = shops.sold
    return phrase("digest.sold", count=count, payment=payment) if count else ""


def shop_lines(shops: ShopsNow) -> tuple[Phrase, ...]:
    """One line for each shop with concerns, its worst one; one for the differences; parcels."""
    ill = [each for each in shops.reports if each.concerns]
    lines = [
        phrase("digest.shop", shop=each.health.name, concern=concern_line(each.concerns[0], each))
        for each in ill[:_SHOWN]
    ]
    if shops.differences:
        lines.append(phrase("digest.differences", count=shops.differences))
    lines += failing_trackers(shops.parcels)
    counted = parcels_counted(shops.parcels)
    return (phrase("digest.shops"), *lines, *counted) if lines else counted
