"""Who hears what when the form of a ticket is filled: its owner, and who did it."""

from desk.conversations.commands import AskIn, SayTo, Tell
from desk.kernel.messages import Phrase, Say, phrase
from desk.tickets.actors import CUSTOMER, is_person
from desk.tickets.filling.events import FieldAsked, FieldsKept, FieldsSet
from desk.tickets.model import TicketState


def fields_set(event: FieldsSet) -> tuple[Tell, ...]:
    """The owner hears what was added, once: who waits for it hears it with 继续 already."""
    ticket = event.ticket
    told = _tell(event.by, phrase("ticket.filled", number=ticket.number, told=event.told))
    mine = (told,) if is_person(event.by) else ()
    goes_on = event.by == CUSTOMER and ticket.state is TicketState.WAITING_CUSTOMER
    if ticket.owner in ("", event.by) or goes_on:
        return mine
    key = "ticket.owner_filled" if event.by == CUSTOMER else "ticket.owner_filled_by"
    known = {"number": ticket.number, "told": event.told, "name": event.name}
    return (*mine, _tell(ticket.owner, Phrase(key, known)))


def fields_kept(event: FieldsKept) -> tuple[Tell, ...]:
    """Who wrote it hears that it stood there already."""
    if not is_person(event.by):
        return ()
    return (_tell(event.by, phrase("ticket.filled.already", number=event.ticket.number)),)


def field_asked(event: FieldAsked) -> tuple[AskIn | SayTo | Tell, ...]:
    """The customer is asked; who wants to know hears that."""
    ticket = event.ticket
    if ticket.conversation is None:
        return ()
    told = phrase("ticket.asked_for", number=ticket.number, label=event.label)
    where = ticket.conversation
    return (SayTo(where, event.say), AskIn(where, event.ask), _tell(event.by, told))


def _tell(userid: str, said: Phrase) -> Tell:
    return Tell(Say(said), (userid,))
