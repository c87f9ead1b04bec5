"""What tickets need to know of the steps of their templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.kernel.roles import Role
from desk.tickets.form import FormShown
from desk.tickets.model import Priority, Ticket, TicketState


@dataclass(frozen=True, slots=True)
class StepAt:
    """A step; `state` is its category, `told` what the customer reads when a ticket gets there."""

    id: str
    label: str
    state: TicketState
    told: str = ""


_DENIALS = "没不未别"


@dataclass(frozen=True, slots=True)
class Gap:
    """The one field that a way still waits for, which words can fill: any, or one of `options`.

    `options` are pairs of id and label, `most` is how many characters the words may have.
    """

    field: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    most: int | None = None

    def filled_by(self, words: str) -> tuple[str, str] | None:
        """What the words answer, and what is left of them for the customer; None: no answer.

        An option that stands first is no sentence for the customer; other words are both. A
        sentence chooses the one option that it holds (今天送到了: 已送到), unless it denies.
        """
        if not self.options:
            return (words, words) if words and len(words) <= (self.most or len(words)) else None
        first, _, rest = words.partition(" ")
        chosen = next((name for name, label in self.options if first in (name, label)), None)
        if chosen is not None:
            return chosen, rest.strip()
        held = [name for name, label in self.options if label.lstrip("已") in words]
        if len(held) != 1 or any(each in words for each in _DENIALS):
            return None
        return held[0], words


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from where a ticket stands; `lacking` are the labels of the fields it waits for.

    `asked_for` are these as words of a command line, to be written to the end.
    """

    to: StepAt
    label: str
    least: Role = Role.AGENT
    lacking: tuple[str, ...] = ()
    gap: Gap | None = None
    asked_for: str = ""

    def is_open_to(self, role: Role) -> bool:
        """Whether somebody of this role may go it now."""
        return not self.lacking and role >= self.least


@dataclass(frozen=True, slots=True)
class Along:
    """Where a move to another state leads: `step` to stand in, by `way` where there is just one.

    `blocked` are the ways that lead to such a state and could not be taken: something is lacking,
    or there are several and somebody has to choose.
    """

    step: str
    way: Way | None = None
    blocked: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """What a template says of a new ticket; `watchers` are roles, duties or userids."""

    template: str
    version: int
    step: str
    priority: Priority
    skill: str = ""
    tags: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()


class Course(Protocol):
    """The steps of the version that a ticket follows."""

    def at(self, ticket: Ticket) -> StepAt | None:
        """Where it stands; None where nobody knows that step (any more)."""

    def ways(self, ticket: Ticket) -> tuple[Way, ...]:
        """The ways that lead on from there."""

    def along(self, ticket: Ticket, state: TicketState, role: Role) -> Along:
        """In which step it stands after it has gone to a state; see `desk.templates.flow`."""

    def form(self, ticket: Ticket, now: datetime) -> FormShown:
        """The answers on it and what is missing."""


class Courses(Protocol):
    """The courses of all tickets."""

    async def start(self, template: str, store: str) -> Start | None:
        """Where new tickets of a store begin; None where there is no such template."""

    async def of(self, ticket: Ticket) -> Course:
        """The course of a ticket, by the version that it follows."""


class NoCourse:
    """The course of a ticket without template, or whose template is gone: it keeps its step."""

    def at(self, ticket: Ticket) -> StepAt | None:
        """Nowhere."""
        return None

    def ways(self, ticket: Ticket) -> tuple[Way, ...]:
        """None."""
        return ()

    def along(self, ticket: Ticket, state: TicketState, role: Role) -> Along:
        """It stays where it is."""
        return Along(ticket.step)

    def form(self, ticket: Ticket, now: datetime) -> FormShown:
        """Nothing."""
        return FormShown()
