"""Who hears what when tickets are sorted: who did it, and whom it makes hurry; nobody else."""

from collections.abc import Mapping

from desk.conversations.commands import Tell
from desk.kernel.messages import Param, Phrase, Say, phrase
from desk.tickets.actors import is_person
from desk.tickets.cards import priority_phrase
from desk.tickets.model import Ticket
from desk.tickets.sorting.events import (
    RouteRefused,
    TicketPrioritised,
    TicketRouted,
    TicketTagged,
    TicketWatched,
)

Known = Mapping[str, Param]
Told = tuple[Tell, ...]


def tagged(event: TicketTagged) -> Told:
    """Who did it hears which tags it has."""
    tags = "、".join(event.ticket.tags) or phrase("ticket.tags.none")
    return _back(event.by, "ticket.tagged", event.ticket, tags=tags)


def prioritised(event: TicketPrioritised) -> Told:
    """The owner hears by when it has to be done now; so does who did it."""
    ticket = event.ticket
    priority = priority_phrase(ticket)
    if ticket is event.before:
        return _back(event.by, "ticket.prioritised.already", ticket, priority=priority)
    kept = _back(event.by, "ticket.prioritised", ticket, priority=priority, due=ticket.due_at)
    if ticket.owner in ("", event.by):
        return kept
    up = ticket.priority.over(event.before.priority)
    key = "ticket.owner_hurries" if up else "ticket.owner_hurries_less"
    why = phrase("ticket.hurries_why", why=event.why) if event.why else ""
    known: Known = {"number": ticket.number, "priority": priority, "due": ticket.due_at}
    return (*kept, Tell(Say(Phrase(key, {**known, "why": why})), (ticket.owner,)))


def watched(event: TicketWatched) -> Told:
    """Who did it hears who watches now."""
    if not event.names:
        key = "ticket.unwatched.already" if event.off else "ticket.watched.already"
        return _back(event.by, key, event.ticket)
    key = "ticket.unwatched" if event.off else "ticket.watched"
    return _back(event.by, key, event.ticket, names="、".join(event.names))


def routed(event: TicketRouted) -> Told:
    """Who did it hears that somebody is asked."""
    return _back(event.by, "ticket.routed", event.ticket)


def route_refused(event: RouteRefused) -> Told:
    """Who asked hears who has it."""
    key = "ticket.route_refused.ended" if event.ticket.state.ended else "ticket.route_refused"
    return _back(event.by, key, event.ticket, name=event.owner_name)


def _back(by: str, key: str, ticket: Ticket, **params: Param) -> Told:
    if not is_person(by):
        return ()
    return (Tell(Say(Phrase(key, {"number": ticket.number, **params})), (by,)),)
