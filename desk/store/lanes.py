"""Lanes of the outbox: one row after another, without looking at all those that wait."""

from sqlalchemy import ARRAY, bindparam, distinct, exists, func, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.columns import Words
from desk.store.schema import CLAIMABLE, UNFINISHED, UNLINED, outbox

_ONE_AT_A_TIME = 7_265_001
"""Any number, as long as nobody else takes it for another advisory lock."""
_AT_ONCE = 1000


async def line_up(connection: AsyncConnection) -> None:
    """Give every lane that changed since the last time its head: the oldest unfinished row.

    Whoever adds or finishes a row only marks it. Lining up looks at what is committed, one
    process at a time; so nobody has to lock a lane, and no row can be overlooked: what is
    committed meanwhile carries its mark to the next time.
    """
    alone = select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))
    if not await connection.scalar(alone):
        return
    lanes = await _changed(connection)
    if lanes:
        await _promote(connection, lanes)


async def _changed(connection: AsyncConnection) -> list[str]:
    marked = (
        select(outbox.c.id)
        .where(text(UNLINED))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
        .cte("marked")
    )
    lined = (
        update(outbox)
        .where(outbox.c.id == marked.c.id)
        .values(unlined=False)
        .returning(outbox.c.lane)
        .cte("lined")
    )
    return list((await connection.execute(select(distinct(lined.c.lane)))).scalars())


async def _promote(connection: AsyncConnection, lanes: list[str]) -> None:
    lane = (
        func.unnest(bindparam("lanes", lanes, ARRAY(Words)))
        .table_valued("lane")
        .render_derived("lanes")
    )
    first = (
        select(outbox.c.id)
        .where(outbox.c.lane == lane.c.lane, text(UNFINISHED))
        .order_by(outbox.c.sequence)
        .limit(1)
        .scalar_subquery()
    )
    headless = ~exists(
        select(literal(1)).select_from(outbox).where(outbox.c.lane == lane.c.lane, text(CLAIMABLE))
    )
    heads = select(first).select_from(lane).where(headless)
    await connection.execute(update(outbox).where(outbox.c.id.in_(heads)).values(head=True))
