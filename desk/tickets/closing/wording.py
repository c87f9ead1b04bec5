"""Who hears what when a ticket is closed: nobody of what was solved long ago."""

from desk.conversations.commands import CloseCard
from desk.kernel.messages import phrase
from desk.tickets.actors import is_person
from desk.tickets.closing.events import CloseRefused, TicketClosed
from desk.tickets.hearers import Told, tell, to_owner, to_watchers


def closed(event: TicketClosed) -> Told:
    """Its owner hears, whose card asks no more; so do those who watch it, and who closed it."""
    ticket, number = event.ticket, event.ticket.number
    if event.before.state.ended and not is_person(event.by):
        return ()
    done = phrase("ticket.card.closed_by", name=event.name)
    back = (tell(event.by, phrase("ticket.closed", number=number)),) if is_person(event.by) else ()
    news = phrase("ticket.closed.news", number=number, name=event.name, reason=event.reason)
    owner = to_owner(ticket, news) if ticket.owner != event.by else ()
    closed = tuple(CloseCard(each, done) for each in event.cards)
    return (*closed, *back, *owner, *to_watchers(event.watchers, news))


def refused(event: CloseRefused) -> Told:
    """Who asked hears that it is closed, or who may close it."""
    if not is_person(event.by):
        return ()
    key = "ticket.close.already" if event.ticket.state.ended else "ticket.close.above"
    return (tell(event.by, phrase(key, number=event.ticket.number)),)
