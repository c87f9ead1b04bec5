"""The book of orders: what shops told of their orders, to be asked when a shop cannot be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.shops.port import BuyerId, Order


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order as the book has it, with the merchant's tags; the shop told it so at `seen_at` (UTC)."""

    order: Order
    seen_at: datetime
    tags: tuple[str, ...] = ()


class OrderBook(Protocol):
    """What may be asked of the book; shops that cannot search by buyer are searched here."""

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first."""

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """An order by its number."""


class EmptyBook:
    """The book of a house that keeps none."""

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """None."""
        return ()

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """None."""
        return None
