"""The way of a ticket (流转): where it stood, how long, who moved it on, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.commands.base import Call, answer
from bot.commands.find import staff_name
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.sla.telling import span_phrase
from desk.tickets.actors import CUSTOMER, is_person
from desk.tickets.cards import kind_phrase
from desk.tickets.model import Ticket, TicketEvent

_STEP = "step"
_ARROW = " → "
_MOVES = frozenset(
    (
        *("opened", "taken", "waiting_customer", "waiting_inside", "resumed", "solved"),
        *("reopened", "closed", "merged", "returned", "handed_over", "given", "routed", _STEP),
    )
)
"""The lines of a history that tell that a ticket stands elsewhere from then on."""


_UNNAMED = frozenset(("opened", "resumed", "reopened", "closed", "routed"))
"""Lines whose text in a history does not say who did it."""


@dataclass(frozen=True, slots=True)
class Station:
    """Where it stood from a moment on, and who brought it there; `step` "" without a template."""

    at: datetime
    by: str
    what: str
    step: str = ""


async def way(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Tell it from the opening on, oldest first."""
    stations = stations_of(await desk.tickets.history(ticket.number))
    ends = [each.at for each in stations[1:]]
    lines = tuple(
        _line(station, end, desk) for station, end in zip(stations[:-1], ends, strict=True)
    )
    return answer(
        phrase(
            "cmd.ticket.way",
            number=ticket.number,
            kind=kind_phrase(ticket),
            stations=(*lines, *(_last(each, ticket, call, desk) for each in stations[-1:])),
            total=_total(ticket, call),
            next=await _next(ticket, desk),
        )
    )


def stations_of(events: Sequence[TicketEvent]) -> tuple[Station, ...]:
    """The moves of a history; what happened at once by one hand is one of them."""
    stations: list[Station] = []
    for event in events:
        if event.what not in _MOVES:
            continue
        step = event.note.rpartition(_ARROW)[2] if event.what == _STEP else ""
        last = stations[-1] if stations else None
        if step and last and (last.at, last.by) == (event.at, event.actor):
            stations[-1] = Station(last.at, last.by, last.what, step)
        else:
            stations.append(Station(event.at, event.actor, event.what, step))
    return tuple(stations)


def _line(station: Station, until: datetime, desk: Desk) -> Phrase:
    return phrase(
        "cmd.ticket.way.stood",
        at=station.at,
        what=_what(station, desk),
        span=span_phrase(until - station.at),
    )


def _last(station: Station, ticket: Ticket, call: Call, desk: Desk) -> Phrase:
    what = _what(station, desk)
    if ticket.state.ended:
        return phrase("cmd.ticket.way.ended", at=station.at, what=what)
    span = span_phrase(call.now - station.at)
    return phrase("cmd.ticket.way.stands", at=station.at, what=what, span=span)


def _what(station: Station, desk: Desk) -> Phrase:
    """What was done by whom, and the step that it led to."""
    who = _who(station.by, desk)
    done = phrase(f"ticket.history.{station.what}", name=who)
    if station.what == _STEP:
        done = phrase("cmd.ticket.way.moved", name=who)
    elif station.what in _UNNAMED:
        done = phrase("cmd.ticket.way.by", what=done, name=who)
    if not station.step:
        return done
    return phrase("cmd.ticket.way.into", what=done, step=station.step)


def _who(actor: str, desk: Desk) -> str | Phrase:
    if is_person(actor):
        return staff_name(actor, desk)
    return phrase("cmd.ticket.way.customer" if actor == CUSTOMER else "cmd.ticket.way.bot")


def _total(ticket: Ticket, call: Call) -> Phrase:
    span = span_phrase((ticket.solved_at or call.now) - ticket.opened_at)
    key = "cmd.ticket.way.took" if ticket.solved_at else "cmd.ticket.way.takes"
    return Phrase(key, {"span": span})


async def _next(ticket: Ticket, desk: Desk) -> Phrase | str:
    """The ways on that its template knows; else how it goes on from its state."""
    template = None
    if ticket.step and not ticket.state.ended:
        template = await desk.templates.version(ticket.template, ticket.template_version)
    ways = template.ways_from(ticket.step) if template else ()
    if not ways:
        return Phrase(f"cmd.ticket.next.{ticket.state}", {"number": ticket.number})
    labels = "、".join(each.label for each in ways)
    return phrase("cmd.ticket.way.next", ways=labels)
