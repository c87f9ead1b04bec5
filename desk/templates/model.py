"""A ticket template: the form of a kind of ticket and the steps that it goes through, as data.

Everybody builds on these classes: forms, moves, rules, the files of the merchant, the rows of the
store and the editor. A new attribute has a default, so that versions of before can be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desk.kernel.roles import Role
from desk.tickets.model import FieldValue, Priority, TicketKind, TicketState


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
class AskedIf:
    """A field is asked for only if another one, earlier in the form, has one of these values.

    `values` are options' ids of a choice (of several: one of them is enough), or True and False
    of a yes or no.
    """

    field: str
    values: tuple[str | bool, ...]

    def holds(self, answers: Mapping[str, FieldValue]) -> bool:
        """Tell whether the other field has been answered so."""
        given = answers.get(self.field)
        return any(
            each in self.values for each in (given if isinstance(given, tuple) else (given,))
        )


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form; the order of the form is the order of asking.

    `question` is what the customer is asked, `slots` the NLU's entities that answer it unasked.
    `least` and `most` bound a number, money in fen, or the length of a text in characters;
    `pattern` is a regular expression that the whole text must fit, `pattern_told` says in
    people's words what it asks for. `asked_if` None: always; see `Template.applies`.
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
    pattern_told: str = ""
    asked_if: AskedIf | None = None


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
    """One version of a template; running tickets keep theirs. Version 0 is not published yet.

    The first of `steps` is where a new ticket stands. `about` tells staff what it is for.
    `watchers` are roles or userids. `rules` are entries as the rule engine reads them, for
    tickets of this template only. `layout` belongs to the editor: kept as it is, read by nobody
    else.
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
    about: str = ""
    layout: Mapping[str, object] = field(default_factory=dict)

    def field(self, name: str) -> Field | None:
        """A field by its id."""
        return next((each for each in self.fields if each.id == name), None)

    def step(self, name: str) -> Step | None:
        """A step by its id."""
        return next((each for each in self.steps if each.id == name), None)

    def ways_from(self, step: str) -> tuple[Transition, ...]:
        """The transitions that leave a step."""
        return tuple(each for each in self.transitions if each.origin == step)

    def applies(self, name: str, answers: Mapping[str, FieldValue]) -> bool:
        """Tell whether a field belongs to a form with these answers: see `Field.asked_if`.

        One that hangs on a field which itself does not apply does not apply either, whatever is
        left of an earlier answer. An unknown one never does.
        """
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            found = self.field(name)
            if found is None:
                return False
            if found.asked_if is None:
                return True
            if not found.asked_if.holds(answers):
                return False
            name = found.asked_if.field
        return False

    def lacking(
        self, names: tuple[str, ...], answers: Mapping[str, FieldValue]
    ) -> tuple[Field, ...]:
        """Of the fields named, those that apply and have no answer yet, in the form's order."""
        return tuple(
            each
            for each in self.fields
            if each.id in names and each.id not in answers and self.applies(each.id, answers)
        )
