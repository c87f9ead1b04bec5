"""The outbox: what goes out, lane by lane, claimed for a while and tried until it is settled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Executable,
    Integer,
    Row,
    ScalarSelect,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.outgoing import Body, Claimed, DeadLetter, OutboxEntry
from desk.kernel.ids import InboxId, OutboxId
from desk.store.adding import ADD_TO_OUTBOX
from desk.store.codecs import CODEC, KINDS_OF_BODY, read_body
from desk.store.columns import AT, to_json
from desk.store.lanes import line_up
from desk.store.letters import dead_letters, redeliver_inbox
from desk.store.schema import CLAIMABLE, UNFINISHED, UNLINED, outbox

_ENTRY = (
    outbox.c.id,
    outbox.c.lane,
    outbox.c.body,
    outbox.c.cause,
    outbox.c.due_at,
    outbox.c.urgent,
    outbox.c.expires_at,
    outbox.c.attempts,
    outbox.c.doubtful,
    outbox.c.budgeted,
    outbox.c.wake_at,
    outbox.c.sequence,
)

_DUE = (
    select(outbox.c.id)
    .where(text(CLAIMABLE), outbox.c.wake_at <= bindparam("now"))
    .order_by(outbox.c.urgent.desc(), outbox.c.wake_at)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id == _DUE.c.id, text(CLAIMABLE), outbox.c.wake_at <= bindparam("now"))
    .values(
        claimed_until=bindparam("until"),
        wake_at=bindparam("until"),
        attempts=outbox.c.attempts + 1,
        doubtful=or_(outbox.c.doubtful, outbox.c.claimed_until.is_not(None)),
    )
    .returning(*_ENTRY)
)
_NOTE_CHARGED = update(outbox).where(outbox.c.id == bindparam("entry")).values(budgeted=True)
_BEHIND = outbox.alias("behind")
_MORE = (
    select(_BEHIND.c.id)
    .where(_BEHIND.c.lane == outbox.c.lane, _BEHIND.c.id != outbox.c.id)
    .where(text("behind.state IN ('pending', 'unknown')"))
    .exists()
)
_FINISH = (
    update(outbox)
    .where(outbox.c.id == bindparam("entry"), text(UNFINISHED))
    .values(
        state=bindparam("outcome"),
        error=bindparam("why"),
        finished_at=bindparam("now"),
        claimed_until=null(),
        head=False,
        unlined=True,
    )
    .returning(_MORE)
)
_FINISH_SENT = _FINISH.values(receipt=bindparam("ids"))
_UNLINED = select(outbox.c.id).where(text(UNLINED)).exists()


def _soonest(*, urgent: bool) -> ScalarSelect[datetime]:
    """When the first row that may be claimed wakes."""
    return (
        select(outbox.c.wake_at)
        .where(text(CLAIMABLE), outbox.c.urgent.is_(urgent))
        .order_by(outbox.c.wake_at)
        .limit(1)
        .scalar_subquery()
    )


_NEXT_DUE = select(
    func.least(
        select(case((_UNLINED, bindparam("now", type_=AT)))).scalar_subquery(),
        _soonest(urgent=True),
        _soonest(urgent=False),
    )
)


class StoredOutbox:
    """Implements `desk.conversations.ports.OutboxStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, entries: Sequence[OutboxEntry], now: datetime) -> None:
        """Store entries; one whose id is there already is left alone."""
        if entries:
            await self._insert(entries, now)

    async def claim(self, now: datetime, until: datetime, limit: int) -> tuple[Claimed, ...]:
        """Claim due rows until a moment, urgent first, and count the attempt."""
        await line_up(self._connection)
        claimed = await self._connection.execute(
            _CLAIM, {"now": now, "until": until, "limit": limit}
        )
        rows = claimed.all()
        ordered = sorted(rows, key=lambda row: (not row.urgent, row.due_at, row.sequence))
        return tuple([each for row in ordered if (each := await self._read(row, now))])

    async def budgeted(self, entry: OutboxId) -> None:
        """Note that the send budget has been charged for this row."""
        await self._connection.execute(_NOTE_CHARGED, {"entry": entry})

    async def sent(self, entry: OutboxId, receipt: Mapping[str, str], now: datetime) -> bool:
        """It is out; the receipt keeps the platform's ids. True if more waits in its lane."""
        settled = {"entry": entry, "now": now, "outcome": "sent", "why": "", "ids": dict(receipt)}
        return await self._settle(_FINISH_SENT, settled)

    async def again(
        self, entry: OutboxId, error: str, at: datetime, *, doubtful: bool, free: bool
    ) -> None:
        """Try again at a moment; doubtful when it may have got through (it then stays so).

        `due_at` stays: staff read it below the text, and WeCom suppresses a repeat word for word.
        """
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == entry, text(UNFINISHED))
            .values(
                state="unknown" if doubtful else outbox.c.state,
                doubtful=or_(outbox.c.doubtful, literal(doubtful, Boolean)),
                attempts=func.greatest(outbox.c.attempts - int(free), 0),
                claimed_until=null(),
                wake_at=at,
                error=error,
            )
        )

    async def unroutable(self, entry: OutboxId, reason: str, now: datetime) -> bool:
        """There is no legal way for it now. True if more waits in its lane."""
        settled = {"entry": entry, "now": now, "outcome": "unroutable", "why": reason}
        return await self._settle(_FINISH, settled)

    async def dead(self, entry: OutboxId, error: str, now: datetime) -> bool:
        """It needs a person. True if more waits in its lane."""
        settled = {"entry": entry, "now": now, "outcome": "dead", "why": error}
        return await self._settle(_FINISH, settled)

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next row becomes due, for the worker's sleep."""
        moment: datetime | None = await self._connection.scalar(_NEXT_DUE, {"now": now})
        return moment

    async def dead_letters(self, limit: int) -> tuple[DeadLetter, ...]:
        """Inbox and outbox rows that need a person, newest first."""
        return await dead_letters(self._connection, limit)

    async def redeliver(self, letter: str, now: datetime) -> bool:
        """Put one dead letter (id, inbox or outbox) back; False if there is none."""
        try:
            which = UUID(letter)
        except ValueError:
            return False
        if await redeliver_inbox(self._connection, InboxId(which), now):
            return True
        put_back = await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == which, text("outbox.state = 'dead'"))
            .values(
                state="pending",
                attempts=0,
                due_at=now,
                wake_at=now,
                finished_at=null(),
                unlined=True,
            )
        )
        return put_back.rowcount == 1

    async def _read(self, row: Row[Any], now: datetime) -> Claimed | None:
        """Read a claimed row; one that cannot be read needs a person and stops nobody else."""
        body = read_body(row.body)
        if body is None:
            await self.dead(OutboxId(row.id), "unreadable", now)
            return None
        return _claimed(row, body)

    async def _settle(self, finish: Executable, settled: Mapping[str, object]) -> bool:
        finished = await self._connection.execute(finish, settled)
        return bool(finished.scalar_one_or_none())

    async def _insert(self, entries: Sequence[OutboxEntry], now: datetime) -> None:
        await self._connection.execute(
            ADD_TO_OUTBOX,
            {
                "id": [each.id for each in entries],
                "lane": [each.lane for each in entries],
                "kind": [KINDS_OF_BODY[type(each.body)] for each in entries],
                "body": [to_json(CODEC.encode(each.body)) for each in entries],
                "cause": [each.cause for each in entries],
                "urgent": [each.urgent for each in entries],
                "expires_at": [each.expires_at for each in entries],
                "due_at": [each.due_at for each in entries],
                "now": now,
            },
        )


def _claimed(row: Row[Any], body: Body) -> Claimed:
    entry = OutboxEntry(
        id=OutboxId(row.id),
        lane=row.lane,
        body=body,
        cause=None if row.cause is None else InboxId(row.cause),
        due_at=row.due_at,
        urgent=row.urgent,
        expires_at=row.expires_at,
    )
    return Claimed(entry, row.attempts, row.doubtful, row.budgeted)
