"""How agents move a ticket on: it waits, goes on, opens again, somebody looks after it."""

from bot.commands.base import Call
from desk.commands import Outcome
from desk.tickets.commands import (
    AcknowledgeTicket,
    ReopenTicket,
    ResumeTicket,
    WaitOnTicket,
)
from desk.tickets.model import Ticket


def wait(ticket: Ticket, call: Call) -> Outcome:
    """Wait for the customer; what they are asked for goes to them."""
    return Outcome(do=(WaitOnTicket(ticket.number, call.member.userid, call.rest(2)),))


def hold(ticket: Ticket, call: Call) -> Outcome:
    """Wait for a colleague or supplier."""
    by = call.member.userid
    return Outcome(do=(WaitOnTicket(ticket.number, by, call.rest(2), inside=True),))


def resume(ticket: Ticket, call: Call) -> Outcome:
    """Wait no longer."""
    return Outcome(do=(ResumeTicket(ticket.number, call.member.userid, call.rest(2)),))


def reopen(ticket: Ticket, call: Call) -> Outcome:
    """Open a solved one again."""
    return Outcome(do=(ReopenTicket(ticket.number, call.member.userid, call.rest(2)),))


def acknowledge(ticket: Ticket, call: Call) -> Outcome:
    """Look after one that is late."""
    return Outcome(do=(AcknowledgeTicket(ticket.number, call.member.userid),))
