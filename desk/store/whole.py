"""Customers as the desk knows them, with all that belongs to them, in one statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.sql import FromClause

from desk.customers.model import Customer, Evidence, Link, ProvenOrder, ViewedItem
from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId, ItemId
from desk.store.opening import EXTERNAL_USERID
from desk.store.schema import customers, identities, proven_orders, viewed_items

SHOP = "shop:"
"""The namespace of a shop's buyers: this and the id of the shop."""
_VIEWS = 10


def _whole() -> Select[Any]:
    """Each list arrives as one value of JSON, so that there is one row for a customer."""
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
        customers.c.created_at,
        _listed(links).label("names"),
        _listed(viewed).label("viewed"),
        _listed(proven).label("proven"),
    )


def _listed(rows: FromClause) -> Any:  # noqa: ANN401  a scalar subquery of JSON
    return (
        select(func.jsonb_agg(func.jsonb_build_array(*rows.c))).select_from(rows).scalar_subquery()
    )


WHOLE = _whole()
"""Customers with links, the ten last viewed products (newest first), and proven orders."""


def customer_of(row: Row[Any]) -> Customer:
    """Read one row of `WHOLE`."""
    names = [(namespace, value, why, at) for namespace, value, why, at in row.names or ()]
    return Customer(
        id=CustomerId(row.id),
        external_userid=next((value for name, value, *_ in names if name == EXTERNAL_USERID), ""),
        nickname=row.nickname,
        links=tuple(
            Link(
                BuyerId(namespace.removeprefix(SHOP), value),
                Evidence(why),
                datetime.fromisoformat(at),
            )
            for namespace, value, why, at in names
            if namespace.startswith(SHOP)
        ),
        viewed=tuple(
            ViewedItem(ItemId(shop, item), title, datetime.fromisoformat(at))
            for shop, item, title, at in row.viewed or ()
        ),
        proven_orders=tuple(ProvenOrder(shop, order_no) for shop, order_no in row.proven or ()),
        asked_not_to_push=row.asked_not_to_push_at is not None,
        since=row.created_at,
    )
