"""Pushes of shops: each kept once, and worked until their subject has been read again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import uuid7
from desk.shops.events import ShopEvent, Subject
from desk.store.columns import AT
from desk.store.schema_shops import PUSH_WAITS, shop_pushes
from desk.sync.model import PushedSubject, subject_of

_OLDEST_DUE = (
    select(shop_pushes.c.shop, shop_pushes.c.reads, shop_pushes.c.reads_id)
    .where(text(PUSH_WAITS), shop_pushes.c.due_at <= bindparam("now"))
    .order_by(shop_pushes.c.due_at, shop_pushes.c.sequence)
    .limit(1)
    .with_for_update(skip_locked=True)
    .cte("oldest")
)
_ABOUT_IT = (
    select(shop_pushes.c.id)
    .where(
        text(PUSH_WAITS),
        and_(
            *(
                shop_pushes.c[name] == select(_OLDEST_DUE.c[name]).scalar_subquery()
                for name in ("shop", "reads", "reads_id")
            )
        ),
    )
    # Two who begin with different pushes about one subject would wait for each other.
    .with_for_update(skip_locked=True)
    .cte("about_it")
)
_CLAIM = (
    update(shop_pushes)
    .where(shop_pushes.c.id.in_(select(_ABOUT_IT.c.id)))
    .values(due_at=bindparam("until"), attempts=shop_pushes.c.attempts + 1)
    .returning(
        shop_pushes.c.id,
        shop_pushes.c.shop,
        shop_pushes.c.reads,
        shop_pushes.c.reads_id,
        shop_pushes.c.received_at,
        shop_pushes.c.attempts,
    )
)
_THESE = shop_pushes.c.id == func.any(bindparam("ids", type_=ARRAY(Uuid)))
_SETTLE = (
    update(shop_pushes)
    .where(_THESE, text(PUSH_WAITS))
    .values(state="done", finished_at=bindparam("now"))
)
_PUT_OFF = (
    update(shop_pushes)
    .where(_THESE, text(PUSH_WAITS))
    .values(
        due_at=bindparam("until"),
        error=bindparam("why"),
    )
)
_BURY = (
    update(shop_pushes)
    .where(_THESE, text(PUSH_WAITS))
    .values(state="dead", finished_at=bindparam("now"), error=bindparam("why"))
)
_PRUNE = text(
    """
    DELETE FROM shop_pushes WHERE id = ANY (ARRAY(
        SELECT id FROM shop_pushes WHERE finished_at < :before ORDER BY finished_at LIMIT 5000))
    """
).bindparams(bindparam("before", type_=AT))
"""In parts, each of which is done long before a statement must be."""


class StoredPushes:
    """Implements `desk.sync.ports.PushStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, events: Sequence[ShopEvent], now: datetime) -> int:
        """Keep what is new (by shop and the platform's message id); count the new ones."""
        rows = [_row(event, now) for event in events]
        if not rows:
            return 0
        added = await self._connection.execute(
            insert(shop_pushes)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["shop", "event_id"])
            .returning(shop_pushes.c.id)
        )
        return len(added.all())

    async def claim(self, now: datetime, until: datetime) -> PushedSubject | None:
        """Claim the subject that waits longest, with all pushes about it, until then.

        A push that comes in while its subject is being read is not among them, and is worked
        after: what was read may be older than what it speaks of. Every claim counts as a try, so
        that work which breaks its worker comes to an end too.
        """
        found = (await self._connection.execute(_CLAIM, {"now": now, "until": until})).all()
        if not found:
            return None
        first = found[0]
        return PushedSubject(
            shop=first.shop,
            about=Subject(first.reads),
            subject_id=first.reads_id,
            ids=tuple(row.id for row in found),
            first_at=min(row.received_at for row in found),
            attempts=max(row.attempts for row in found) - 1,
        )

    async def settle(self, ids: Sequence[UUID], now: datetime) -> None:
        """Their subject was read."""
        await self._connection.execute(_SETTLE, {"ids": list(ids), "now": now})

    async def put_off(self, ids: Sequence[UUID], until: datetime, error: str) -> None:
        """Reading failed: try again then."""
        asked = {"ids": list(ids), "until": until, "why": error}
        await self._connection.execute(_PUT_OFF, asked)

    async def bury(self, ids: Sequence[UUID], now: datetime, error: str) -> None:
        """Reading is hopeless."""
        await self._connection.execute(_BURY, {"ids": list(ids), "now": now, "why": error})

    async def prune(self, before: datetime) -> int:
        """Delete some of what was finished before then: pushes may hold personal data.

        How many; none when all are gone.
        """
        return (await self._connection.execute(_PRUNE, {"before": before})).rowcount


def _row(event: ShopEvent, now: datetime) -> dict[str, object]:
    reads = subject_of(event)
    return {
        "id": uuid7(),
        "shop": event.shop,
        "event_id": event.id,
        "kind": event.kind,
        "about": event.about.value,
        "subject_id": event.subject_id,
        "reads": reads[0].value if reads else "",
        "reads_id": reads[1] if reads else "",
        "version": event.version,
        "raw": event.raw,
        "received_at": now,
        "state": "pending" if reads else "noted",
        "due_at": now,
        "finished_at": None if reads else now,
    }
