"""Candidates and tickets for tests of deciding."""

from dataclasses import replace
from typing import Any

from desk.assignment.model import Candidate, Wanted
from desk.kernel.ids import TicketId, derived
from desk.kernel.places import Place
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.clocks import NOON

XUJIAHUI = Place(31.1932, 121.4365)
NEARBY = Place(31.2050, 121.4450)
"""1.5 km from Xujiahui."""
WUJIAOCHANG = Place(31.3045, 121.5142)
HANGZHOU = Place(30.2084, 120.2106)


def somebody(userid: str = "amei", **facts: Any) -> Candidate:
    """A candidate who comes into question for everything."""
    return replace(Candidate(userid, skills=(("logistics", 2), ("refund", 2))), **facts)


def asks(kind: TicketKind = TicketKind.LOGISTICS, **facts: Any) -> Wanted:
    """What a ticket asks for."""
    return replace(Wanted(kind, Priority.NORMAL, skill="logistics"), **facts)


TICKET = Ticket(
    id=TicketId(derived("a ticket")),
    number="T-20261121-0001",
    kind=TicketKind.URGE,
    priority=Priority.NORMAL,
    state=TicketState.OPEN,
    customer=None,
    conversation=None,
    source=None,
    shop="",
    order_no="",
    summary="",
    owner="",
    opened_at=NOON,
    taken_at=None,
    solved_at=None,
    due_at=NOON,
    version=1,
)
