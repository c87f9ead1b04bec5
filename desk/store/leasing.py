"""The rows of a lease: those that wait, in order of arrival, up to one that must wait longer."""

from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Row, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import Incoming
from desk.conversations.model import Conversation, InboxRow
from desk.kernel.ids import InboxId
from desk.store.codecs import read_content
from desk.store.schema import WAITING, inbox

_AT_ONCE = 50
"""Rows that one lease hands out at most; the others come with the next."""

_OF_CONVERSATION = inbox.c.conversation_id == bindparam("conversation")
_ROWS = (
    select(
        inbox.c.id,
        inbox.c.external_id,
        inbox.c.content,
        inbox.c.sent_at,
        inbox.c.historic,
        inbox.c.attempts,
        inbox.c.received_at,
        inbox.c.due_at,
    )
    .where(_OF_CONVERSATION, text(WAITING))
    .order_by(inbox.c.sequence)
    .limit(_AT_ONCE)
)
OLDEST_WAITING = (
    select(inbox.c.due_at)
    .where(_OF_CONVERSATION, text(WAITING))
    .order_by(inbox.c.sequence)
    .limit(1)
    .scalar_subquery()
)
"""When the first waiting row of `:conversation` is due; null when none waits."""


async def leased_rows(
    connection: AsyncConnection, conversation: Conversation, now: datetime
) -> tuple[InboxRow, ...]:
    """Read the rows to work now; one that waits for its retry holds those behind it."""
    found = await connection.execute(_ROWS, {"conversation": conversation.id})
    due = takewhile(lambda row: row.due_at <= now, found)
    return tuple(_row(conversation, row) for row in due)


def _row(conversation: Conversation, row: Row[Any]) -> InboxRow:
    incoming = Incoming(
        channel=conversation.channel,
        external_id=row.external_id,
        account=conversation.account,
        person=conversation.person,
        content=read_content(row.content),
        sent_at=row.sent_at,
        historic=row.historic,
    )
    return InboxRow(InboxId(row.id), incoming, row.attempts, row.received_at)
