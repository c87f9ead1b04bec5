"""What happened to the step of a ticket. `by` is the actor, `name` what people call them."""

from dataclasses import dataclass
from enum import StrEnum

from desk.tickets.course import StepAt, Way
from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class TicketStepped:
    """A ticket stands in another step than `before`; `at` and `to` None where nobody knows it.

    `told` is what its customer reads of it, `ways` lead on from there, `nth` counts its steps.
    """

    ticket: Ticket
    before: Ticket
    by: str
    name: str
    at: StepAt | None
    to: StepAt | None
    told: str
    ways: tuple[Way, ...]
    nth: int
    nickname: str
    watchers: tuple[str, ...] = ()


class Blocked(StrEnum):
    """Why a ticket does not go to a step; names in phrases as step.blocked.<value>."""

    NO_STEPS = "no_steps"
    NO_WAY = "no_way"
    WHICH = "which"
    LACKING = "lacking"
    ROLE = "role"
    NOT_YOURS = "not_yours"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class StepRefused:
    """It does not go there; `ways` are those that lead on, or between which one has to choose.

    `task` names the card that they are put on, "" where they are told in words. `note` is what
    was said of how it was solved; `finishing`: it was to be finished, by whatever way.
    """

    ticket: Ticket
    by: str
    why: Blocked
    wanted: str
    at: StepAt | None
    ways: tuple[Way, ...]
    owner_name: str
    task: str = ""
    note: str = ""
    finishing: bool = False


TicketInStep = StepRefused | TicketStepped
