"""Customers, the buyers they are proven to be, what they looked at, and tries to prove more."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import FromClause

from desk.customers.model import Customer, Evidence, Link, ProvenOrder, ViewedItem
from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId, ItemId
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

_SHOP = "shop:"
_VIEWS = 10

_SPELLED = func.lower(customers.c.nickname)
_HEARD_AT = (
    select(func.max(conversations.c.last_heard_at))
    .where(conversations.c.customer_id == customers.c.id)
    .correlate(customers)
    .scalar_subquery()
)
_HEARD_LAST = (_HEARD_AT.desc().nulls_last(), customers.c.id)


class StoredCustomers:
    """Implements `desk.customers.ports.CustomerStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, customer: CustomerId) -> Customer | None:
        """A customer with links, the ten last viewed products (newest first), proven orders."""
        return await self._one(_whole().where(customers.c.id == customer))

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        """A customer by WeCom's id."""
        return await self._one(_known_as(EXTERNAL_USERID, external_userid))

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        """The customer who is proven to be this buyer."""
        return await self._one(_known_as(f"{_SHOP}{shop}", buyer))

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
        await self._connection.execute(
            update(customers).where(customers.c.id == customer).values(nickname=nickname)
        )

    async def link(self, customer: CustomerId, link: Link) -> bool:
        """Link a buyer; False if that buyer is already linked to somebody else."""
        namespace = f"{_SHOP}{link.buyer.shop}"
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
        return tuple(_customer(row) for row in await self._connection.execute(query))

    async def _one(self, query: Select[Any]) -> Customer | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _customer(row)


def _known_as(namespace: str, value: str) -> Select[Any]:
    """The customer with this name outside; aliased, since the whole reads identities too."""
    name = identities.alias("known_as")
    return (
        _whole()
        .join(name, name.c.customer_id == customers.c.id)
        .where(name.c.namespace == namespace, name.c.value == value)
    )


def _nicknamed(wanted: str, limit: int) -> Select[Any]:
    """Those whose nickname is this or begins with it."""
    exact = func.length(_SPELLED) == len(wanted)
    begins = _SPELLED.startswith(wanted, autoescape=True)
    return _whole().where(begins).order_by(exact.desc(), *_HEARD_LAST).limit(limit)


def _with_nickname_part(wanted: str, limit: int) -> Select[Any]:
    """Those whose nickname holds this further on."""
    begins = _SPELLED.startswith(wanted, autoescape=True)
    holds = _SPELLED.contains(wanted, autoescape=True)
    return _whole().where(holds, ~begins).order_by(*_HEARD_LAST).limit(limit)


def _whole() -> Select[Any]:
    """A customer with all that belongs to them, in one statement; lists arrive as JSON."""
    links = (
        select(
            identities.c.namespace,
            identities.c.value,
            identities.c.evidence,
            identities.c.linked_at,
        )
        .where(identities.c.customer_id == customers.c.id)
        .order_by(identities.c.linked_at, identities.c.namespace, identities.c.value)
        .correlate(customers)
        .subquery()
    )
    viewed = (
        select(
            viewed_items.c.shop, viewed_items.c.item, viewed_items.c.title, viewed_items.c.viewed_at
        )
        .where(viewed_items.c.customer_id == customers.c.id)
        .order_by(viewed_items.c.viewed_at.desc(), viewed_items.c.shop, viewed_items.c.item)
        .limit(_VIEWS)
        .correlate(customers)
        .subquery()
    )
    proven = (
        select(proven_orders.c.shop, proven_orders.c.order_no)
        .where(proven_orders.c.customer_id == customers.c.id)
        .order_by(proven_orders.c.proven_at, proven_orders.c.order_no)
        .correlate(customers)
        .subquery()
    )
    return select(
        customers.c.id,
        customers.c.nickname,
        customers.c.asked_not_to_push_at,
        _listed(links).label("names"),
        _listed(viewed).label("viewed"),
        _listed(proven).label("proven"),
    )


def _listed(rows: FromClause) -> Any:  # noqa: ANN401  a scalar subquery of JSON
    return (
        select(func.jsonb_agg(func.jsonb_build_array(*rows.c))).select_from(rows).scalar_subquery()
    )


def _customer(row: Row[Any]) -> Customer:
    names = [(namespace, value, why, at) for namespace, value, why, at in row.names or ()]
    return Customer(
        id=CustomerId(row.id),
        external_userid=next((value for name, value, *_ in names if name == EXTERNAL_USERID), ""),
        nickname=row.nickname,
        links=tuple(
            Link(
                BuyerId(namespace.removeprefix(_SHOP), value),
                Evidence(why),
                datetime.fromisoformat(at),
            )
            for namespace, value, why, at in names
            if namespace.startswith(_SHOP)
        ),
        viewed=tuple(
            ViewedItem(ItemId(shop, item), title, datetime.fromisoformat(at))
            for shop, item, title, at in row.viewed or ()
        ),
        proven_orders=tuple(ProvenOrder(shop, order_no) for shop, order_no in row.proven or ()),
        asked_not_to_push=row.asked_not_to_push_at is not None,
    )
