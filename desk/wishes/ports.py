"""What wishes need from a store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.kernel.ids import CustomerId, WishId
from desk.shops.port import ItemId
from desk.wishes.model import Queue, Wish, WishState


class WishReader(Protocol):
    """What may be asked about wishes."""

    async def waiting_of(self, customer: CustomerId) -> tuple[Wish, ...]:
        """What a person waits for, the latest wish first."""

    async def waiting_for(self, items: Sequence[ItemId]) -> int:
        """How many people wait for a product."""

    async def most_wanted(self, limit: int) -> tuple[tuple[str, int], ...]:
        """The products (titles) that most people wait for, with their number."""


class WishStore(WishReader, Protocol):
    """What may be written about wishes."""

    async def note(self, wish: Wish) -> bool:
        """Keep it; False where the person waits for just that already."""

    async def withdraw(self, customer: CustomerId, now: datetime) -> int:
        """End all wishes of a person that wait; how many there were."""

    async def stir(self, item: ItemId, now: datetime) -> None:
        """The item's stock has changed: whoever waits for it has it looked at now."""

    async def claim(self, now: datetime, again: datetime) -> ItemId | None:
        """Claim the awaited item whose look is due longest; the next look is due at `again`."""

    async def expire(self, asked_before: datetime, now: datetime) -> int:
        """Give up what was asked for before that moment; how many."""

    async def queue(self, item: ItemId, now: datetime) -> Queue:
        """Who waits for the item and who was told of it lately, for this transaction alone.

        Another one that asks for the same item waits until this one ends. Where nobody waits, the
        item is watched no longer.
        """

    async def settle(
        self, wishes: Sequence[WishId], state: WishState, told_of: ItemId | None, now: datetime
    ) -> None:
        """End wishes; `told_of` is the item whose stock was told."""


class NobodyWaits:
    """The wishes of a house that keeps none."""

    async def waiting_of(self, customer: CustomerId) -> tuple[Wish, ...]:
        """Nothing."""
        return ()

    async def waiting_for(self, items: Sequence[ItemId]) -> int:
        """Nobody."""
        return 0

    async def most_wanted(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Nothing."""
        return ()
