"""Opens what a message needs before it can be stored: a customer and a conversation."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ARRAY, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import ChannelName, Incoming
from desk.conversations.model import Dialogue
from desk.customers.model import EXTERNAL_USERID
from desk.kernel.ids import ConversationId, uuid7
from desk.store.adding import OPEN_CONVERSATIONS, OPEN_CUSTOMERS
from desk.store.codecs import CODEC
from desk.store.columns import Words
from desk.store.schema import conversations

_EXISTING = select(conversations.c.key, conversations.c.id).where(
    conversations.c.key == func.any(bindparam("keys", type_=ARRAY(Words)))
)


async def opened(
    connection: AsyncConnection, messages: Sequence[Incoming], now: datetime
) -> Mapping[str, ConversationId]:
    """Give the conversation of each message by its key, opening those that are missing."""
    wanted = {each.conversation_key: each for each in messages}
    there = await _existing(connection, list(wanted))
    missing = [each for key, each in sorted(wanted.items()) if key not in there]
    if not missing:
        return there
    await _open_customers(connection, _people(missing), now)
    await _open_conversations(connection, missing, now)
    return await _existing(connection, list(wanted))


async def _existing(connection: AsyncConnection, keys: list[str]) -> dict[str, ConversationId]:
    found = await connection.execute(_EXISTING, {"keys": keys})
    return {row.key: ConversationId(row.id) for row in found}


def _people(messages: Sequence[Incoming]) -> list[str]:
    return sorted({each.person for each in messages if _has_customer(each)})


def _has_customer(message: Incoming) -> bool:
    return message.channel is ChannelName.KF and message.person != ""


async def _open_customers(connection: AsyncConnection, people: list[str], now: datetime) -> None:
    if people:
        await connection.execute(
            OPEN_CUSTOMERS,
            {
                "namespace": EXTERNAL_USERID,
                "id": [uuid7() for _ in people],
                "person": people,
                "now": now,
            },
        )


async def _open_conversations(
    connection: AsyncConnection, messages: Sequence[Incoming], now: datetime
) -> None:
    await connection.execute(
        OPEN_CONVERSATIONS,
        {
            "id": [uuid7() for _ in messages],
            "key": [each.conversation_key for each in messages],
            "channel": [each.channel.value for each in messages],
            "account": [each.account for each in messages],
            "person": [each.person for each in messages],
            "customer": [each.person if _has_customer(each) else "" for each in messages],
            "namespace": EXTERNAL_USERID,
            "dialogue": CODEC.encode(Dialogue()),
            "now": now,
        },
    )
