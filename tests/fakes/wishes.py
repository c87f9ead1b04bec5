"""Wishes in memory, for tests of what is said about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId
from desk.wishes.model import Wish, WishState


@dataclass
class FakeWishes:
    """In the order they were noted."""

    kept: list[Wish] = field(default_factory=list)

    async def note(self, wish: Wish) -> bool:
        """Keep it, unless the same customer waits for the same already."""
        same = (wish.customer, wish.items, wish.wanted)
        if any((each.customer, each.items, each.wanted) == same for each in self._waiting):
            return False
        self.kept.append(wish)
        return True

    async def withdraw(self, customer: CustomerId, now: datetime) -> int:
        """End those of a customer."""
        theirs = [each for each in self._waiting if each.customer == customer]
        self.kept = [
            replace(each, state=WishState.WITHDRAWN, told_at=now) if each in theirs else each
            for each in self.kept
        ]
        return len(theirs)

    async def waiting_of(self, customer: CustomerId) -> tuple[Wish, ...]:
        """Those of a customer, the latest first."""
        return tuple(each for each in reversed(self._waiting) if each.customer == customer)

    async def waiting_for(self, items: Sequence[ItemId]) -> int:
        """How many wait for a product."""
        return sum(bool(set(items) & set(each.items)) for each in self._waiting)

    async def most_wanted(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Titles with the number of those who wait."""
        titles = [each.title for each in self._waiting]
        return tuple((title, titles.count(title)) for title in dict.fromkeys(titles))[:limit]

    @property
    def _waiting(self) -> list[Wish]:
        return [each for each in self.kept if each.state is WishState.WAITING]
