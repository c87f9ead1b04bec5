"""What happened to the form of a ticket. `by` is the actor, `name` what people call them."""

from dataclasses import dataclass

from desk.conversations.commands import Ask
from desk.kernel.messages import Say
from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class FieldsSet:
    """A ticket has other answers than before, or words of the customer's that are none."""

    ticket: Ticket
    by: str
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class FieldsKept:
    """A ticket had these answers already."""

    ticket: Ticket
    by: str


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """The customer is asked for a field by `say`; `ask` is for the memory of their conversation."""

    ticket: Ticket
    by: str
    label: str
    say: Say
    ask: Ask


FormFilled = FieldAsked | FieldsKept | FieldsSet
