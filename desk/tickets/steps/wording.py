"""Who hears what when a ticket comes to a step, or does not."""

from collections.abc import Sequence

from desk.conversations.commands import CloseCard, Tell
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.tickets.actors import is_person
from desk.tickets.cards import BUTTONS, kind_phrase, owner_task, step_card, step_task
from desk.tickets.course import Gap, Way
from desk.tickets.hearers import Told, tell, to_customer, to_watchers
from desk.tickets.model import Ticket
from desk.tickets.steps.events import Blocked, StepRefused, TicketStepped

_LINE_BYTES = 1000
"""A button's key has 1024 bytes (WeCom doc 90236); "ticket" stands before the line."""


def stepped(event: TicketStepped) -> Told:
    """The customer reads the merchant's words; the owner goes on with a new card."""
    ticket = event.ticket
    said = to_customer(ticket, phrase("ticket.step.told", text=event.told)) if event.told else ()
    return (*said, *_old_cards(event), *_staff(event), *to_watchers(event.watchers, _news(event)))


def refused(event: StepRefused) -> Told:
    """Who asked hears why, and the ways that there are."""
    if not is_person(event.by):
        return ()
    ticket = event.ticket
    why = Phrase(
        f"step.blocked.{event.why}",
        {
            "number": ticket.number,
            "step": event.wanted,
            "at": event.at.label if event.at else ticket.step,
            "name": event.owner_name,
        },
    )
    said = phrase("ticket.step.refused", why=why, ways=way_lines(event))
    buttons = _buttons(event) if event.task else ()
    if not buttons:
        return (tell(event.by, said),)
    title = phrase("cmd.ticket.step.title", kind=kind_phrase(ticket))
    return (Tell(Card(event.task, title, said, (), buttons), (event.by,)),)


def _buttons(event: StepRefused) -> tuple[CardButton, ...]:
    """The ways that are open; where one answer is missing, the answers there are.

    What was said of how it was solved goes along, if it fits onto a button.
    """
    number = event.ticket.number
    pressed = [
        (_done(event, each.label) if event.finishing else f"step {number} {each.to.id}", each.label)
        for each in event.ways
        if not each.lacking and event.why is Blocked.WHICH
    ]
    if not pressed and len(event.ways) == 1 and event.ways[0].gap:
        pressed = _answers(event, event.ways[0], event.ways[0].gap)
    return tuple(
        CardButton(f"ticket {line}", phrase("card.text", text=label))
        for line, label in pressed[:BUTTONS]
        if len(line.encode()) <= _LINE_BYTES
    )


def _answers(event: StepRefused, way: Way, gap: Gap) -> list[tuple[str, str]]:
    step = f"step {event.ticket.number} {way.to.id} {gap.field}="
    return [
        (_done(event, label) if event.finishing else f"{step}{label}", label)
        for _, label in gap.options
    ]


def _done(event: StepRefused, how: str) -> str:
    return f"done {event.ticket.number} {how} {event.note}".strip()


def way_lines(event: StepRefused) -> tuple[Phrase, ...]:
    """The ways on, each with what it still waits for."""
    if event.why in (Blocked.ENDED, Blocked.NOT_YOURS):
        return ()
    return lines_of(event.ticket, event.ways, finishing=event.finishing)


def lines_of(ticket: Ticket, ways: Sequence[Way], *, finishing: bool = False) -> tuple[Phrase, ...]:
    """Ways as lines to copy from."""
    return tuple(_line(ticket, each, finishing) for each in ways)


def _line(ticket: Ticket, way: Way, finishing: bool) -> Phrase:
    known = {
        "number": ticket.number,
        "way": way.label,
        "step": way.to.label,
        "fields": way.asked_for,
    }
    if finishing and not way.lacking:
        return Phrase("ticket.step.way_ends", known)
    if finishing and way.gap:
        key = "ticket.step.way_choose" if way.gap.options else "ticket.step.way_says"
        options = "、".join(label for _, label in way.gap.options)
        return Phrase(key, {**known, "lacking": way.gap.label, "options": options})
    if way.lacking:
        return Phrase("ticket.step.way_lacks", {**known, "lacking": "、".join(way.lacking)})
    return Phrase("ticket.step.way", known)


def _news(event: TicketStepped) -> Phrase:
    by = phrase("ticket.step.by", name=event.name) if event.name else ""
    return phrase("ticket.step.news", number=event.ticket.number, step=_to(event), by=by)


def _to(event: TicketStepped) -> str:
    return event.to.label if event.to else event.ticket.step


def _staff(event: TicketStepped) -> tuple[Tell, ...]:
    ticket = event.ticket
    if ticket.state.ended:
        return ()
    others = event.by != ticket.owner and is_person(event.by)
    done = (tell(event.by, _news(event)),) if others else ()
    if not ticket.owner:
        return done
    return (
        *done,
        Tell(step_card(ticket, event.nickname, event.ways, event.nth, _to(event)), (ticket.owner,)),
    )


def _old_cards(event: TicketStepped) -> tuple[CloseCard, ...]:
    """The card before asks for steps that are behind."""
    gone = phrase("ticket.card.stepped_on", step=_to(event))
    running = bool(event.before.owner) and not event.ticket.state.ended
    taken = (owner_task(event.before),) if running else ()
    earlier = (step_task(event.ticket, event.nth - 1),) if event.nth > 1 else ()
    return tuple(CloseCard(each, gone) for each in (*taken, *earlier))
