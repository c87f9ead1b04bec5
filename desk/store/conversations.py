"""Conversations: memory, send budget, session, and what turns were about."""

from datetime import datetime

from sqlalchemy import Uuid, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.model import Conversation, Dialogue, Session, TurnNote
from desk.kernel.ids import ConversationId, CustomerId
from desk.store.adding import NOTE_TURN
from desk.store.codecs import CODEC
from desk.store.persons import person
from desk.store.rows import COLUMNS, conversation_of
from desk.store.schema import conversations

_HEARD_LAST_FIRST = select(*COLUMNS).order_by(
    conversations.c.last_heard_at.desc().nulls_last(), conversations.c.id
)
_GET = _HEARD_LAST_FIRST.where(conversations.c.id == bindparam("conversation"))
_OF_CUSTOMER = _HEARD_LAST_FIRST.where(
    conversations.c.customer_id.in_(person(bindparam("customer", type_=Uuid)))
)
_CHANGE = update(conversations).where(conversations.c.id == bindparam("conversation"))
_REMEMBER = _CHANGE.values(dialogue=bindparam("memory"))
_NOTE_SESSION = _CHANGE.values(session=bindparam("state"), servicer=bindparam("holder"))
_HEARD = _CHANGE.where(
    or_(
        conversations.c.last_heard_at.is_(None),
        conversations.c.last_heard_at <= bindparam("at"),
    )
).values(last_heard_at=bindparam("at"), sent_since=0)
_CHARGE = _CHANGE.where(
    conversations.c.sent_since < bindparam("limit"),
    conversations.c.last_heard_at >= bindparam("since"),
).values(sent_since=conversations.c.sent_since + 1)


class StoredConversations:
    """Implements `desk.conversations.ports.ConversationStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, conversation: ConversationId) -> Conversation | None:
        """One conversation."""
        found = await self._connection.execute(_GET, {"conversation": conversation})
        row = found.one_or_none()
        return None if row is None else conversation_of(row)

    async def of_customer(self, customer: CustomerId) -> tuple[Conversation, ...]:
        """The conversations of a person, the one heard last first."""
        found = await self._connection.execute(_OF_CUSTOMER, {"customer": customer})
        return tuple(conversation_of(row) for row in found)

    async def remember(self, conversation: ConversationId, dialogue: Dialogue) -> None:
        """Store the dialogue."""
        memory = CODEC.encode(dialogue)
        await self._connection.execute(_REMEMBER, {"conversation": conversation, "memory": memory})

    async def heard(self, conversation: ConversationId, at: datetime) -> None:
        """The customer wrote: the 48 hours and the five messages start anew (never backwards).

        WeCom tells whole seconds only, so that a message of the same second is a new one too.
        """
        await self._connection.execute(_HEARD, {"conversation": conversation, "at": at})

    async def charge(self, conversation: ConversationId, limit: int, since: datetime) -> bool:
        """Take one message from the budget; False when spent, or last heard before `since`."""
        charged = await self._connection.execute(
            _CHARGE, {"conversation": conversation, "limit": limit, "since": since}
        )
        return charged.rowcount == 1

    async def session(self, conversation: ConversationId, state: Session, servicer: str) -> None:
        """Note who holds the session now."""
        await self._connection.execute(
            _NOTE_SESSION,
            {"conversation": conversation, "state": int(state), "holder": servicer},
        )

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
