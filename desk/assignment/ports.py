"""What assignment needs from a store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.assignment.model import Around, Kept, Presence
from desk.assignment.offers import Offer, OfferState, OpenOffer
from desk.kernel.ids import TicketId
from desk.tickets.model import Ticket


class AssignmentReader(Protocol):
    """What may be asked about assignment."""

    async def decisions(self, number: str, limit: int) -> tuple[Kept, ...]:
        """The last decisions on a ticket, newest first."""


class NothingDecided:
    """The decisions of a house that makes none."""

    async def decisions(self, number: str, limit: int) -> tuple[Kept, ...]:
        """None."""
        return ()


class AssignmentStore(AssignmentReader, Protocol):
    """What may be written about assignment."""

    async def around(self, ticket: Ticket, userids: Sequence[str], now: datetime) -> Around:
        """What is known around a ticket, and of these members with regard to it."""

    async def offer(self, offer: Offer) -> None:
        """Put a ticket before somebody, or let it wait; or note one that is settled at once."""

    async def look_later(self, offer: Offer, due_at: datetime) -> None:
        """Let a waiting one wait until then."""

    async def hurry(self, ticket: TicketId, due_at: datetime) -> Offer | None:
        """Have the ticket's open offer due then, if it was not due before; as it is then."""

    async def settle(
        self, ticket: TicketId, state: OfferState, now: datetime, reason: str = "", by: str = ""
    ) -> Offer | None:
        """End the ticket's open offer; as it is then, None where there is none.

        With `by` it ends this way only if they were asked, else it is withdrawn.
        """

    async def claim_due(self, now: datetime) -> OpenOffer | None:
        """Lock an open offer that is due, and its ticket; those that others hold are left out."""

    async def asked(self, userid: str) -> tuple[OpenOffer, ...]:
        """What somebody is asked to take, locked, in the order it was asked."""

    async def owned(self, userid: str) -> tuple[Ticket, ...]:
        """The unsolved tickets of a member, locked, due soonest first."""

    async def strikes(self, userid: str) -> int:
        """How many offers in a row they let pass, up to now and since they came on duty."""

    async def keep(self, ticket: TicketId, kept: Kept) -> None:
        """Write a decision down."""

    async def wake(self, now: datetime) -> int:
        """Have all that wait looked at again now; the number of them."""

    async def holders(self) -> tuple[str, ...]:
        """Everybody who has an unsolved ticket or is asked to take one."""


class PresenceStore(Protocol):
    """Who is there, and whether there is a surge."""

    async def presence(self, userid: str) -> Presence:
        """Whether a member takes work."""

    async def has_left(self, userid: str) -> bool:
        """Whether a member was dismissed."""

    async def set(self, userid: str, state: Presence, now: datetime, by: str) -> bool:
        """Note it; False where it was so before."""

    async def switch_surge(self, now: datetime, by: str, *, on: bool) -> bool:
        """Begin or end a surge; False where it was so before."""

    async def surge_by(self) -> str | None:
        """Who began the surge there is ("bot" for the house itself); None without one."""

    async def opened_since(self, since: datetime) -> int:
        """How many tickets were opened since a moment."""
