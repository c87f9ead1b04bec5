"""What is asked about followed parcels, each question on a connection of its own."""

from datetime import datetime

from desk.parcels.model import FollowedParcel, ParcelCounts
from desk.store.parcels import StoredParcels
from desk.store.readers import Reading


class Parcels:
    """Implements `desk.parcels.ports.ParcelReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def counts(self, now: datetime, told_since: datetime) -> ParcelCounts:
        """How many are under way, stuck now, and told of since then."""
        async with self._reading() as connection:
            return await StoredParcels(connection).counts(now, told_since)

    async def known_of(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of an order as they are known now."""
        async with self._reading() as connection:
            return await StoredParcels(connection).known_of(shop, number)
