"""What is promised for which ticket, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from desk.tickets.model import Priority, TicketKind, TicketState


class Which(StrEnum):
    """The three deadlines of a ticket."""

    FIRST = "first"
    NEXT = "next"
    SOLUTION = "solution"


class Counting(StrEnum):
    """Which time counts.

    `business`: open hours only. `always`: round the clock. `attended`: round the clock from the
    first open moment on, but due an hour after an opening where nobody would be there before.
    """

    BUSINESS = "business"
    ALWAYS = "always"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Target:
    """How soon."""

    within: timedelta
    counting: Counting


@dataclass(frozen=True, slots=True)
class Promise:
    """The targets of tickets of a kind and priority; None stands for every one."""

    targets: Mapping[Which, Target]
    kind: TicketKind | None = None
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The promises; the narrower one wins, of equals the later (kind counts before priority).

    `warn_share` is the share of the time after which a deadline warns; in the states `pauses`
    the clocks stand still.
    """

    promises: tuple[Promise, ...]
    warn_share: float = 0.75
    pauses: frozenset[TicketState] = field(
        default_factory=lambda: frozenset({TicketState.WAITING_CUSTOMER})
    )

    def target(self, kind: TicketKind, priority: Priority, which: Which) -> Target | None:
        """How soon; None where nothing is promised."""
        fitting = [
            (each.kind is not None, each.priority is not None, place, each.targets[which])
            for place, each in enumerate(self.promises)
            if which in each.targets
            and each.kind in (None, kind)
            and each.priority in (None, priority)
        ]
        return max(fitting, key=lambda each: each[:3])[3] if fitting else None


def _promise(
    first: int, then: int, hours: int, priority: Priority, counting: Counting = Counting.BUSINESS
) -> Promise:
    return Promise(
        {
            Which.FIRST: Target(timedelta(minutes=first), counting),
            Which.NEXT: Target(timedelta(minutes=then), counting),
            Which.SOLUTION: Target(timedelta(hours=hours), Counting.ATTENDED),
        },
        priority=priority,
    )


DEFAULT_POLICY = Policy(
    (
        _promise(15, 30, 2, Priority.URGENT),
        _promise(60, 120, 8, Priority.HIGH),
        _promise(240, 240, 24, Priority.NORMAL),
        Promise(
            {
                Which.FIRST: Target(timedelta(minutes=5), Counting.ALWAYS),
                Which.NEXT: Target(timedelta(minutes=10), Counting.ALWAYS),
            },
            kind=TicketKind.EMERGENCY,
        ),
    )
)
"""What holds where the merchant promises nothing else; in danger minutes count, day and night."""
