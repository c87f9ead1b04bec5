"""Which step of how many: the way that a ticket came, where it stands, and what certainly follows.

A template is no line: tickets go round, and skip what is not needed. What may come but need not is
not told, as it would read as a promise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.web.facts import Facts
from bot.web.story import for_customers, reached
from desk.kernel.messages import Phrase, phrase
from desk.templates.model import Template
from desk.tickets.model import Ticket, TicketEvent, TicketState
from desk.tickets.moving import STEP


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
    """The steps in order; without a template the three that all tickets go through."""
    template, step = facts.template, facts.ticket.step
    here = template.step(step) if template else None
    if template is None or here is None:
        return _placed(tuple(Phrase(key) for key in _PLAIN), _plain(facts.ticket))
    before = _came_by(facts.events, here.label)
    after = () if here.state.ended else _follows(template, step)
    # What it came by stands there already, even where the way leads through it once more.
    labels = (*before, here.label, *(each for each in after if each not in before))
    said = tuple(phrase("page.text", text=for_customers(each)) for each in labels)
    return _placed(said, len(before))


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


def _came_by(events: Sequence[TicketEvent], here: str) -> tuple[str, ...]:
    """The labels of the steps before this one; who came back to a step did not leave it."""
    way: list[str] = []
    for event in (each for each in events if each.what == STEP):
        left, came_to = reached(event)
        for label in (left, came_to):
            if label in way:
                del way[way.index(label) + 1 :]
            else:
                way.append(label)
    return tuple(way[: way.index(here)]) if here in way else ()


def _follows(template: Template, step: str) -> tuple[str, ...]:
    """The labels of the steps through which every way to the end leads, the end last.

    The end is the first step of the template in which it is solved.
    """
    end = next((each for each in template.steps if each.state is TicketState.SOLVED), None)
    if end is None:
        return ()
    between = [
        each
        for each in template.steps
        if each.id not in (step, end.id) and not _leads(template, step, end.id, without=each.id)
    ]
    if not _leads(template, step, end.id):
        between = []
    far = {each.id: _distance(template, step, each.id) for each in between}
    return (*(each.label for each in sorted(between, key=lambda each: far[each.id])), end.label)


def _leads(template: Template, start: str, end: str, without: str = "") -> bool:
    return _distance(template, start, end, without) >= 0


def _distance(template: Template, start: str, end: str, without: str = "") -> int:
    """How many ways have to be gone at least; -1 where none leads there."""
    seen, edge, steps = {start}, {start}, 0
    while edge:
        if end in edge:
            return steps
        nearby = {way.to for each in edge for way in template.ways_from(each)}
        edge = nearby - seen - {without}
        seen |= edge
        steps += 1
    return -1
