"""Figures that a test chose, and the spans that were asked for."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desk.insights.model import DigestFigures
from tests.clocks import NOON

QUIET = DigestFigures(
    since=NOON,
    until=NOON,
    messages=0,
    customers=0,
    by_intent=(),
    not_understood=0,
    first_response_median=None,
    first_response_worst=None,
    answered_late=0,
    tickets_opened=0,
    tickets_solved=0,
    overdue=(),
    missing_products=(),
    coupons_issued=0,
    handed_over=0,
    unroutable=0,
    dead_letters=0,
)


@dataclass
class FakeInsights:
    """Tells the same figures for every span."""

    told: DigestFigures = QUIET
    asked: list[tuple[datetime, datetime, timedelta]] = field(default_factory=list)

    async def figures(
        self, since: datetime, until: datetime, late_after: timedelta
    ) -> DigestFigures:
        """The chosen figures, for the span that was asked for."""
        self.asked.append((since, until, late_after))
        return replace(self.told, since=since, until=until)
