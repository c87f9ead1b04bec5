"""What customers made of a person's service."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import ConversationId, CustomerId, RatingId
from desk.ratings.model import Rating
from desk.store.schema import ratings


class StoredRatings:
    """Implements `desk.ratings.ports.RatingStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def last_asked(self, conversation: ConversationId, since: datetime) -> Rating | None:
        """The rating that was asked for last in a conversation, answered or not."""
        found = await self._connection.execute(
            select(ratings)
            .where(ratings.c.conversation_id == conversation, ratings.c.asked_at >= since)
            .order_by(ratings.c.asked_at.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return None if row is None else rating_of(row)

    async def get(self, rating: RatingId) -> Rating | None:
        """One rating."""
        found = await self._connection.execute(select(ratings).where(ratings.c.id == rating))
        row = found.one_or_none()
        return None if row is None else rating_of(row)

    async def ask(self, rating: Rating) -> None:
        """Store one that is asked for; one whose id is there already is left alone."""
        await self._connection.execute(
            insert(ratings)
            .values(
                id=rating.id,
                conversation_id=rating.conversation,
                customer_id=rating.customer,
                servicer=rating.servicer,
                asked_at=rating.asked_at,
            )
            .on_conflict_do_nothing()
        )

    async def rate(self, rating: Rating, at: datetime) -> None:
        """Store score and words."""
        await self._connection.execute(
            update(ratings)
            .where(ratings.c.id == rating.id)
            .values(score=rating.score, words=rating.words, rated_at=at)
        )


def rating_of(row: Row[Any]) -> Rating:
    """Read one row."""
    return Rating(
        id=RatingId(row.id),
        conversation=ConversationId(row.conversation_id),
        customer=CustomerId(row.customer_id),
        servicer=row.servicer,
        asked_at=row.asked_at,
        score=row.score,
        words=row.words,
    )
