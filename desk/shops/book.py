"""The book of orders: what shops told of their orders, to be asked when a shop cannot be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.shops.port import BuyerId, Order


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order as its shop told it at `seen_at` (aware UTC), with the merchant's tags."""

    order: Order
    seen_at: datetime
    tags: tuple[str, ...] = ()


class OrderBook(Protocol):
    """What may be asked of the book; shops that cannot search by buyer are searched here."""

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first."""

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """An order of one shop by its number."""

    async def anywhere(self, number: str) -> tuple[BookedOrder, ...]:
        """Orders of this number, whichever shop's."""


class EmptyBook:
    """The book of a house that keeps none."""

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """None."""
        return ()

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """None."""
        return None

    async def anywhere(self, number: str) -> tuple[BookedOrder, ...]:
        """None."""
        return ()
