"""What group leaders need from a store."""

from datetime import datetime
from typing import Protocol

from desk.kernel.ids import CustomerId
from desk.leaders.model import Leader


class LeaderReader(Protocol):
    """What may be asked about group leaders."""

    async def of(self, customer: CustomerId) -> Leader | None:
        """The group leader that a person is; None where they are none."""

    async def everybody(self, limit: int) -> tuple[Leader, ...]:
        """Group leaders, the newest first."""


class LeaderStore(LeaderReader, Protocol):
    """What may be written about group leaders."""

    async def mark(self, customer: CustomerId, warehouse: str, by: str, now: datetime) -> Leader:
        """Mark a person; who is marked already is so anew, with this warehouse."""

    async def end(self, customer: CustomerId, by: str, now: datetime) -> Leader | None:
        """Mark a person no more; as it was, None where they were not marked."""


class NobodyLeads:
    """The group leaders of a house without any."""

    async def of(self, customer: CustomerId) -> Leader | None:
        """Nobody."""
        return None

    async def everybody(self, limit: int) -> tuple[Leader, ...]:
        """Nobody."""
        return ()
