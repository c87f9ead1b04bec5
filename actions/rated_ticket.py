"""Which ticket a tapped line is about: the menu below 已处理好 names it, however old it is."""

from uuid import UUID

from desk.kernel.ids import TicketId
from desk.turns import Turn

TICKET = "ticketid"
"""The slot that the lines of desk/ticket_rated.py fill."""
SOLVED = "solved"
"""`no` where the line says that it is not."""


def named_ticket(turn: Turn) -> TicketId | None:
    """The ticket that a tapped line names; None where it names none."""
    try:
        return TicketId(UUID(hex=turn.slots.get(TICKET, "")))
    except ValueError:
        return None


def says_not_solved(turn: Turn) -> bool:
    """Tell whether the line 还没解决 was tapped."""
    return turn.slots.get(SOLVED) == "no"
