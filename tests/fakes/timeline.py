"""A timeline that a test wrote itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.customers.timeline import Entry, Moment, Purchases
from desk.kernel.ids import CustomerId


@dataclass
class FakeTimeline:
    """Entries latest first, the same for everybody."""

    entries: tuple[Entry, ...] = ()
    bought: tuple[Purchases, ...] = ()

    async def of_person(
        self, customer: CustomerId, limit: int, before: Moment | None = None
    ) -> Sequence[Entry]:
        left = self.entries
        if before is not None:
            left = left[[each.when for each in left].index(before) + 1 :]
        return left[:limit]

    async def purchases(self, customer: CustomerId) -> Sequence[Purchases]:
        return self.bought
