"""Which digests have gone out."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.schema import digests


class StoredDigests:
    """Implements `desk.insights.ports.DigestStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, digest: str, period: str, at: datetime) -> bool:
        """Claim a digest of a period ("daily", "2026-11-21"); False if it was claimed before."""
        claimed = await self._connection.execute(
            insert(digests)
            .values(digest=digest, period=period, claimed_at=at)
            .on_conflict_do_nothing()
        )
        return claimed.rowcount == 1

    async def claimed(self, digest: str, period: str) -> bool:
        """Tell whether a digest of a period was claimed."""
        found = await self._connection.scalar(
            select(digests.c.claimed_at).where(
                digests.c.digest == digest, digests.c.period == period
            )
        )
        return found is not None
