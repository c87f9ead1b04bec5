"""Sealed access tokens of shops, and the lock under which one process at a time renews them."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.schema_shops import shop_tokens
from desk.sync.model import SealedToken


class StoredShopTokens:
    """Implements `desk.sync.ports.ShopTokens`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, key: str) -> SealedToken | None:
        """What is kept under the key."""
        found = await self._connection.execute(select(shop_tokens).where(shop_tokens.c.key == key))
        row = found.one_or_none()
        return SealedToken(row.sealed, row.expires_at) if row is not None else None

    async def put(self, key: str, token: SealedToken, now: datetime) -> None:
        """Keep a token in the place of the one before."""
        values = {"sealed": token.sealed, "expires_at": token.expires_at, "kept_at": now}
        await self._connection.execute(
            insert(shop_tokens)
            .values(key=key, **values)
            .on_conflict_do_update(index_elements=["key"], set_=values)
        )

    async def lock(self, key: str) -> None:
        """Be the only one for this key until the transaction ends."""
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(f"shop token {key}", 0)))
        )
