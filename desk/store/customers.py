"""Customers, the buyers they are proven to be, what they looked at, and tries to prove more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, case, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.customers.model import Customer, Link, ProvenOrder, ViewedItem
from desk.kernel.ids import CustomerId
from desk.store.columns import storable
from desk.store.opening import EXTERNAL_USERID
from desk.store.schema import (
    FAILED_PROOF,
    conversations,
    customers,
    identities,
    link_attempts,
    proven_orders,
    viewed_items,
)
from desk.store.whole import SHOP, WHOLE, customer_of

_SPELLED = func.lower(customers.c.nickname)
_HEARD_AT = (
    select(func.max(conversations.c.last_heard_at))
    .where(conversations.c.customer_id == customers.c.id)
    .correlate(customers)
    .scalar_subquery()
)
_HEARD_LAST = (_HEARD_AT.desc().nulls_last(), customers.c.id)

_GET = WHOLE.where(customers.c.id == bindparam("customer"))
_NAMED = identities.alias("known_as")
"""Aliased, since the whole reads identities too."""
_KNOWN_AS = WHOLE.join(_NAMED, _NAMED.c.customer_id == customers.c.id).where(
    _NAMED.c.namespace == bindparam("namespace"), _NAMED.c.value == bindparam("name")
)
_NAME = (
    update(customers)
    .where(customers.c.id == bindparam("customer"))
    .values(nickname=bindparam("name"))
)


class StoredCustomers:
    """Implements `desk.customers.ports.CustomerStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, customer: CustomerId) -> Customer | None:
        """A customer with links, the ten last viewed products (newest first), proven orders."""
        return await self._one(_GET, {"customer": customer})

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        """A customer by WeCom's id."""
        return await self._known_as(EXTERNAL_USERID, external_userid)

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        """The customer who is proven to be this buyer."""
        return await self._known_as(f"{SHOP}{shop}", buyer)

    async def by_nickname(self, nickname: str, limit: int) -> tuple[Customer, ...]:
        """Customers of a nickname: just this one first, then those that begin with it or hold it.

        Within each kind the one heard last comes first; upper and lower case count the same.
        """
        wanted = storable(nickname).lower()
        if not wanted:
            return ()
        found = await self._all(_nicknamed(wanted, limit))
        if len(found) == limit:
            return found
        # This one reads every nickname there is: only where the index has not found enough.
        return (*found, *await self._all(_with_nickname_part(wanted, limit - len(found))))

    async def failed_attempts(
        self, customer: CustomerId, order_no: str, since: datetime
    ) -> tuple[int, int, int]:
        """Failed proofs since then: by this customer, on this order, by everybody."""
        failed = select(func.count()).where(text(FAILED_PROOF), link_attempts.c.tried_at >= since)
        found = await self._connection.execute(
            select(
                failed.where(link_attempts.c.customer_id == customer).scalar_subquery(),
                failed.where(link_attempts.c.order_no == order_no).scalar_subquery(),
                failed.scalar_subquery(),
            )
        )
        by_customer, on_order, by_all = found.one()
        return by_customer, on_order, by_all

    async def name(self, customer: CustomerId, nickname: str) -> None:
        """Note the nickname."""
        await self._connection.execute(_NAME, {"customer": customer, "name": nickname})

    async def link(self, customer: CustomerId, link: Link) -> bool:
        """Link a buyer; False if that buyer is already linked to somebody else."""
        namespace = f"{SHOP}{link.buyer.shop}"
        await self._connection.execute(
            insert(identities)
            .values(
                namespace=namespace,
                value=link.buyer.buyer,
                customer_id=customer,
                evidence=link.evidence.value,
                linked_at=link.linked_at,
            )
            .on_conflict_do_nothing()
        )
        owner = await self._connection.scalar(
            select(identities.c.customer_id).where(
                identities.c.namespace == namespace, identities.c.value == link.buyer.buyer
            )
        )
        return owner == customer

    async def prove_order(self, customer: CustomerId, order: ProvenOrder, at: datetime) -> None:
        """Note an order that the customer proved."""
        await self._connection.execute(
            insert(proven_orders)
            .values(customer_id=customer, shop=order.shop, order_no=order.order_no, proven_at=at)
            .on_conflict_do_nothing()
        )

    async def count_attempt(
        self, customer: CustomerId, order_no: str, at: datetime, *, succeeded: bool
    ) -> None:
        """Count a try to prove an order."""
        await self._connection.execute(
            insert(link_attempts).values(
                customer_id=customer, order_no=order_no, tried_at=at, succeeded=succeeded
            )
        )

    async def view(self, customer: CustomerId, viewed: ViewedItem) -> None:
        """Note a viewed product (a later view of the same product replaces the earlier)."""
        new = insert(viewed_items).values(
            customer_id=customer,
            shop=viewed.item.shop,
            item=viewed.item.item,
            title=viewed.title,
            viewed_at=viewed.at,
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["customer_id", "shop", "item"],
                set_={
                    # A view that came without a title keeps the one that is known.
                    "title": case(
                        (new.excluded.title == "", viewed_items.c.title),
                        else_=new.excluded.title,
                    ),
                    "viewed_at": new.excluded.viewed_at,
                },
                where=new.excluded.viewed_at >= viewed_items.c.viewed_at,
            )
        )

    async def stop_pushes(self, customer: CustomerId, at: datetime, *, on: bool) -> None:
        """Note whether the customer wants pushes."""
        await self._connection.execute(
            update(customers)
            .where(customers.c.id == customer)
            .values(asked_not_to_push_at=at if on else null())
        )

    async def _all(self, query: Select[Any]) -> tuple[Customer, ...]:
        return tuple(customer_of(row) for row in await self._connection.execute(query))

    async def _known_as(self, namespace: str, name: str) -> Customer | None:
        return await self._one(_KNOWN_AS, {"namespace": namespace, "name": name})

    async def _one(self, query: Select[Any], given: Mapping[str, object]) -> Customer | None:
        row = (await self._connection.execute(query, given)).one_or_none()
        return None if row is None else customer_of(row)


def _nicknamed(wanted: str, limit: int) -> Select[Any]:
    """Those whose nickname is this or begins with it."""
    exact = func.length(_SPELLED) == len(wanted)
    begins = _SPELLED.startswith(wanted, autoescape=True)
    return WHOLE.where(begins).order_by(exact.desc(), *_HEARD_LAST).limit(limit)


def _with_nickname_part(wanted: str, limit: int) -> Select[Any]:
    """Those whose nickname holds this further on."""
    begins = _SPELLED.startswith(wanted, autoescape=True)
    holds = _SPELLED.contains(wanted, autoescape=True)
    return WHOLE.where(holds, ~begins).order_by(*_HEARD_LAST).limit(limit)
