"""Which step of how many: those of the ticket's template, or else the three that all go through."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.web.facts import Facts
from desk.kernel.messages import Phrase, phrase
from desk.templates.model import Step, Template
from desk.tickets.model import Ticket, TicketState


class Place(StrEnum):
    """Where a step lies, seen from the one at which the ticket stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step as a customer sees it."""

    label: Phrase
    place: Place


_PLAIN = ("page.step.opened", "page.step.working", "page.step.solved")


def stages_of(facts: Facts) -> tuple[Stage, ...]:
    """All steps in order; a template's labels are read by customers."""
    if facts.template is not None and facts.template.step(facts.ticket.step) is not None:
        return _placed(*_of_template(facts.template, facts.ticket.step))
    return _placed(tuple(Phrase(key) for key in _PLAIN), _plain(facts.ticket))


def _placed(labels: Sequence[Phrase], current: int) -> tuple[Stage, ...]:
    return tuple(Stage(label, _place(number, current)) for number, label in enumerate(labels))


def _place(number: int, current: int) -> Place:
    if number == current:
        return Place.NOW
    return Place.DONE if number < current else Place.NEXT


def _plain(ticket: Ticket) -> int:
    if ticket.state is TicketState.OPEN:
        return 0
    return 2 if ticket.state.ended else 1


def _of_template(template: Template, current: str) -> tuple[tuple[Phrase, ...], int]:
    """The labels, and the current one's place; of the ways to end just one is shown.

    That is the one at which the ticket stands, or else the first.
    """
    ends = [each for each in template.steps if each.state.ended]
    end = next((each for each in ends if each.id == current), ends[0] if ends else None)
    steps: list[Step] = [each for each in template.steps if not each.state.ended]
    steps += [end] if end else []
    place = next(number for number, each in enumerate(steps) if each.id == current)
    return tuple(phrase("page.text", text=each.label) for each in steps), place
