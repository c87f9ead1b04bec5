"""Statements of every message that add rows, and know what to do if they are there already.

They are written out because SQLAlchemy 2.0 compiles ON CONFLICT anew for each execution, which
takes longer than the database does.
"""

from typing import Any

from sqlalchemy import ARRAY, Boolean, Float, TextClause, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from desk.store.columns import AT, Words


def _prepared(statement: str, **types: TypeEngine[Any]) -> TextClause:
    return text(statement).bindparams(
        *(bindparam(name, type_=each) for name, each in types.items())
    )


OPEN_CUSTOMERS = _prepared(
    """
    WITH named AS (
      INSERT INTO identities (namespace, value, customer_id, evidence, linked_at)
      SELECT :namespace, person, id, 'wecom', :now FROM unnest(:id, :person) AS new (id, person)
      ON CONFLICT DO NOTHING
      RETURNING customer_id
    )
    INSERT INTO customers (id, created_at) SELECT customer_id, :now FROM named
    """,
    namespace=Words(),
    id=ARRAY(Uuid),
    person=ARRAY(Words),
    now=AT,
)
"""Of two who try at once the second waits for the first, and then finds the customer there."""

OPEN_CONVERSATIONS = _prepared(
    """
    INSERT INTO conversations (id, key, channel, account, person, customer_id, dialogue, created_at)
    SELECT id, key, channel, account, person, customer_id, :dialogue, :now
    FROM unnest(:id, :key, :channel, :account, :person, :customer)
      AS new (id, key, channel, account, person, customer)
    LEFT JOIN identities
      ON identities.namespace = :namespace AND identities.value = new.customer
    ON CONFLICT DO NOTHING
    """,
    id=ARRAY(Uuid),
    key=ARRAY(Words),
    channel=ARRAY(Words),
    account=ARRAY(Words),
    person=ARRAY(Words),
    customer=ARRAY(Words),
    namespace=Words(),
    dialogue=JSONB(),
    now=AT,
)
"""`customer` names the person who is a customer, and is empty for everybody else."""

RING = _prepared(
    """
    INSERT INTO pulls (account, knock, knocked_at, rung) VALUES (:account, :knock, :now, 1)
    ON CONFLICT (account) DO UPDATE
    SET knock = excluded.knock, knocked_at = excluded.knocked_at, rung = pulls.rung + 1
    """,
    account=Words(),
    knock=Words(),
    now=AT,
)
"""Counts the ring of an account, whether it rings for the first time or not."""

ADD_TO_INBOX = _prepared(
    """
    INSERT INTO inbox (id, conversation_id, channel, external_id, kind, content, sent_at, historic,
      received_at, due_at)
    SELECT id, conversation_id, channel, external_id, kind, content::jsonb, sent_at, historic,
      :now, :now
    FROM unnest(:id, :conversation_id, :channel, :external_id, :kind, :content, :sent_at, :historic)
      WITH ORDINALITY AS new (id, conversation_id, channel, external_id, kind, content, sent_at,
        historic, position)
    ORDER BY position
    ON CONFLICT DO NOTHING
    RETURNING channel, external_id, conversation_id
    """,
    id=ARRAY(Uuid),
    conversation_id=ARRAY(Uuid),
    channel=ARRAY(Words),
    external_id=ARRAY(Words),
    kind=ARRAY(Words),
    content=ARRAY(Words),
    sent_at=ARRAY(AT),
    historic=ARRAY(Boolean),
    now=AT,
)
"""Gives key and conversation of each new message; they arrive in the order of the lists."""

ADD_TO_OUTBOX = _prepared(
    """
    INSERT INTO outbox (id, lane, kind, body, cause, urgent, expires_at, due_at, wake_at,
      created_at, receipt)
    SELECT id, lane, kind, body::jsonb, cause, urgent, expires_at, due_at, due_at, :now, '{}'
    FROM unnest(:id, :lane, :kind, :body, :cause, :urgent, :expires_at, :due_at)
      WITH ORDINALITY AS new (id, lane, kind, body, cause, urgent, expires_at, due_at, position)
    ORDER BY position
    ON CONFLICT DO NOTHING
    """,
    id=ARRAY(Uuid),
    lane=ARRAY(Words),
    kind=ARRAY(Words),
    body=ARRAY(Words),
    cause=ARRAY(Uuid),
    urgent=ARRAY(Boolean),
    expires_at=ARRAY(AT),
    due_at=ARRAY(AT),
    now=AT,
)
"""The order of the lists is the order within a lane."""

NOTE_TURN = _prepared(
    """
    INSERT INTO turns (inbox_id, intent, confidence, source, missing, noted_at)
    VALUES (:inbox_id, :intent, :confidence, :source, :missing, :now)
    ON CONFLICT DO NOTHING
    """,
    inbox_id=Uuid(),
    intent=Words(),
    confidence=Float(),
    source=Words(),
    missing=ARRAY(Words),
    now=AT,
)
