"""Who hears what when tickets are merged or linked."""

from desk.conversations.commands import CloseCard, SayTo
from desk.kernel.messages import Param, Phrase, phrase
from desk.tickets.actors import is_person
from desk.tickets.cards import kind_phrase, priority_phrase
from desk.tickets.hearers import Told, tell, to_customer, to_owner
from desk.tickets.kin.events import (
    CauseSolved,
    LinkedToItself,
    TicketLinked,
    TicketMerged,
    TicketNotMerged,
    TicketUnlinked,
)
from desk.tickets.links import page_of


def merged(event: TicketMerged) -> Told:
    """The customer hears the one number that counts from now on; the owners hear too."""
    ticket, into = event.ticket, event.into
    known = {"number": ticket.number, "into": into.number}
    closed = phrase("ticket.card.merged", into=into.number)
    unheard = event.strangers or (ticket.conversation and not into.conversation)
    back = "ticket.merged.strangers" if unheard else "ticket.merged"
    owners = {ticket.owner, into.owner} - {"", event.by}
    return (
        *_customer(event),
        *(CloseCard(each, closed) for each in event.cards),
        tell(event.by, Phrase(back, known)),
        *(tell(each, _news(event, each)) for each in sorted(owners)),
    )


def _news(event: TicketMerged, owner: str) -> Phrase:
    into = event.into
    known: dict[str, Param] = {
        "number": event.ticket.number,
        "into": into.number,
        "name": event.name,
    }
    if not event.hurried or owner != into.owner:
        return Phrase("ticket.merged.news", known)
    hurry: dict[str, Param] = {"priority": priority_phrase(into), "due": into.due_at}
    return Phrase("ticket.merged.hurried", {**known, **hurry})


def not_merged(event: TicketNotMerged) -> Told:
    """Who asked hears why not, and what to do."""
    known = {"number": event.ticket.number, "into": event.into.number, "name": event.owner_name}
    if event.ticket.merged_into:
        known["into"] = event.ticket.merged_into
    return (tell(event.by, Phrase(f"ticket.unmerged.{event.why}", known)),)


def linked(event: TicketLinked) -> Told:
    """Who did it hears it."""
    known = {"number": event.ticket.number, "other": event.other.number}
    return (tell(event.by, Phrase(f"ticket.linked.{event.how}", known)),)


def unlinked(event: TicketUnlinked) -> Told:
    """Who did it hears it."""
    key = "ticket.unlinked" if event.changed else "ticket.unlinked.already"
    known = {"number": event.ticket.number, "other": event.other.number}
    return (tell(event.by, Phrase(key, known)),)


def to_itself(event: LinkedToItself) -> Told:
    """Who asked hears that these are not two."""
    return (tell(event.by, phrase("ticket.linked.itself", number=event.ticket.number)),)


def cause_solved(event: CauseSolved) -> Told:
    """The owners of what waited for it hear that they can go on."""
    ticket = event.ticket
    return tuple(
        told
        for each in event.blocked
        if each.owner != event.by or not is_person(event.by)
        for told in to_owner(
            each, phrase("ticket.cause_solved", number=each.number, cause=ticket.number)
        )
    )


def _customer(event: TicketMerged) -> tuple[SayTo, ...]:
    """Another person's number is nobody's business."""
    if event.strangers or event.into.customer is None:
        return ()
    said = phrase(
        "ticket.merged.customer",
        number=event.ticket.number,
        kind=kind_phrase(event.into),
        into=event.into.number,
        page=page_of(event.into),
    )
    return to_customer(event.ticket, said)
