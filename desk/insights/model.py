"""The figures of a digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class DigestFigures:
    """What happened in [since, until), aware UTC. Shares are counts, never percentages.

    First response is from the customer's message to the first accepted reply.
    """

    since: datetime
    until: datetime
    messages: int
    customers: int
    by_intent: tuple[tuple[str, int], ...]
    not_understood: int
    first_response_median: timedelta | None
    first_response_worst: timedelta | None
    answered_late: int
    tickets_opened: int
    tickets_solved: int
    overdue: tuple[Ticket, ...]
    missing_products: tuple[tuple[str, int], ...]
    coupons_issued: int
    handed_over: int
    unroutable: int
    dead_letters: int
