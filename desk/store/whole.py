"""Customers as the desk knows them, with all that belongs to the person, in one statement."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select, true
from sqlalchemy.sql import FromClause

from desk.customers.model import (
    EXTERNAL_USERID,
    Customer,
    Evidence,
    Identity,
    Link,
    Name,
    ProvenOrder,
    ViewedItem,
    named_buyer,
)
from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import BuyerId, ItemId
from desk.store.persons import people_of
from desk.store.schema import customers, identities, viewed_items
from desk.store.schema_customers import order_proofs

_VIEWS = 10
_PROOFS = 50


def _whole() -> Select[Any]:
    """Each list arrives as one value of JSON, so that there is one row for a customer."""
    people = people_of(customers.c.id)
    theirs = func.any(people.c.ids)
    anybody = customers.alias("anybody")
    pushes = (
        select(func.max(anybody.c.asked_not_to_push_at))
        .where(anybody.c.id == theirs)
        .correlate(people)
        .scalar_subquery()
    )
    return select(
        customers.c.id,
        customers.c.nickname,
        customers.c.created_at,
        people.c.ids.label("person"),
        pushes.label("asked_not_to_push_at"),
        _listed(_names(theirs, people)).label("names"),
        _listed(_viewed(theirs, people)).label("viewed"),
        _listed(_proven(theirs, people)).label("proven"),
    ).join_from(customers, people, true())


def _names(theirs: ColumnElement[Any], people: FromClause) -> FromClause:
    return (
        select(
            identities.c.customer_id,
            identities.c.namespace,
            identities.c.value,
            identities.c.evidence,
            identities.c.linked_at,
            identities.c.linked_by,
        )
        .where(identities.c.customer_id == theirs)
        .order_by(identities.c.linked_at, identities.c.namespace, identities.c.value)
        .correlate(people)
        .subquery()
    )


def _viewed(theirs: ColumnElement[Any], people: FromClause) -> FromClause:
    return (
        select(
            viewed_items.c.shop, viewed_items.c.item, viewed_items.c.title, viewed_items.c.viewed_at
        )
        .where(viewed_items.c.customer_id == theirs)
        .order_by(viewed_items.c.viewed_at.desc(), viewed_items.c.shop, viewed_items.c.item)
        .limit(_VIEWS)
        .correlate(people)
        .subquery()
    )


def _proven(theirs: ColumnElement[Any], people: FromClause) -> FromClause:
    return (
        select(
            order_proofs.c.conversation_id,
            order_proofs.c.shop,
            order_proofs.c.order_no,
            order_proofs.c.buyer,
            order_proofs.c.expires_at,
        )
        .where(order_proofs.c.customer_id == theirs)
        .order_by(order_proofs.c.proven_at.desc(), order_proofs.c.order_no)
        .limit(_PROOFS)
        .correlate(people)
        .subquery()
    )


def _listed(rows: FromClause) -> Any:  # noqa: ANN401  a scalar subquery of JSON
    return (
        select(func.jsonb_agg(func.jsonb_build_array(*rows.c))).select_from(rows).scalar_subquery()
    )


WHOLE = _whole()
"""Customers with names, the ten last viewed products and fifty last proofs (newest first)."""


def customer_of(row: Row[Any]) -> Customer:
    """Read one row of `WHOLE`."""
    names = [(UUID(owner), _identity(*rest)) for owner, *rest in row.names or ()]
    own = (
        each.name.value
        for owner, each in names
        if owner == row.id and each.name.namespace == EXTERNAL_USERID
    )
    found = [(named_buyer(each.name), each) for _, each in names]
    return Customer(
        id=CustomerId(row.id),
        external_userid=next(own, ""),
        nickname=row.nickname,
        links=tuple(_link(buyer, each) for buyer, each in found if buyer),
        names=tuple(each for buyer, each in found if not buyer),
        viewed=tuple(
            ViewedItem(ItemId(shop, item), title, datetime.fromisoformat(at))
            for shop, item, title, at in row.viewed or ()
        ),
        proven_orders=tuple(_proof(*each) for each in row.proven or ()),
        asked_not_to_push=row.asked_not_to_push_at is not None,
        since=row.created_at,
        person=tuple(CustomerId(each) for each in row.person),
    )


def _identity(namespace: str, value: str, why: str, at: str, by: str) -> Identity:
    return Identity(Name(namespace, value), Evidence(why), datetime.fromisoformat(at), by)


def _link(buyer: BuyerId, identity: Identity) -> Link:
    return Link(buyer, identity.evidence, identity.linked_at, identity.by)


def _proof(conversation: str, shop: str, order_no: str, buyer: str, until: str) -> ProvenOrder:
    return ProvenOrder(
        conversation=ConversationId(UUID(conversation)),
        shop=shop,
        order_no=order_no,
        buyer=BuyerId(shop, buyer) if buyer else None,
        until=datetime.fromisoformat(until),
    )
