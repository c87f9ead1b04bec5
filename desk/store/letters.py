"""Dead letters of the inbox and the outbox, side by side, and the way back."""

from datetime import datetime

from sqlalchemy import func, literal, null, or_, select, text, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.outgoing import DeadLetter
from desk.kernel.ids import InboxId
from desk.store.columns import AT, Words
from desk.store.schema import conversations, inbox, outbox


async def dead_letters(connection: AsyncConnection, limit: int) -> tuple[DeadLetter, ...]:
    """Rows that need a person, newest first."""
    came_in = (
        select(
            inbox.c.id,
            literal("inbox", Words).label("kind"),
            conversations.c.key.label("lane"),
            inbox.c.error,
            inbox.c.attempts,
            inbox.c.finished_at,
        )
        .join(conversations)
        .where(text("inbox.state = 'dead'"))
        .order_by(inbox.c.finished_at.desc())
        .limit(limit)
        .subquery()
    )
    went_out = (
        select(
            outbox.c.id,
            literal("outbox", Words).label("kind"),
            outbox.c.lane,
            outbox.c.error,
            outbox.c.attempts,
            outbox.c.finished_at,
        )
        .where(text("outbox.state = 'dead'"))
        .order_by(outbox.c.finished_at.desc())
        .limit(limit)
        .subquery()
    )
    both = union_all(select(came_in), select(went_out)).subquery()
    found = await connection.execute(
        select(both).order_by(both.c.finished_at.desc(), both.c.id).limit(limit)
    )
    return tuple(
        DeadLetter(str(row.id), row.kind, row.lane, row.error, row.attempts, row.finished_at)
        for row in found
    )


async def redeliver_inbox(connection: AsyncConnection, letter: InboxId, now: datetime) -> bool:
    """Put a dead message back into its conversation, first in its order of arrival."""
    put_back = await connection.execute(
        update(inbox)
        .where(inbox.c.id == letter, text("inbox.state = 'dead'"))
        .values(state="pending", attempts=0, due_at=now, finished_at=null())
        .returning(inbox.c.conversation_id)
    )
    conversation = put_back.scalar_one_or_none()
    if conversation is None:
        return False
    at = literal(now, AT)
    await connection.execute(
        update(conversations)
        .where(
            conversations.c.id == conversation,
            # A leased conversation looks again when it is given back.
            or_(conversations.c.leased_until.is_(None), conversations.c.leased_until <= at),
        )
        .values(wake_at=func.least(conversations.c.wake_at, at))
    )
    return True
