"""What a customer can do on a ticket's page: rate it once, or say that it is not solved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.web.facts import Facts
from desk.ticket_rated import may_be_rated
from desk.tickets.model import Ticket

REOPENED_WITHIN = timedelta(days=30)
"""Later it is another matter, and the chat is there for that."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered now; `score` is the rating that was given, None without one."""

    rate: bool = False
    reopen: bool = False
    score: int | None = None


def offers_of(facts: Facts, now: datetime) -> Offers:
    """Tell what may be done about a ticket as it stands."""
    ticket = facts.ticket
    score = facts.rating.score if facts.rating else None
    return Offers(
        rate=_was_served(ticket) and score is None and may_be_rated(ticket),
        reopen=facts.onward is None and may_be_reopened(ticket, now),
        score=score,
    )


def may_be_reopened(ticket: Ticket, now: datetime) -> bool:
    """Tell whether its customer may say by a click that it is not solved.

    What is closed by then goes on as a new one.
    """
    if not _was_served(ticket) or ticket.solved_at is None or ticket.merged_into:
        return False
    return now - ticket.solved_at <= REOPENED_WITHIN


def _was_served(ticket: Ticket) -> bool:
    return ticket.state.ended and ticket.solved_at is not None
