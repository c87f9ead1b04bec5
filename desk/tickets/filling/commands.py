"""What may be done about the form of a ticket. `by` is a userid, "customer" or "bot"."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.conversations.commands import Ask
from desk.kernel.messages import Say
from desk.tickets.model import FieldValue


@dataclass(frozen=True, slots=True)
class SetFields:
    """Put answers onto a ticket; those that it has already are replaced.

    `told` is a Chinese line that says the same to people, with words that are no answer too
    (telephone numbers masked): it stands in the history, and the owner reads it.
    """

    number: str
    by: str
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    told: str = ""


@dataclass(frozen=True, slots=True)
class AskForField:
    """Ask the customer for a field now; `label` is what people call it.

    `say` is the question, `ask` lets the next words of the customer answer it.
    """

    number: str
    by: str
    label: str
    say: Say
    ask: Ask


FillForm = AskForField | SetFields
