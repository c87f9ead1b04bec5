"""How a ticket stands, in words for staff."""

from bot.commands.base import Call
from bot.commands.find import staff_name
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.tickets.model import Ticket


def state_phrase(ticket: Ticket, desk: Desk) -> Phrase:
    """Its state, and whose turn it is."""
    if ticket.merged_into:
        return phrase("ticket.state.merged", into=ticket.merged_into)
    return Phrase(f"ticket.state.{ticket.state}", {"name": staff_name(ticket.owner, desk)})


def stands(ticket: Ticket, call: Call, desk: Desk) -> Phrase:
    """Its state, and by when it has to be solved or since when it is."""
    state = state_phrase(ticket, desk)
    if ticket.solved_at is not None:
        return phrase("cmd.ticket.since", state=state, at=ticket.solved_at)
    if ticket.state.ended:
        return phrase("cmd.ticket.ended", state=state)
    key = "cmd.ticket.late" if ticket.due_at <= call.now else "cmd.ticket.due"
    return Phrase(key, {"state": state, "due": ticket.due_at})
