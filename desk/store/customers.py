"""Customers, the names they are known by, what they looked at, and tries to prove more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.customers.model import (
    EXTERNAL_USERID,
    SHOP,
    Customer,
    Identity,
    Name,
    ProvenOrder,
    ViewedItem,
)
from desk.customers.suggestions import CUSTOMER, Suggestion
from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId
from desk.store.columns import storable
from desk.store.kinship import suggestion_of
from desk.store.order_book import StoredOrderBook
from desk.store.persons import person
from desk.store.schema import (
    FAILED_PROOF,
    conversations,
    customers,
    identities,
    link_attempts,
    viewed_items,
)
from desk.store.schema_customers import (
    OPEN_SUGGESTION,
    customer_phones,
    customer_suggestions,
    kept_apart,
    order_proofs,
)
from desk.store.whole import WHOLE, customer_of

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
        """A customer with all that is known of the person (newest ten views, newest proofs)."""
        return await self._one(_GET, {"customer": customer})

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        """A customer by WeCom's id."""
        return await self._known_as(EXTERNAL_USERID, external_userid)

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        """The customer who is held to be this buyer."""
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
        """Failed proofs since then: by this person, on this order, by everybody."""
        failed = select(func.count()).where(text(FAILED_PROOF), link_attempts.c.tried_at >= since)
        found = await self._connection.execute(
            select(
                failed.where(link_attempts.c.customer_id.in_(person(customer))).scalar_subquery(),
                failed.where(link_attempts.c.order_no == order_no).scalar_subquery(),
                failed.scalar_subquery(),
            )
        )
        by_customer, on_order, by_all = found.one()
        return by_customer, on_order, by_all

    async def name(self, customer: CustomerId, nickname: str) -> None:
        """Note the nickname."""
        await self._connection.execute(_NAME, {"customer": customer, "name": nickname})

    async def are_kept_apart(self, one: CustomerId, other: CustomerId) -> bool:
        """Tell whether staff keep apart anybody of the one person from anybody of the other."""
        some, others = person(one), person(other)
        a, b = kept_apart.c.one, kept_apart.c.other
        found = await self._connection.scalar(
            select(
                select(kept_apart)
                .where(
                    or_(a.in_(some) & b.in_(others), a.in_(others) & b.in_(some)),
                    kept_apart.c.lifted_at.is_(None),
                )
                .exists()
            )
        )
        return bool(found)

    async def suggestions(self, customer: CustomerId, limit: int) -> tuple[Suggestion, ...]:
        """The open suggestions about a person, oldest first."""
        told = customer_suggestions.c
        like = select(identities.c.namespace, identities.c.value).where(
            identities.c.customer_id.in_(person(customer))
        )
        somebody = person(customer).subquery()
        themselves = select(literal(CUSTOMER), cast(somebody.c.id, Text))
        found = await self._connection.execute(
            select(customer_suggestions)
            .where(
                text(OPEN_SUGGESTION),
                or_(
                    told.customer_id.in_(person(customer)),
                    tuple_(told.namespace, told.value).in_(like),
                    tuple_(told.namespace, told.value).in_(themselves),
                ),
            )
            .order_by(told.number)
            .limit(limit)
        )
        return tuple(suggestion_of(row) for row in found)

    async def link(self, customer: CustomerId, identity: Identity) -> CustomerId:
        """Give a name to a customer unless somebody owns it; whose it is now."""
        await self._connection.execute(
            insert(identities)
            .values(
                namespace=identity.name.namespace,
                value=identity.name.value,
                customer_id=customer,
                evidence=identity.evidence.value,
                linked_at=identity.linked_at,
                linked_by=identity.by,
            )
            .on_conflict_do_nothing()
        )
        return await self.owner(identity.name) or customer

    async def owner(self, name: Name) -> CustomerId | None:
        """Whose a name is."""
        found = await self._connection.scalar(
            select(identities.c.customer_id).where(
                identities.c.namespace == name.namespace, identities.c.value == name.value
            )
        )
        return None if found is None else CustomerId(found)

    async def buyers_of(self, unionid: str) -> tuple[BuyerId, ...]:
        """The buyers whose orders carry this unionid."""
        return await StoredOrderBook(self._connection).buyers_of(unionid)

    async def open_buyer(self, customer: CustomerId, identity: Identity) -> CustomerId:
        """Open a customer for a name of whom nobody knows who it is; whose the name is now."""
        await self._connection.execute(
            insert(customers)
            .values(id=customer, created_at=identity.linked_at)
            .on_conflict_do_nothing()
        )
        return await self.link(customer, identity)

    async def prove_order(self, customer: CustomerId, order: ProvenOrder, at: datetime) -> None:
        """Note an order that was proven; a later proof of the same holds longer."""
        new = insert(order_proofs).values(
            conversation_id=order.conversation,
            shop=order.shop,
            order_no=order.order_no,
            customer_id=customer,
            buyer=order.buyer.buyer if order.buyer else "",
            proven_at=at,
            expires_at=order.until,
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["conversation_id", "shop", "order_no"],
                set_={
                    "proven_at": new.excluded.proven_at,
                    "expires_at": new.excluded.expires_at,
                    "buyer": new.excluded.buyer,
                },
            )
        )

    async def note_phone(
        self, customer: CustomerId, phone: str, at: datetime
    ) -> tuple[CustomerId, ...]:
        """Note the hash of a telephone number; others who wrote the same, longest known first."""
        await self._connection.execute(
            insert(customer_phones)
            .values(phone=phone, customer_id=customer, noted_at=at)
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(customer_phones.c.customer_id)
            .where(customer_phones.c.phone == phone, customer_phones.c.customer_id != customer)
            .order_by(customer_phones.c.noted_at, customer_phones.c.customer_id)
        )
        return tuple(CustomerId(row.customer_id) for row in found)

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
