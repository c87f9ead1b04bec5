"""The inbox: what came in, each message once, leased by conversation and worked in order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Uuid,
    bindparam,
    func,
    null,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import Incoming
from desk.conversations.model import Lease
from desk.kernel.ids import ConversationId, InboxId, uuid7
from desk.store.adding import ADD_TO_INBOX
from desk.store.codecs import CODEC, KINDS_OF_CONTENT
from desk.store.columns import AT, to_json
from desk.store.conversations import StoredConversations
from desk.store.leasing import OLDEST_WAITING, leased_rows
from desk.store.opening import opened
from desk.store.rows import COLUMNS, conversation_of
from desk.store.schema import WAITING, conversations, inbox

_ERASED = {"$": "Text", "text": "", "menu_id": ""}

_LONGEST_WAITING = (
    select(conversations.c.id)
    .where(conversations.c.wake_at <= bindparam("now"))
    .order_by(conversations.c.wake_at)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_LEASE = (
    update(conversations)
    .where(conversations.c.id == _LONGEST_WAITING)
    .values(
        lease_token=bindparam("token"),
        leased_until=bindparam("until"),
        wake_at=bindparam("until"),
    )
    .returning(*COLUMNS)
)
_LOCK_IF_OURS = (
    select(conversations.c.id)
    .where(
        conversations.c.id == bindparam("conversation"),
        conversations.c.lease_token == bindparam("token"),
    )
    .with_for_update()
)
_RELEASE = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(lease_token=null(), leased_until=null(), wake_at=OLDEST_WAITING)
    .returning(conversations.c.wake_at)
)
_ANY_ROW = inbox.c.id == func.any(bindparam("rows", type_=ARRAY(Uuid)))
_DONE = update(inbox).where(_ANY_ROW).values(state="done", finished_at=bindparam("now"))
_WAIT = update(inbox).where(_ANY_ROW, text(WAITING)).values(due_at=bindparam("until"))
_ANY_OF = conversations.c.id == func.any(bindparam("which", type_=ARRAY(Uuid)))
_LOCK_IN_ORDER = (
    select(conversations.c.id).where(_ANY_OF).order_by(conversations.c.id).with_for_update()
)
_WAKE = (
    update(conversations)
    .where(_ANY_OF)
    .values(wake_at=func.coalesce(conversations.c.wake_at, bindparam("now", type_=AT)))
)


class StoredInbox:
    """Implements `desk.conversations.ports.InboxStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, messages: Sequence[Incoming], now: datetime) -> int:
        """Store what is new, open conversations (and, on KF, customers) for it; count the new."""
        if not messages:
            return 0
        there = await opened(self._connection, messages, now)
        into = [there[each.conversation_key] for each in messages]
        new = await self._insert(messages, into, now)
        if new:
            await self._wake(set(new.values()), now)
            await self._heard([each for each in messages if _key(each) in new], there)
        return len(new)

    async def lease(self, now: datetime, until: datetime, token: str) -> Lease | None:
        """Lease the conversation that waits longest and that nobody else has.

        The rows are read after the conversation is locked: read with it, they could be those of
        a moment before the last lease's commit, and be worked twice.
        """
        taken = await self._connection.execute(_LEASE, {"now": now, "token": token, "until": until})
        row = taken.one_or_none()
        if row is None:
            return None
        conversation = conversation_of(row)
        rows = await leased_rows(self._connection, conversation, now)
        return Lease(conversation, token, until, rows)

    async def hold(self, lease: Lease, now: datetime) -> bool:
        """Lock the conversation for this commit; False if somebody else has leased it since."""
        return await self._locked(lease)

    async def release(self, lease: Lease) -> bool:
        """Give the lease back (only if it is still ours); True if rows wait in it even so."""
        # Locked first, so that the update sees rows that came in while it waited for the lock.
        if not await self._locked(lease):
            return False
        waiting = await self._connection.execute(_RELEASE, {"conversation": lease.conversation.id})
        return waiting.scalar_one() is not None

    async def done(self, rows: Sequence[InboxId], now: datetime) -> None:
        """Mark rows as worked."""
        await self._connection.execute(_DONE, {"rows": list(rows), "now": now})

    async def wait(self, rows: Sequence[InboxId], until: datetime) -> None:
        """Let rows wait until a moment for what else their sender writes; no attempt is counted."""
        await self._connection.execute(_WAIT, {"rows": list(rows), "until": until})

    async def failed(
        self, row: InboxId, error: str, retry_at: datetime | None, now: datetime
    ) -> None:
        """Note a failed turn; without retry_at the row is a dead letter."""
        outcome = (
            {"state": "dead", "finished_at": now} if retry_at is None else {"due_at": retry_at}
        )
        await self._connection.execute(
            update(inbox)
            .where(inbox.c.id == row, text(WAITING))
            .values(attempts=inbox.c.attempts + 1, error=error, **outcome)
        )

    async def erase(self, channel: str, external_id: str) -> None:
        """Blank the content of a message that its sender recalled."""
        await self._connection.execute(
            update(inbox)
            .where(inbox.c.channel == channel, inbox.c.external_id == external_id)
            .values(content=_ERASED)
        )

    async def _insert(
        self, messages: Sequence[Incoming], into: Sequence[ConversationId], now: datetime
    ) -> dict[tuple[str, str], UUID]:
        """Insert what is new; gives the conversation of each new row by its key."""
        stored = await self._connection.execute(
            ADD_TO_INBOX,
            {
                "id": [uuid7() for _ in messages],
                "conversation_id": list(into),
                "channel": [each.channel.value for each in messages],
                "external_id": [each.external_id for each in messages],
                "kind": [KINDS_OF_CONTENT[type(each.content)] for each in messages],
                "content": [to_json(CODEC.encode(each.content)) for each in messages],
                "sent_at": [each.sent_at for each in messages],
                "historic": [each.historic for each in messages],
                "now": now,
            },
        )
        return {(row.channel, row.external_id): row.conversation_id for row in stored}

    async def _heard(self, new: Sequence[Incoming], there: Mapping[str, ConversationId]) -> None:
        """Start the send budget anew with the message, not with its turn: turns may come late."""
        last: dict[ConversationId, datetime] = {}
        for each in new:
            if each.is_from_customer:
                conversation = there[each.conversation_key]
                last[conversation] = max(each.sent_at, last.get(conversation, each.sent_at))
        books = StoredConversations(self._connection)
        for conversation in sorted(last):
            await books.heard(conversation, last[conversation])

    async def _wake(self, which: set[UUID], now: datetime) -> None:
        """Have workers look; a conversation that is leased looks again when it is given back."""
        ids = sorted(which)
        if len(which) > 1:
            # Locked in one order everywhere, so that two who store at once cannot block each other.
            await self._connection.execute(_LOCK_IN_ORDER, {"which": ids})
        await self._connection.execute(_WAKE, {"which": ids, "now": now})

    async def _locked(self, lease: Lease) -> bool:
        ours = await self._connection.execute(
            _LOCK_IF_OURS, {"conversation": lease.conversation.id, "token": lease.token}
        )
        return ours.one_or_none() is not None


def _key(message: Incoming) -> tuple[str, str]:
    return message.channel.value, message.external_id
