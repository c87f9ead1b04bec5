"""/ticket store: another store deals with a ticket from now on."""

from bot.commands.base import Call, Misused
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.shops.stores import called
from desk.tickets.model import Ticket
from desk.tickets.sorting.commands import RouteTicket


def to_store(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Offer it anew, to the people of a store."""
    word = call.rest(2)
    by_id = [each for each in desk.stores if each.id == word.lower()]
    meant = by_id or (list(called(desk.stores, word)) if word else [])
    if len(meant) != 1:
        names = "、".join(each.name for each in desk.stores)
        key = "cmd.ticket.which_store" if names else "cmd.ticket.no_stores"
        raise Misused(phrase(key, names=names, number=ticket.number), is_complete=True)
    by = call.member.userid
    return Outcome(do=(RouteTicket(ticket.number, by, store=meant[0].id),))
