"""What a customer still waits for: their tickets that nobody has solved."""

from desk.front import Desk
from desk.tickets.model import Ticket
from desk.turns import Turn


async def unsolved(turn: Turn, desk: Desk, of_last: int) -> tuple[Ticket, ...]:
    """The unsolved ones of the customer's last tickets, newest first."""
    tickets = await desk.tickets.of_customer(turn.customer.id, of_last)
    return tuple(each for each in tickets if not each.state.ended and not each.is_hidden)
