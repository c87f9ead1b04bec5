"""What the watch over parcels needs from a store."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.kernel.ids import ConversationId, CustomerId
from desk.parcels.model import FollowedParcel, ParcelCounts, SentOrder
from desk.shops.port import Order


class Due(StrEnum):
    """What may be due about a parcel."""

    SUBSCRIBE = "subscribe"
    LOOK = "look"
    CHECK = "check"


class ParcelReader(Protocol):
    """What may be asked about followed parcels."""

    async def counts(self, now: datetime, told_since: datetime) -> ParcelCounts:
        """How many there are."""

    async def known_of(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of an order as they are known now."""


class ParcelStore(ParcelReader, Protocol):
    """What may be written about followed parcels."""

    async def note_order(self, order: Order, now: datetime) -> None:
        """An order was booked anew: one that was sent is asked for its parcels.

        Parcels of one that its shop holds to have arrived, or that is no more, are followed no
        longer.
        """

    async def claim_order(self, now: datetime, again: datetime) -> SentOrder | None:
        """Claim the sent order that waits longest; without `order_asked` it is due again then."""

    async def ask_again(self, order: SentOrder, at: datetime) -> None:
        """Its shop did not tell: it is asked again then."""

    async def order_asked(self, order: SentOrder) -> None:
        """Its parcels are known."""

    async def of_order(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of an order, locked."""

    async def of_number(self, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of a tracking number (one may hold several orders), locked."""

    async def one(self, parcel: FollowedParcel) -> FollowedParcel | None:
        """The parcel as it is now, locked."""

    async def claim(
        self, what: Due, now: datetime, again: datetime, most: int
    ) -> tuple[FollowedParcel, ...]:
        """Claim what is due longest; it is due again at `again` unless something is put before."""

    async def put(self, parcel: FollowedParcel) -> None:
        """Write a parcel down, as new or in place of what is there."""

    async def newly_arrived(self, most: int) -> tuple[FollowedParcel, ...]:
        """The parcels that arrived last."""

    async def told_since(self, customer: CustomerId, since: datetime) -> bool:
        """Tell whether a person was told of a parcel since then.

        Whoever else asks about the same person waits until this transaction ends.
        """

    async def note_told(self, parcel: FollowedParcel, customer: CustomerId, now: datetime) -> None:
        """The customer was told of this parcel."""

    async def opened_by(
        self, shop: str, order_no: str, now: datetime
    ) -> Sequence[tuple[CustomerId, ConversationId]]:
        """Who has proven the order, and in which conversation it is open to them now."""


class NoParcels:
    """The parcels of a house that follows none."""

    async def counts(self, now: datetime, told_since: datetime) -> ParcelCounts:
        """None."""
        return ParcelCounts(0, 0, 0)

    async def known_of(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        """None."""
        return ()
