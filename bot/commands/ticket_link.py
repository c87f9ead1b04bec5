"""The address of a ticket's page: told anew, or taken back."""

from bot.commands.base import Call, Misused, answer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.tickets.commands import RevokeLink
from desk.tickets.links import has_page, link_to
from desk.tickets.model import Ticket


def link(ticket: Ticket, desk: Desk) -> Outcome:
    """Tell the address as it holds now, to be passed on to the customer."""
    if not desk.has_pages:
        raise Misused(phrase("cmd.ticket.no_pages"), is_complete=True)
    if not has_page(ticket):
        raise Misused(phrase("cmd.ticket.no_page", number=ticket.number), is_complete=True)
    page = phrase("cmd.ticket.link.page", link=link_to(ticket))
    return answer(phrase("cmd.ticket.link", number=ticket.number, page=page))


def unlink(ticket: Ticket, call: Call) -> Outcome:
    """Take back what was told so far."""
    return Outcome(do=(RevokeLink(ticket.number, call.member.userid),))
