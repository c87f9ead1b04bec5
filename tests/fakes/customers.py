"""Customers kept in memory, each by themselves; read as the persons they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from desk.customers.model import (
    EXTERNAL_USERID,
    Customer,
    Identity,
    Link,
    Name,
    ProvenOrder,
    ViewedItem,
    buyer_name,
    named_buyer,
)
from desk.customers.suggestions import CUSTOMER, Suggestion, SuggestionState
from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId
from tests.fakes.kinship import FakeKinship

_VIEWED_KEPT = 10
T = TypeVar("T")


@dataclass
class FakeCustomers:
    """Customers by id as they were written; a name belongs to one of them."""

    kept: dict[CustomerId, Customer] = field(default_factory=dict)
    attempts: list[tuple[CustomerId, str, datetime, bool]] = field(default_factory=list)
    kinship: FakeKinship = field(default_factory=FakeKinship)
    phones: list[tuple[str, CustomerId]] = field(default_factory=list)
    told: dict[str, tuple[BuyerId, ...]] = field(default_factory=dict)
    """Buyers by the unionid of their orders."""

    async def get(self, customer: CustomerId) -> Customer | None:
        known = self.kept.get(customer)
        return None if known is None else await self._as_person(known)

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        owner = await self.owner(Name(EXTERNAL_USERID, external_userid))
        return None if owner is None else await self.get(owner)

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        for customer in self.kept.values():
            if any((each.shop, each.buyer) == (shop, buyer) for each in customer.buyers):
                return await self._as_person(customer)
        return None

    async def by_nickname(self, nickname: str, limit: int) -> tuple[Customer, ...]:
        wanted = nickname.lower()
        ranked = [(_likeness(each.nickname.lower(), wanted), each) for each in self.kept.values()]
        fitting = sorted((each for each in ranked if each[0]), key=lambda each: -each[0])
        return tuple([await self._as_person(customer) for _, customer in fitting[:limit]])

    async def failed_attempts(
        self, customer: CustomerId, order_no: str, since: datetime
    ) -> tuple[int, int, int]:
        person = (await self.kinship.kin(customer)).members
        failed = [each for each in self.attempts if not each[3] and each[2] >= since]
        by_them = sum(each[0] in person for each in failed)
        return by_them, sum(each[1] == order_no for each in failed), len(failed)

    async def are_kept_apart(self, one: CustomerId, other: CustomerId) -> bool:
        kin, others = await self.kinship.kin(one), await self.kinship.kin(other)
        return await self.kinship.apart(kin.members, others.members) is not None

    async def suggestions(self, customer: CustomerId, limit: int) -> tuple[Suggestion, ...]:
        members = (await self.kinship.kin(customer)).members
        found = []
        for each in self.kinship.suggested.values():
            like = await self._meant(each.like)
            if each.state is SuggestionState.OPEN and {each.customer, like} & members:
                found.append(each)
        return tuple(found[:limit])

    async def name(self, customer: CustomerId, nickname: str) -> None:
        self.kept[customer] = replace(self.kept[customer], nickname=nickname)

    async def link(self, customer: CustomerId, identity: Identity) -> CustomerId:
        owner = await self.owner(identity.name)
        if owner is not None:
            return owner
        known, buyer = self.kept[customer], named_buyer(identity.name)
        if buyer is None:
            changed = replace(known, names=(*known.names, identity))
        else:
            link = Link(buyer, identity.evidence, identity.linked_at, identity.by)
            changed = replace(known, links=(*known.links, link))
        self.kept[customer] = changed
        return customer

    async def owner(self, name: Name) -> CustomerId | None:
        return next((each.id for each in self.kept.values() if name in _names_of(each)), None)

    async def buyers_of(self, unionid: str) -> tuple[BuyerId, ...]:
        return self.told.get(unionid, ())

    async def open_buyer(self, customer: CustomerId, identity: Identity) -> CustomerId:
        opened = Customer(customer, "", "", (), (), (), asked_not_to_push=False)
        self.kept.setdefault(customer, opened)
        return await self.link(customer, identity)

    async def prove_order(self, customer: CustomerId, order: ProvenOrder, at: datetime) -> None:
        known = self.kept[customer]
        wanted = (order.conversation, order.shop, order.order_no)
        others = tuple(
            each
            for each in known.proven_orders
            if (each.conversation, each.shop, each.order_no) != wanted
        )
        self.kept[customer] = replace(known, proven_orders=(order, *others))

    async def note_phone(
        self, customer: CustomerId, phone: str, at: datetime
    ) -> tuple[CustomerId, ...]:
        if (phone, customer) not in self.phones:
            self.phones.append((phone, customer))
        return tuple(who for noted, who in self.phones if noted == phone and who != customer)

    async def count_attempt(
        self, customer: CustomerId, order_no: str, at: datetime, *, succeeded: bool
    ) -> None:
        self.attempts.append((customer, order_no, at, succeeded))

    async def view(self, customer: CustomerId, viewed: ViewedItem) -> None:
        known = self.kept[customer]
        others = tuple(each for each in known.viewed if each.item != viewed.item)
        self.kept[customer] = replace(known, viewed=(viewed, *others)[:_VIEWED_KEPT])

    async def stop_pushes(self, customer: CustomerId, at: datetime, *, on: bool) -> None:
        self.kept[customer] = replace(self.kept[customer], asked_not_to_push=on)

    async def _as_person(self, customer: Customer) -> Customer:
        members = (await self.kinship.kin(customer.id)).members
        if len(members) == 1:
            return replace(customer, person=(customer.id,))
        theirs = [self.kept[each] for each in sorted(members) if each in self.kept]
        return replace(
            customer,
            links=_all(each.links for each in theirs),
            names=_all(each.names for each in theirs),
            viewed=_all(each.viewed for each in theirs),
            proven_orders=_all(each.proven_orders for each in theirs),
            asked_not_to_push=any(each.asked_not_to_push for each in theirs),
            person=tuple(sorted(members)),
        )

    async def _meant(self, like: Name) -> CustomerId | None:
        if like.namespace == CUSTOMER:
            return next((each for each in self.kept if str(each) == like.value), None)
        return await self.owner(like)


def _all(lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(lists))


def _names_of(customer: Customer) -> tuple[Name, ...]:
    own = (Name(EXTERNAL_USERID, customer.external_userid),) if customer.external_userid else ()
    buyers = tuple(buyer_name(each) for each in customer.buyers)
    return (*own, *buyers, *(each.name for each in customer.names))


def _likeness(nickname: str, wanted: str) -> int:
    if not wanted or wanted not in nickname:
        return 0
    return 3 if nickname == wanted else 2 if nickname.startswith(wanted) else 1
