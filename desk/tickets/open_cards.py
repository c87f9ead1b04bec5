"""The cards by which somebody works a ticket, to be closed when they do so no more."""

from desk.tickets.cards import owner_task, step_task
from desk.tickets.model import Ticket
from desk.tickets.moving import STEP
from desk.tickets.ports import TicketReader


async def open_cards(store: TicketReader, ticket: Ticket) -> tuple[str, ...]:
    """The card of its owner: the one that they took it with, or that of its last step."""
    if not ticket.owner:
        return ()
    lines = await store.history(ticket.number)
    steps = sum(each.what == STEP for each in lines)
    return (owner_task(ticket), step_task(ticket, steps)) if steps else (owner_task(ticket),)
