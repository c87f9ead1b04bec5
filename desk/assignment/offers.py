"""Offers: a ticket put before one member at a time, to be accepted by a moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desk.kernel.ids import TicketId
from desk.tickets.model import Ticket


class OfferState(StrEnum):
    """How an offer stands; WAITING asks nobody: somebody is looked for again at its due moment."""

    ASKED = "asked"
    WAITING = "waiting"
    TAKEN = "taken"
    RETURNED = "returned"
    TIMED_OUT = "timed_out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of a ticket to `userid` ("" while it waits); `task` names its card.

    `skill` is what the ticket's opener asked for, "": what its kind wants. Of those that wait the
    one with the smallest `place_in_line` is looked at first.
    """

    id: UUID
    ticket: TicketId
    userid: str
    state: OfferState
    task: str
    asked_at: datetime
    due_at: datetime
    skill: str = ""
    place_in_line: int = 0


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer that is not settled, with its ticket; both are locked."""

    offer: Offer
    ticket: Ticket
