"""Group leaders."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.customers.model import EXTERNAL_USERID
from desk.kernel.ids import CustomerId, uuid7
from desk.leaders.model import Leader
from desk.store.persons import person
from desk.store.readers import Reading
from desk.store.schema import customers, identities
from desk.store.schema_places import LEADS, group_leaders

_USERID = (
    select(identities.c.value)
    .where(
        identities.c.customer_id == group_leaders.c.customer_id,
        identities.c.namespace == EXTERNAL_USERID,
    )
    .limit(1)
    .scalar_subquery()
)
_LEADERS = select(group_leaders, customers.c.nickname, _USERID.label("external_userid")).join(
    customers, customers.c.id == group_leaders.c.customer_id
)


class StoredLeaders:
    """Implements `desk.leaders.ports.LeaderStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, customer: CustomerId) -> Leader | None:
        """The group leader that a person is; None where they are none."""
        found = await self._all(_of_person(customer).limit(1))
        return found[0] if found else None

    async def everybody(self, limit: int) -> tuple[Leader, ...]:
        """Group leaders, the newest first."""
        newest = _LEADERS.where(text(LEADS)).order_by(group_leaders.c.marked_at.desc())
        return await self._all(newest.limit(limit))

    async def mark(self, customer: CustomerId, warehouse: str, by: str, now: datetime) -> Leader:
        """Mark a person; who is marked already is so anew, with this warehouse."""
        await self.end(customer, by, now)
        marked = {"customer_id": customer, "warehouse": warehouse}
        await self._connection.execute(
            insert(group_leaders).values(id=uuid7(), **marked, marked_at=now, marked_by=by)
        )
        (leader,) = await self._all(_of_person(customer).limit(1))
        return leader

    async def end(self, customer: CustomerId, by: str, now: datetime) -> Leader | None:
        """Mark a person no more; as it was, None where they were not marked."""
        before = await self._all(_of_person(customer).with_for_update(of=group_leaders))
        await self._connection.execute(
            update(group_leaders)
            .where(group_leaders.c.customer_id.in_(person(customer)), text(LEADS))
            .values(ended_at=now, ended_by=by)
        )
        return before[0] if before else None

    async def _all(self, query: Select[Any]) -> tuple[Leader, ...]:
        return tuple(_leader(row) for row in await self._connection.execute(query))


class Leaders:
    """Implements `desk.leaders.ports.LeaderReader`, each question on a connection of its own."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of(self, customer: CustomerId) -> Leader | None:
        """The group leader that a person is; None where they are none."""
        async with self._reading() as connection:
            return await StoredLeaders(connection).of(customer)

    async def everybody(self, limit: int) -> tuple[Leader, ...]:
        """Group leaders, the newest first."""
        async with self._reading() as connection:
            return await StoredLeaders(connection).everybody(limit)


def _of_person(customer: CustomerId) -> Select[Any]:
    """What a person is marked as; two who were marked before they were merged are it twice."""
    theirs = _LEADERS.where(group_leaders.c.customer_id.in_(person(customer)), text(LEADS))
    return theirs.order_by(group_leaders.c.marked_at.desc())


def _leader(row: Row[Any]) -> Leader:
    return Leader(
        customer=CustomerId(row.customer_id),
        nickname=row.nickname,
        external_userid=row.external_userid or "",
        warehouse=row.warehouse,
        since=row.marked_at,
        by=row.marked_by,
    )
