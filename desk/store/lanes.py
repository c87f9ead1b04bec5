"""Lanes of the outbox: one row after another, without looking at all those that wait."""

from sqlalchemy import ARRAY, bindparam, distinct, exists, func, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.columns import Words
from desk.store.schema import CLAIMABLE, UNFINISHED, UNLINED, outbox

_ONE_AT_A_TIME = 7_265_001
"""Any number, as long as nobody else takes it for another advisory lock."""
_AT_ONCE = 1000

_ALONE = select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))
_MARKED = (
    select(outbox.c.id)
    .where(text(UNLINED))
    .limit(_AT_ONCE)
    .with_for_update(skip_locked=True)
    .cte("marked")
)
_LINED = (
    update(outbox)
    .where(outbox.c.id == _MARKED.c.id)
    .values(unlined=False)
    .returning(outbox.c.lane)
    .cte("lined")
)
_TAKE_CHANGED = select(distinct(_LINED.c.lane))
_LANE = (
    func.unnest(bindparam("lanes", type_=ARRAY(Words))).table_valued("lane").render_derived("lanes")
)
_FIRST = (
    select(outbox.c.id)
    .where(outbox.c.lane == _LANE.c.lane, text(UNFINISHED))
    .order_by(outbox.c.sequence)
    .limit(1)
    .scalar_subquery()
)
_HEADLESS = ~exists(
    select(literal(1)).select_from(outbox).where(outbox.c.lane == _LANE.c.lane, text(CLAIMABLE))
)
_PROMOTE = (
    update(outbox)
    .where(outbox.c.id.in_(select(_FIRST).select_from(_LANE).where(_HEADLESS)))
    .values(head=True)
)


async def line_up(connection: AsyncConnection) -> None:
    """Give every lane that changed since the last time its head: the oldest unfinished row.

    Whoever adds or finishes a row only marks it. Lining up looks at what is committed, one
    process at a time; so nobody has to lock a lane, and no row can be overlooked: what is
    committed meanwhile carries its mark to the next time.
    """
    if not await connection.scalar(_ALONE):
        return
    lanes = list((await connection.execute(_TAKE_CHANGED)).scalars())
    if lanes:
        await connection.execute(_PROMOTE, {"lanes": lanes})
