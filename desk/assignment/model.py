"""What is known of a ticket and of those it may be given to."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.kernel.money import Fen
from desk.kernel.places import Place
from desk.tickets.model import Priority, TicketKind

_NOTHING = Fen(0)
HEAD_OFFICE = "head_office"
"""In the place of a store's id: those who work in no store in particular."""


class Presence(StrEnum):
    """Whether a member takes work now; names in phrases as presence.<value>."""

    ON_DUTY = "on_duty"
    BUSY = "busy"
    AWAY = "away"
    LEFT = "left"


class Exclusion(StrEnum):
    """Why somebody does not come into question; names in phrases as assign.not.<value>."""

    LEFT = "left"
    OFF_SHIFT = "off_shift"
    AWAY = "away"
    BUSY = "busy"
    SKILL = "skill"
    STORE = "store"
    FULL = "full"
    GAVE_BACK = "gave_back"
    KEPT_FREE = "kept_free"


class Cause(StrEnum):
    """Why somebody is looked for; names in phrases as assign.cause.<value>."""

    OPENED = "opened"
    REOPENED = "reopened"
    TIMED_OUT = "timed_out"
    RETURNED = "returned"
    BUSY = "busy"
    WENT = "went"
    LEFT = "left"
    LOOKED_AGAIN = "looked_again"
    GIVEN = "given"
    ROUTED = "routed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be given a ticket, with all that decides it.

    `skills` are pairs of skill and level (1 to 3), `places` where they work, `stores` the ids of
    these; () is everywhere. `early` tells of the shift that is under way, None where none is set.
    `load` counts their unsolved tickets and what they were asked to take; `served`, `complaints`
    are about this customer, `lately` what they gave back or let pass within a day.
    """

    userid: str
    presence: Presence = Presence.ON_DUTY
    on_shift: bool = True
    early: bool | None = None
    skills: tuple[tuple[str, int], ...] = ()
    stores: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    region: str = ""
    grade: int = 2
    capacity: int = 30
    load: int = 0
    served: int = 0
    complaints: int = 0
    lately: int = 0
    gave_back: bool = False

    def level(self, skill: str) -> int:
        """How good they are at something, 0 where not at all."""
        return next((level for name, level in self.skills if name == skill), 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ticket asks for; "" and None where it asks for nothing of that.

    `store` is the id of a store, or HEAD_OFFICE. `leader`: it is a group leader's, whom the
    warehouse of the id `warehouse` serves.
    """

    kind: TicketKind
    priority: Priority
    skill: str = ""
    store: str = ""
    place: Place | None = None
    tier: str = ""
    region: str = ""
    value: Fen = _NOTHING
    leader: bool = False
    warehouse: str = ""
    surge: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a score: `value` is 0 to 1, it counts `weight` times."""

    name: str
    value: float
    weight: float

    @property
    def counts(self) -> float:
        """What it adds to the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate as judged: why not, or which terms make the score."""

    userid: str
    excluded: Exclusion | None = None
    terms: tuple[Term, ...] = ()
    load: int = 0

    @property
    def score(self) -> float:
        """The sum of the terms."""
        return round(sum(each.counts for each in self.terms), 6)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a ticket is given to ("" nobody), and how everybody was judged, the best first.

    `place` is the store (or HEAD_OFFICE) where the winner was found, "" where the ticket is no
    store's; `passed` are those asked before, where nobody could.
    """

    winner: str
    judged: tuple[Judged, ...]
    place: str = ""
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it was written down."""

    number: str
    at: datetime
    cause: Cause
    decision: Decision
    by: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the database knows of a member, with regard to a ticket."""

    presence: Presence = Presence.ON_DUTY
    load: int = 0
    served: int = 0
    complaints: int = 0
    lately: int = 0
    gave_back: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What the database knows around a ticket: its order, its customer, the house.

    `offers` counts those of the ticket so far, `offered`: one of them is open; `skill` is what the
    last one named.
    """

    value: Fen = _NOTHING
    paid: Fen = _NOTHING
    place: Place | None = None
    surge: bool = False
    offers: int = 0
    offered: bool = False
    skill: str = ""
    seen: dict[str, Seen] = field(default_factory=dict)
