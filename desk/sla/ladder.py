"""Escalation ladders as data: who hears of a ticket that waits, step after step."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desk.kernel.ids import TicketId
from desk.sla.policy import Which
from desk.tickets.model import Priority, Ticket, TicketKind


class Trigger(StrEnum):
    """What a ladder begins with.

    `warning` and `breach` of a deadline; `untouched`: since somebody of the staff last did
    something about it (not while it waits for the customer); `unsolved`: since it was opened;
    `waiting`: since the clocks stand still because somebody else has to answer.
    """

    WARNING = "warning"
    BREACH = "breach"
    UNTOUCHED = "untouched"
    UNSOLVED = "unsolved"
    WAITING = "waiting"


class Recipient(StrEnum):
    """Who hears of it. `owner`: everybody with the skill while nobody owns the ticket."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    DEPARTMENT_HEAD = "department_head"
    ACCOUNT_MANAGER = "account_manager"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Step:
    """Who hears, so long after what the ladder begins with."""

    after: timedelta
    to: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps in the order of time; `of` names the deadline of a warning or breach.

    Empty `kinds` or `priorities` stand for all.
    """

    id: str
    when: Trigger
    steps: tuple[Step, ...]
    of: Which | None = None
    kinds: frozenset[TicketKind] = frozenset()
    priorities: frozenset[Priority] = frozenset()

    def fits(self, ticket: Ticket) -> bool:
        """Tell whether it is for such a ticket."""
        return ticket.kind in (self.kinds or (ticket.kind,)) and ticket.priority in (
            self.priorities or (ticket.priority,)
        )


@dataclass(frozen=True, slots=True)
class Climb:
    """How far a ticket has come on a ladder: `step` comes next, at `next_at` (None: none does).

    `anchor` is the moment that the steps are counted from; `stopped_by` who acknowledged.
    """

    ticket: TicketId
    ladder: str
    anchor: datetime
    step: int
    next_at: datetime | None
    stopped_by: str = ""

    @property
    def begun(self) -> bool:
        """Tell whether somebody has heard of it and more would follow."""
        return self.step > 0 and self.next_at is not None


def card_task(number: str, at: Climb, step: int) -> str:
    """Name the card of a step on a ticket's ladder."""
    return f"sla-{number}-{at.ladder}-{step}-{at.anchor:%y%m%d%H%M}"


def climb(ticket: TicketId, ladder: Ladder, anchor: datetime) -> Climb:
    """Stand before the first step."""
    return Climb(ticket, ladder.id, anchor, 0, anchor + ladder.steps[0].after)


def stepped(at: Climb, ladder: Ladder) -> Climb:
    """Stand before the step after the one that has been taken."""
    following = at.step + 1
    more = following < len(ladder.steps)
    next_at = at.anchor + ladder.steps[following].after if more else None
    return replace(at, step=following, next_at=next_at)


def stopped(at: Climb, by: str = "") -> Climb:
    """No step follows any more."""
    return replace(at, next_at=None, stopped_by=by)
