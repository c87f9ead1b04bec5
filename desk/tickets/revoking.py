"""Takes back the addresses of a ticket's page: who has one opens nothing any more."""

from dataclasses import replace

from desk.tickets.commands import RevokeLink
from desk.tickets.events import LinkRevoked
from desk.tickets.model import Ticket
from desk.tickets.tools import Tools


async def revoke(tools: Tools, ticket: Ticket, asked: RevokeLink) -> tuple[LinkRevoked, ...]:
    """Count the version up; the next address is another one."""
    again = await tools.store.amend(replace(ticket, link_version=ticket.link_version + 1))
    await tools.log(again, asked.by, "page_closed")
    return (LinkRevoked(again, asked.by),)
