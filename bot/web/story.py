"""What happened to a ticket as its customer may read it: only what was meant for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk.kernel.messages import Phrase, phrase
from desk.kernel.private import hidden
from desk.tickets.actors import CUSTOMER
from desk.tickets.model import TicketEvent
from desk.tickets.moving import STEP

_MOST_WORDS = 500
_ARROW = " → "
"""Between the steps in a line of the history, see desk/tickets/moving.py."""

NameOf = Callable[[str], Phrase | str]
"""What customers call a member of staff, by userid."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `note` are words that the customer was told with it, or "".

    A step is not told beside what led to it; its words are.
    """

    at: datetime
    what: Phrase
    note: str = ""
    is_step: bool = False


def story_of(
    events: tuple[TicketEvent, ...], name_of: NameOf, told_at: Mapping[str, str]
) -> tuple[Line, ...]:
    """The lines, newest first. What is not listed here stays inside, whatever comes to be logged.

    Of what was written only the words that went to the customer are shown, and of those no phone
    number and no address. `told_at` is what the customer reads when a step is reached, by its
    label.
    """
    lines: list[Line] = []
    for event in events:
        line = _line(event, name_of)
        if line is None:
            continue
        if line.is_step:
            line = replace(line, note=told_at.get(reached(event)[1], ""))
            if lines and lines[-1].at == line.at:
                lines[-1] = replace(lines[-1], note=lines[-1].note or line.note)
                continue
        lines.append(line)
    return tuple(reversed(lines))


def shown_words(written: str) -> str:
    """Words of staff that the customer was told, without what is private, 500 characters."""
    return hidden(written.strip())[:_MOST_WORDS]


def reached(event: TicketEvent) -> tuple[str, str]:
    """The labels of the step that was left, and of the one that was reached."""
    left, _, came_to = event.note.partition(_ARROW)
    return left, came_to


def for_customers(label: str) -> str:
    """A step's label as the customer reads it: merchants write 等顾客寄回."""
    return label.replace("顾客", "您")


def _line(event: TicketEvent, name_of: NameOf) -> Line | None:
    tell = _TOLD.get(event.what)
    return tell(event, name_of) if tell else None


def _plainly(key: str) -> "Tell":
    return lambda event, _name: Line(event.at, Phrase(key))


def _by(key: str) -> "Tell":
    return lambda event, name_of: Line(event.at, phrase(key, name=name_of(event.actor)))


def _asked(event: TicketEvent, name_of: NameOf) -> Line | None:
    if not event.note:
        return None  # Nobody has told the customer that they are waited for.
    asked = phrase("page.story.asked", name=name_of(event.actor))
    return Line(event.at, asked, shown_words(event.note))


def _solved(event: TicketEvent, name_of: NameOf) -> Line:
    solved = phrase("page.story.solved", name=name_of(event.actor))
    return Line(event.at, solved, shown_words(event.note))


def _step(event: TicketEvent, _name: NameOf) -> Line:
    step = for_customers(reached(event)[1])
    return Line(event.at, phrase("page.story.step", step=step), is_step=True)


def _field(event: TicketEvent, _name: NameOf) -> Line:
    return Line(event.at, phrase("page.story.asked_for"), shown_words(event.note))


def _from_customer(key: str, otherwise: str = "") -> "Tell":
    def tell(event: TicketEvent, _name: NameOf) -> Line | None:
        said = key if event.actor == CUSTOMER else otherwise
        return Line(event.at, Phrase(said)) if said else None

    return tell


Tell = Callable[[TicketEvent, NameOf], Line | None]
_TOLD: Mapping[str, Tell] = {
    "opened": _plainly("page.story.opened"),
    "joined": _from_customer("page.story.joined"),
    "taken": _by("page.story.taken"),
    "talked": _by("page.story.talked"),
    "waiting_customer": _asked,
    "resumed": _from_customer("page.story.answered"),
    STEP: _step,
    "asked_for": _field,
    "answered": _plainly("page.story.answered"),
    "customer_told": _plainly("page.story.takes_longer"),
    "solved": _solved,
    "reopened": _from_customer("page.story.not_solved", "page.story.reopened"),
    "closed": _plainly("page.story.closed"),
}
