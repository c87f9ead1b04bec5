"""Opens what a message needs before it can be stored: a customer and a conversation."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ARRAY, Uuid, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import ChannelName, Incoming
from desk.conversations.model import Dialogue
from desk.kernel.ids import ConversationId, uuid7
from desk.store.codecs import CODEC
from desk.store.columns import AT, Words
from desk.store.schema import conversations, customers, identities

EXTERNAL_USERID = "external_userid"
"""The namespace of WeCom's ids of customers."""


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
    found = await connection.execute(
        select(conversations.c.key, conversations.c.id).where(
            conversations.c.key == func.any(bindparam("keys", keys, ARRAY(Words)))
        )
    )
    return {row.key: ConversationId(row.id) for row in found}


def _people(messages: Sequence[Incoming]) -> list[str]:
    return sorted({each.person for each in messages if _has_customer(each)})


def _has_customer(message: Incoming) -> bool:
    return message.channel is ChannelName.KF and message.person != ""


async def _open_customers(connection: AsyncConnection, people: list[str], now: datetime) -> None:
    """Open customers for new people; of two who try at once the second waits, then finds one."""
    if not people:
        return
    new = (
        func.unnest(
            bindparam("ids", [uuid7() for _ in people], ARRAY(Uuid)),
            bindparam("people", people, ARRAY(Words)),
        )
        .table_valued("id", "person")
        .render_derived("new")
    )
    at = literal(now, AT)
    named = (
        insert(identities)
        .from_select(
            ["namespace", "value", "customer_id", "evidence", "linked_at"],
            select(
                literal(EXTERNAL_USERID, Words), new.c.person, new.c.id, literal("wecom", Words), at
            ),
        )
        .on_conflict_do_nothing()
        .returning(identities.c.customer_id)
        .cte("named")
    )
    await connection.execute(
        insert(customers).from_select(["id", "created_at"], select(named.c.customer_id, at))
    )


async def _open_conversations(
    connection: AsyncConnection, messages: Sequence[Incoming], now: datetime
) -> None:
    def texts(name: str, values: list[str]) -> object:
        return bindparam(name, values, ARRAY(Words))

    new = (
        func.unnest(
            bindparam("ids", [uuid7() for _ in messages], ARRAY(Uuid)),
            texts("keys", [each.conversation_key for each in messages]),
            texts("channels", [each.channel.value for each in messages]),
            texts("accounts", [each.account for each in messages]),
            texts("persons", [each.person for each in messages]),
            texts("customers", [each.person if _has_customer(each) else "" for each in messages]),
        )
        .table_valued("id", "key", "channel", "account", "person", "customer")
        .render_derived("new")
    )
    known = (new.c.customer == identities.c.value) & (identities.c.namespace == EXTERNAL_USERID)
    rows = select(
        new.c.id,
        new.c.key,
        new.c.channel,
        new.c.account,
        new.c.person,
        identities.c.customer_id,
        literal(CODEC.encode(Dialogue()), JSONB),
        literal(now, AT),
    ).select_from(new.outerjoin(identities, known))
    columns = ["id", "key", "channel", "account", "person", "customer_id", "dialogue", "created_at"]
    await connection.execute(
        insert(conversations).from_select(columns, rows).on_conflict_do_nothing()
    )
