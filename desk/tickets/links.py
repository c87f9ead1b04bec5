"""The page on which a customer follows a ticket, as a line of what they read."""

from desk.kernel.messages import Phrase, TicketLink, phrase
from desk.tickets.model import Ticket, TicketKind


def has_page(ticket: Ticket) -> bool:
    """Tell whether a ticket has a page: not in danger, and not where its customer never hears."""
    return ticket.kind is not TicketKind.EMERGENCY and not ticket.is_hidden


def link_to(ticket: Ticket) -> TicketLink:
    """The page's link as it holds now."""
    return TicketLink(ticket.id, ticket.link_version)


def address_of(ticket: Ticket) -> Phrase | str:
    """The page's address alone, for lists; left out where it has none."""
    return phrase("ticket.page_address", link=link_to(ticket)) if has_page(ticket) else ""


def page_of(ticket: Ticket) -> Phrase | str:
    """The lines that lead to the page; left out where it has no address."""
    return phrase("ticket.page", link=link_to(ticket)) if has_page(ticket) else ""
