"""All that happened with a person, in one stream: what was said, bought, sent back and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.customers.model import Evidence
from desk.kernel.ids import CustomerId
from desk.kernel.money import Fen
from desk.shops.port import OrderStatus, RefundStatus


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened (aware UTC), and its own key among what happened then."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The customer wrote; `words` are the first of them, without what is private.

    `media` is image, voice and the like, "" for text.
    """

    when: Moment
    words: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order of the book. `only_proven`: its number and phone tail were told in the chat, and
    whether the person is its buyer nobody knows."""

    when: Moment
    shop: str
    number: str
    status: OrderStatus
    payment: Fen
    only_proven: bool


@dataclass(frozen=True, slots=True)
class Refunded:
    """A refund of such an order, at the moment of its last change; `amount` in fen."""

    when: Moment
    shop: str
    order_no: str
    status: RefundStatus
    amount: Fen


@dataclass(frozen=True, slots=True)
class TicketMoved:
    """A step of a ticket; `what` as in its history: opened, taken, solved, …"""

    when: Moment
    number: str
    kind: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class CouponGranted:
    """A coupon was granted; `state` is how that ended."""

    when: Moment
    policy: str
    shop: str
    state: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The customer rated a person's service, 1 to 5."""

    when: Moment
    score: int
    servicer: str


@dataclass(frozen=True, slots=True)
class KinChanged:
    """Two customers became one person, or (`split`) were taken apart again."""

    when: Moment
    evidence: Evidence
    by: str
    split: bool


Entry = CouponGranted | Heard | KinChanged | Ordered | Rated | Refunded | TicketMoved


@dataclass(frozen=True, slots=True)
class Purchases:
    """What a person bought in one shop, by the book: orders paid, those sent back, fen paid."""

    shop: str
    bought: int
    returned: int
    paid: Fen


class TimelineReader(Protocol):
    """What may be asked about what happened."""

    async def of_person(
        self, customer: CustomerId, limit: int, before: Moment | None = None
    ) -> Sequence[Entry]:
        """What happened with a person before a moment, latest first."""

    async def purchases(self, customer: CustomerId) -> Sequence[Purchases]:
        """What the person bought as the buyers they are held to be, by shop."""


class NothingKnown:
    """Implements `TimelineReader` where there is no book to read."""

    async def of_person(
        self, customer: CustomerId, limit: int, before: Moment | None = None
    ) -> Sequence[Entry]:
        """Nothing."""
        return ()

    async def purchases(self, customer: CustomerId) -> Sequence[Purchases]:
        """Nothing."""
        return ()
