"""The figures of a digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class LowRating:
    """Who was not content with a person's service; `servicer` is a userid, "" where unknown."""

    nickname: str
    external_userid: str
    servicer: str
    score: int
    words: str


@dataclass(frozen=True, slots=True)
class DigestFigures:
    """What happened in [since, until), aware UTC. Shares are counts, never percentages.

    First response is from the customer's message to the first accepted reply. `ratings_sum` adds up
    the scores (1 to 5) of `ratings` customers; `low_ratings`: the newest first.
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
    ratings: int = 0
    ratings_sum: int = 0
    low_ratings: tuple[LowRating, ...] = ()
