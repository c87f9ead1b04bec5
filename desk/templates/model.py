"""A ticket template: the form of a kind of ticket and the steps that it goes through, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.kernel.roles import Role
from desk.tickets.model import Priority, TicketKind, TicketState


class FieldType(StrEnum):
    """What an answer is; how each is kept is told by `desk.templates.values`."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PICTURE = "picture"


class FilledBy(StrEnum):
    """Who is asked for a field."""

    CUSTOMER = "customer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from; `words` are other ways in which people say it."""

    id: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form; the order of the form is the order of asking.

    `question` is what the customer is asked, `slots` the NLU's entities that answer it unasked.
    `least` and `most` bound a number, money in fen, or the length of a text in characters;
    `pattern` is a regular expression that the whole text must fit.
    """

    id: str
    label: str
    type: FieldType
    required: bool = False
    filled_by: FilledBy = FilledBy.CUSTOMER
    question: str = ""
    options: tuple[Option, ...] = ()
    slots: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a ticket of this template may stand; `state` is the step's category.

    `told` is what the customer reads when the ticket comes to it; "": nothing.
    """

    id: str
    label: str
    state: TicketState
    told: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from one step to another; `needs` are the fields that must be filled before."""

    origin: str
    to: str
    label: str
    needs: tuple[str, ...] = ()
    least: Role = Role.AGENT


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template; running tickets keep theirs.

    The first of `steps` is where a new ticket stands. `watchers` are roles or userids. `rules`
    are entries as the rule engine reads them, for tickets of this template only.
    """

    id: str
    version: int
    name: str
    kind: TicketKind
    priority: Priority
    fields: tuple[Field, ...] = ()
    steps: tuple[Step, ...] = ()
    transitions: tuple[Transition, ...] = ()
    skill: str = ""
    tags: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    rules: tuple[Mapping[str, object], ...] = ()

    def field(self, name: str) -> Field | None:
        """A field by its id."""
        return next((each for each in self.fields if each.id == name), None)

    def step(self, name: str) -> Step | None:
        """A step by its id."""
        return next((each for each in self.steps if each.id == name), None)

    def ways_from(self, step: str) -> tuple[Transition, ...]:
        """The transitions that leave a step."""
        return tuple(each for each in self.transitions if each.origin == step)
