"""Turns that people look at again, and what was said in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, TextClause, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import Text
from desk.conversations.outgoing import SayInConversation
from desk.kernel.ids import ConversationId, CustomerId, InboxId, ReviewId
from desk.reviews.model import Exchange, PastTurn, Review, ReviewKind, ReviewState
from desk.store.codecs import read_body, read_content
from desk.store.schema import (
    FROM_CUSTOMER,
    OPEN_REVIEW,
    PROMISED,
    TO_EXPORT,
    inbox,
    outbox,
    reviews,
    turns,
)

_NOT_UNDERSTOOD = ("unsure", "none")


class StoredReviews:
    """Implements `desk.reviews.ports.ReviewStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, limit: int) -> tuple[Review, ...]:
        """Open reviews, oldest first, those that were put off last."""
        order = (reviews.c.put_off_at.nulls_first(), reviews.c.number)
        return await self._all(text(OPEN_REVIEW), order, limit)

    async def counts(self) -> Mapping[ReviewKind, int]:
        """How many are open, by kind."""
        found = await self._connection.execute(
            select(reviews.c.kind, func.count()).where(text(OPEN_REVIEW)).group_by(reviews.c.kind)
        )
        return {ReviewKind(row[0]): row[1] for row in found}

    async def by_number(self, number: int) -> Review | None:
        """One review."""
        found = await self._connection.execute(select(reviews).where(reviews.c.number == number))
        row = found.one_or_none()
        return None if row is None else _review(row)

    async def exchange(self, review: Review) -> Exchange:
        """What was said in the turn of a review; a recalled message is empty."""
        heard = await self._connection.execute(
            select(inbox.c.content).where(inbox.c.id.in_(review.said)).order_by(inbox.c.sequence)
        )
        said = [read_content(row.content) for row in heard]
        put = await self._connection.execute(
            select(outbox.c.body)
            .where(outbox.c.cause.in_(review.said), outbox.c.kind == "say")
            .order_by(outbox.c.sequence)
        )
        bodies = [read_body(row.body) for row in put]
        return Exchange(
            text=" ".join(each.text for each in said if isinstance(each, Text) and each.text),
            answers=tuple(
                each.say.phrase
                for each in bodies
                if isinstance(each, SayInConversation) and each.conversation == review.conversation
            ),
        )

    async def past(
        self, conversation: ConversationId, since: datetime, limit: int
    ) -> tuple[PastTurn, ...]:
        """The last turns of a conversation, oldest first."""
        found = await self._connection.execute(
            select(turns.c.intent, turns.c.source, inbox.c.content)
            .select_from(turns.join(inbox))
            .where(
                text(FROM_CUSTOMER),
                inbox.c.sent_at >= since,
                inbox.c.conversation_id == conversation,
            )
            .order_by(inbox.c.sequence.desc())
            .limit(limit)
        )
        return tuple(reversed([_past(row) for row in found]))

    async def corrections(self, limit: int) -> tuple[Review, ...]:
        """Corrected ones that were not exported yet, oldest first."""
        return await self._all(text(TO_EXPORT), (reviews.c.number,), limit)

    async def keep(self, review: Review) -> None:
        """Store a new one; one whose id is there already is left alone."""
        await self._connection.execute(
            insert(reviews)
            .values(
                id=review.id,
                kind=review.kind.value,
                conversation_id=review.conversation,
                customer_id=review.customer,
                said=list(review.said),
                intent=review.intent,
                confidence=review.confidence,
                alternatives=list(review.alternatives),
                promised=review.promised,
                kept_at=review.kept_at,
                state=review.state.value,
            )
            .on_conflict_do_nothing(index_elements=["id"])
        )

    async def settle(
        self, review: Review, state: ReviewState, corrected: str, by: str, at: datetime
    ) -> bool:
        """Settle one that is open; False if somebody was faster."""
        settled = await self._connection.execute(
            update(reviews)
            .where(reviews.c.id == review.id, text(OPEN_REVIEW))
            .values(state=state.value, corrected=corrected, settled_by=by, settled_at=at)
        )
        return settled.rowcount == 1

    async def put_off(self, review: Review, at: datetime) -> None:
        """Move it behind the others."""
        await self._connection.execute(
            update(reviews).where(reviews.c.id == review.id).values(put_off_at=at)
        )

    async def answered(self, review: Review, by: str, at: datetime) -> bool:
        """Note who writes to the customer; False if somebody did before."""
        noted = await self._connection.execute(
            update(reviews)
            .where(reviews.c.id == review.id, reviews.c.answered_at.is_(None))
            .values(answered_by=by, answered_at=at)
        )
        return noted.rowcount == 1

    async def is_promised(self, conversation: ConversationId) -> bool:
        """Tell whether a customer was promised a person and has not been handed over yet."""
        found = await self._connection.execute(
            select(reviews.c.id)
            .where(text(PROMISED), reviews.c.conversation_id == conversation)
            .limit(1)
        )
        return found.first() is not None

    async def promised(self, limit: int) -> tuple[Review, ...]:
        """Reviews whose customer was promised a person and has not been handed over yet."""
        return await self._all(text(PROMISED), (reviews.c.number,), limit)

    async def handed_over(self, which: Sequence[ReviewId], at: datetime) -> None:
        """Note that their customers have been given to a person."""
        await self._connection.execute(
            update(reviews).where(reviews.c.id.in_(which)).values(handed_over_at=at)
        )

    async def exported(self, which: Sequence[ReviewId], at: datetime) -> None:
        """Note that they were exported."""
        await self._connection.execute(
            update(reviews).where(reviews.c.id.in_(which)).values(exported_at=at)
        )

    async def _all(
        self, condition: TextClause, order: Sequence[Any], limit: int
    ) -> tuple[Review, ...]:
        found = await self._connection.execute(
            select(reviews).where(condition).order_by(*order).limit(limit)
        )
        return tuple(_review(row) for row in found)


def _past(row: Row[Any]) -> PastTurn:
    content = read_content(row.content)
    text = content.text if isinstance(content, Text) else ""
    return PastTurn(row.intent, row.source not in _NOT_UNDERSTOOD, text)


def _review(row: Row[Any]) -> Review:
    return Review(
        id=ReviewId(row.id),
        number=row.number,
        kind=ReviewKind(row.kind),
        conversation=ConversationId(row.conversation_id),
        customer=CustomerId(row.customer_id),
        said=tuple(InboxId(each) for each in row.said),
        intent=row.intent,
        confidence=row.confidence,
        alternatives=tuple(row.alternatives),
        kept_at=row.kept_at,
        state=ReviewState(row.state),
        corrected=row.corrected,
        by=row.settled_by,
        answered_by=row.answered_by,
        promised=row.promised,
    )
