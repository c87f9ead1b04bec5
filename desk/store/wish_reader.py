"""What is asked about wishes, each question on a connection of its own."""

from collections.abc import Sequence

from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId
from desk.store.readers import Reading
from desk.store.wishes import StoredWishes
from desk.wishes.model import Wish


class Wishes:
    """Implements `desk.wishes.ports.WishReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def waiting_of(self, customer: CustomerId) -> tuple[Wish, ...]:
        """What a person waits for, the latest wish first."""
        async with self._reading() as connection:
            return await StoredWishes(connection).waiting_of(customer)

    async def waiting_for(self, items: Sequence[ItemId]) -> int:
        """How many people wait for a product."""
        async with self._reading() as connection:
            return await StoredWishes(connection).waiting_for(items)

    async def most_wanted(self, limit: int) -> tuple[tuple[str, int], ...]:
        """The products (titles) that most people wait for, with their number."""
        async with self._reading() as connection:
            return await StoredWishes(connection).most_wanted(limit)
