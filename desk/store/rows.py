"""Rows of conversations as the desk knows them, for all stores that read them."""

from typing import Any

from sqlalchemy import Row

from desk.conversations.incoming import ChannelName
from desk.conversations.model import Conversation, Session
from desk.kernel.ids import ConversationId, CustomerId
from desk.store.codecs import read_dialogue
from desk.store.schema import conversations

COLUMNS = (
    conversations.c.id,
    conversations.c.channel,
    conversations.c.account,
    conversations.c.person,
    conversations.c.customer_id,
    conversations.c.dialogue,
    conversations.c.session,
    conversations.c.servicer,
    conversations.c.last_heard_at,
    conversations.c.sent_since,
)


def conversation_of(row: Row[Any]) -> Conversation:
    """Read one row of `COLUMNS`."""
    return Conversation(
        id=ConversationId(row.id),
        channel=ChannelName(row.channel),
        account=row.account,
        person=row.person,
        customer=None if row.customer_id is None else CustomerId(row.customer_id),
        dialogue=read_dialogue(row.dialogue),
        session=Session(row.session),
        servicer=row.servicer,
        last_heard_at=row.last_heard_at,
        sent_since=row.sent_since,
    )
