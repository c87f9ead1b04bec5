"""The page on which a customer follows a ticket, as a line of what they read."""

from desk.kernel.messages import Phrase, TicketLink, phrase
from desk.tickets.model import Ticket, TicketKind

_NO_PAGE = frozenset({TicketKind.EMERGENCY, TicketKind.RISK})
"""In danger nobody shall read a page, and what staff weigh is not the customer's to read."""


def has_page(ticket: Ticket) -> bool:
    """Tell whether a ticket has a page at all."""
    return ticket.kind not in _NO_PAGE


def link_to(ticket: Ticket) -> TicketLink:
    """The page's link as it holds now."""
    return TicketLink(ticket.id, ticket.link_version)


def page_of(ticket: Ticket) -> Phrase | str:
    """The lines that lead to the page; left out where it has no address."""
    return phrase("ticket.page", link=link_to(ticket)) if has_page(ticket) else ""
