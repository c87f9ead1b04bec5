"""Coupons that were granted, each (customer, policy, subject) once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.coupons.model import Grant, GrantState
from desk.kernel.ids import ConversationId, CustomerId, GrantId
from desk.shops.port import BuyerId
from desk.store.persons import person
from desk.store.schema import grants


class StoredGrants:
    """Implements `desk.coupons.ports.GrantStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_customer(self, customer: CustomerId) -> tuple[Grant, ...]:
        """The grants of a person, newest first."""
        found = await self._connection.execute(
            select(grants)
            .where(grants.c.customer_id.in_(person(customer)))
            .order_by(grants.c.asked_at.desc(), grants.c.id.desc())
        )
        return tuple(_grant(row) for row in found)

    async def get(self, grant: GrantId) -> Grant | None:
        """One grant."""
        found = await self._connection.execute(select(grants).where(grants.c.id == grant))
        row = found.one_or_none()
        return None if row is None else _grant(row)

    async def add(self, grant: Grant) -> bool:
        """Store a new grant; False if (customer, policy, subject) has one."""
        added = await self._connection.execute(
            insert(grants)
            .values(
                id=grant.id,
                customer_id=grant.customer,
                conversation_id=grant.conversation,
                policy=grant.policy,
                subject=grant.subject,
                shop=grant.buyer.shop,
                buyer=grant.buyer.buyer,
                state=grant.state.value,
                code=grant.code,
                asked_at=grant.asked_at,
            )
            .on_conflict_do_nothing()
        )
        return added.rowcount == 1

    async def settle(self, grant: GrantId, state: GrantState, code: str, at: datetime) -> bool:
        """Move a grant out of ASKED; False if it was settled before."""
        settled = await self._connection.execute(
            update(grants)
            .where(grants.c.id == grant, grants.c.state == GrantState.ASKED.value)
            .values(state=state.value, code=code, settled_at=at)
        )
        return settled.rowcount == 1


def _grant(row: Row[Any]) -> Grant:
    return Grant(
        id=GrantId(row.id),
        customer=CustomerId(row.customer_id),
        conversation=ConversationId(row.conversation_id),
        policy=row.policy,
        subject=row.subject,
        buyer=BuyerId(row.shop, row.buyer),
        state=GrantState(row.state),
        code=row.code,
        asked_at=row.asked_at,
    )
