"""What customers made of a person's service."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Update, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import ConversationId, CustomerId, RatingId, TicketId
from desk.ratings.model import Rating, rating_of
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
        return None if row is None else _read(row)

    async def of_ticket(self, ticket: TicketId) -> Rating | None:
        """The rating of a ticket, answered or not."""
        return await self.get(rating_of(ticket))

    async def get(self, rating: RatingId) -> Rating | None:
        """One rating."""
        found = await self._connection.execute(select(ratings).where(ratings.c.id == rating))
        row = found.one_or_none()
        return None if row is None else _read(row)

    async def ask(self, rating: Rating) -> None:
        """Store one that is asked for; one that is there already without a score is asked again.

        One that has a score is left alone.
        """
        asked = {
            "conversation_id": rating.conversation,
            "servicer": rating.servicer,
            "asked_at": rating.asked_at,
        }
        await self._connection.execute(
            insert(ratings)
            .values(id=rating.id, customer_id=rating.customer, ticket_id=rating.ticket, **asked)
            .on_conflict_do_update(
                index_elements=[ratings.c.id], set_=asked, where=ratings.c.score.is_(None)
            )
        )

    async def rate(self, rating: Rating, at: datetime) -> None:
        """Store score and words."""
        await self._connection.execute(_rated(rating, at))

    async def rate_once(self, rating: Rating, at: datetime) -> bool:
        """Store score and words where there is no score yet; False where there is one."""
        unrated = _rated(rating, at).where(ratings.c.score.is_(None))
        changed = await self._connection.execute(unrated.returning(ratings.c.id))
        return changed.one_or_none() is not None


def _rated(rating: Rating, at: datetime) -> Update:
    return (
        update(ratings)
        .where(ratings.c.id == rating.id)
        .values(score=rating.score, words=rating.words, rated_at=at)
    )


def _read(row: Row[Any]) -> Rating:
    """Read one row."""
    return Rating(
        id=RatingId(row.id),
        conversation=ConversationId(row.conversation_id),
        customer=CustomerId(row.customer_id),
        servicer=row.servicer,
        asked_at=row.asked_at,
        score=row.score,
        words=row.words,
        ticket=None if row.ticket_id is None else TicketId(row.ticket_id),
    )
