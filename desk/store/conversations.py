"""Conversations: memory, send budget, session, and what turns were about."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from desk.conversations.model import Conversation, Dialogue, Session, TurnNote
from desk.kernel.ids import ConversationId, CustomerId
from desk.store.adding import NOTE_TURN
from desk.store.codecs import CODEC
from desk.store.rows import COLUMNS, conversation_of
from desk.store.schema import conversations


class StoredConversations:
    """Implements `desk.conversations.ports.ConversationStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, conversation: ConversationId) -> Conversation | None:
        """One conversation."""
        found = await self._find(conversations.c.id == conversation)
        return found[0] if found else None

    async def of_customer(self, customer: CustomerId) -> tuple[Conversation, ...]:
        """A customer's conversations, the one heard last first."""
        return tuple(await self._find(conversations.c.customer_id == customer))

    async def remember(self, conversation: ConversationId, dialogue: Dialogue) -> None:
        """Store the dialogue."""
        await self._update(conversation, dialogue=CODEC.encode(dialogue))

    async def heard(self, conversation: ConversationId, at: datetime) -> None:
        """The customer wrote: the 48 hours and the five messages start anew (never backwards).

        WeCom tells whole seconds only, so that a message of the same second is a new one too.
        """
        await self._connection.execute(
            update(conversations)
            .where(
                conversations.c.id == conversation,
                or_(conversations.c.last_heard_at.is_(None), conversations.c.last_heard_at <= at),
            )
            .values(last_heard_at=at, sent_since=0)
        )

    async def charge(self, conversation: ConversationId, limit: int, since: datetime) -> bool:
        """Take one message from the budget; False when spent, or last heard before `since`."""
        charged = await self._connection.execute(
            update(conversations)
            .where(
                conversations.c.id == conversation,
                conversations.c.sent_since < limit,
                conversations.c.last_heard_at >= since,
            )
            .values(sent_since=conversations.c.sent_since + 1)
        )
        return charged.rowcount == 1

    async def session(self, conversation: ConversationId, state: Session, servicer: str) -> None:
        """Note who holds the session now."""
        await self._update(conversation, session=int(state), servicer=servicer)

    async def note_turn(self, note: TurnNote, now: datetime) -> None:
        """Keep what a turn was about (once per inbox row)."""
        await self._connection.execute(
            NOTE_TURN,
            {
                "inbox_id": note.inbox,
                "intent": note.intent,
                "confidence": note.confidence,
                "source": note.source,
                "missing": list(note.missing),
                "now": now,
            },
        )

    async def _find(self, which: ColumnElement[bool]) -> Sequence[Conversation]:
        found = await self._connection.execute(
            select(*COLUMNS)
            .where(which)
            .order_by(conversations.c.last_heard_at.desc().nulls_last(), conversations.c.id)
        )
        return [conversation_of(row) for row in found]

    async def _update(self, conversation: ConversationId, **values: object) -> None:
        await self._connection.execute(
            update(conversations).where(conversations.c.id == conversation).values(**values)
        )
