"""How far each shop's changed orders have been pulled, and the nightly difference lists."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.schema_shops import shop_differences, shop_pulls
from desk.sync.model import Difference, Flaw, PullState

_THE_SHOP = shop_pulls.c.shop == bindparam("of_shop")
_CLAIM = (
    update(shop_pulls)
    .where(
        _THE_SHOP,
        shop_pulls.c.due_at <= bindparam("now"),
        or_(shop_pulls.c.leased_until.is_(None), shop_pulls.c.leased_until <= bindparam("now")),
    )
    .values(leased_until=bindparam("until"), due_at=bindparam("next"))
    .returning(shop_pulls)
)
_ADVANCE = (
    update(shop_pulls)
    .where(_THE_SHOP)
    .values(
        done_until=func.greatest(shop_pulls.c.done_until, bindparam("reached")),
        leased_until=bindparam("until"),
        failures=0,
        error="",
    )
)
_FINISH = (
    update(shop_pulls)
    .where(_THE_SHOP)
    .values(last_success=bindparam("now"), leased_until=null(), failures=0, error="")
)
_FAIL = (
    update(shop_pulls)
    .where(_THE_SHOP)
    .values(
        due_at=bindparam("again"),
        leased_until=null(),
        failures=shop_pulls.c.failures + 1,
        error=bindparam("why"),
    )
)
_SINCE = (
    select(shop_differences)
    .where(shop_differences.c.found_at >= bindparam("since"))
    .order_by(shop_differences.c.found_at.desc(), shop_differences.c.id.desc())
)


class StoredShopPulls:
    """Implements `desk.sync.ports.ShopPullStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(
        self, shop: str, now: datetime, until: datetime, every: timedelta, start: datetime
    ) -> PullState | None:
        """Claim a shop whose pull is due (begun at `start` the first time); None if it is not."""
        await self._connection.execute(
            upsert(shop_pulls)
            .values(shop=shop, done_until=start, due_at=now)
            .on_conflict_do_nothing(index_elements=["shop"])
        )
        asked = {"of_shop": shop, "now": now, "until": until, "next": now + every}
        row = (await self._connection.execute(_CLAIM, asked)).one_or_none()
        return pull_state(row) if row is not None else None

    async def advance(self, shop: str, done_until: datetime, until: datetime) -> None:
        """Everything before `done_until` is in the book, and the claim holds until `until`.

        What failed before is over.
        """
        asked = {"of_shop": shop, "reached": done_until, "until": until}
        await self._connection.execute(_ADVANCE, asked)

    async def finish(self, shop: str, now: datetime) -> None:
        """The pull is over and went well."""
        await self._connection.execute(_FINISH, {"of_shop": shop, "now": now})

    async def fail(self, shop: str, again: datetime, error: str) -> None:
        """The pull broke off; nothing is taken as done that was not told so before."""
        await self._connection.execute(_FAIL, {"of_shop": shop, "again": again, "why": error})


class StoredDifferences:
    """Implements `desk.sync.ports.DifferenceStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, differences: Sequence[Difference]) -> None:
        """Keep them."""
        rows = [
            {
                "shop": each.shop,
                "number": each.number,
                "flaw": each.flaw.value,
                "ours": each.ours,
                "theirs": each.theirs,
                "found_at": each.found_at,
            }
            for each in differences
        ]
        if rows:
            await self._connection.execute(insert(shop_differences), rows)

    async def since(self, moment: datetime, limit: int) -> tuple[Difference, ...]:
        """Those found since then, newest first."""
        found = await self._connection.execute(_SINCE.limit(limit), {"since": moment})
        return tuple(_difference(row) for row in found)


def pull_state(row: Row[Any]) -> PullState:
    """Read a row of shop_pulls."""
    return PullState(row.shop, row.done_until, row.last_success, row.failures, row.error)


def _difference(row: Row[Any]) -> Difference:
    flaw = Flaw(row.flaw)
    return Difference(row.shop, row.number, flaw, row.ours, row.theirs, row.found_at)
