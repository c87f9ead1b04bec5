"""Decides who is who: merges, splits and keeps apart, one at a time for all customers."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk.customers.commands import (
    AboutKinship,
    AcceptSuggestion,
    AllowMerging,
    DeclineSuggestion,
    KeepApart,
    MergeCustomers,
    UnmergeCustomer,
)
from desk.customers.events import (
    CustomerEvent,
    CustomersKeptApart,
    CustomersMerged,
    CustomerSplit,
    MergeRefused,
    MergingAllowed,
    NameAccepted,
    NoOpenSuggestion,
    NotMerged,
    OnePersonAlready,
)
from desk.customers.kinship import Apart, Merge, to_undo
from desk.customers.model import Evidence, Identity, Name
from desk.customers.ports import CustomerStore, KinshipStore
from desk.customers.suggestions import CUSTOMER, Suggestion, SuggestionState
from desk.kernel.ids import CustomerId, derived

Events = tuple[CustomerEvent, ...]


class Kinships:
    """Who is one person with whom, in one piece of work."""

    def __init__(self, store: CustomerStore, kinship: KinshipStore, now: datetime) -> None:
        self._store, self._kinship, self._now = store, kinship, now

    async def carry_out(self, command: AboutKinship) -> Events:
        """Do what a member of staff says."""
        match command:
            case MergeCustomers(one, other, by, why):
                merge = Merge(one, other, Evidence.STAFF, why, by, self._now)
                return (await self.merge(merge) or OnePersonAlready(by),)
            case UnmergeCustomer(customer, by):
                return (await self._split(customer, by),)
            case KeepApart(one, other, by, why):
                return (await self._keep_apart(Apart(one, other, by, why, self._now)),)
            case AllowMerging(one, other, by):
                return (await self._allow(one, other, by),)
            case AcceptSuggestion(number, by):
                return await self._accept(number, by)
            case DeclineSuggestion(number, by):
                return await self._decline(number, by)

    async def merge(self, wanted: Merge) -> CustomersMerged | MergeRefused | None:
        """Merge the person of the child into the parent; None where they are one already."""
        await self._kinship.lock()
        kin = await self._kinship.kin(wanted.child)
        other = await self._kinship.kin(wanted.parent)
        if kin.head == other.head:
            return None
        apart = await self._kinship.apart(kin.members, other.members)
        if apart is not None:
            return MergeRefused(apart, wanted.by)
        merge = Merge(kin.head, wanted.parent, wanted.evidence, wanted.why, wanted.by, wanted.at)
        await self._kinship.merge(merge)
        return CustomersMerged(merge)

    async def suggest(self, suggestion: Suggestion) -> bool:
        """Note that somebody may be somebody, unless that is known, refused, or noted before."""
        like = await self._owner(suggestion.like)
        if like is not None:
            kin = await self._kinship.kin(suggestion.customer)
            other = await self._kinship.kin(like)
            known = kin.head == other.head
            if known or await self._kinship.apart(kin.members, other.members):
                return False
        return await self._kinship.suggest(suggestion)

    async def _split(self, customer: CustomerId, by: str) -> CustomerEvent:
        await self._kinship.lock()
        kin = await self._kinship.kin(customer)
        merge = to_undo(customer, await self._kinship.standing(kin))
        if merge is None:
            return NotMerged(by)
        await self._kinship.undo(merge, by, self._now)
        return CustomerSplit(replace(merge, undone_at=self._now, undone_by=by))

    async def _keep_apart(self, wanted: Apart) -> CustomerEvent:
        await self._kinship.lock()
        kin = await self._kinship.kin(wanted.one)
        if wanted.other in kin.members:
            return OnePersonAlready(wanted.by, kept_apart=True)
        await self._kinship.keep_apart(wanted)
        return CustomersKeptApart(wanted)

    async def _allow(self, one: CustomerId, other: CustomerId, by: str) -> CustomerEvent:
        await self._kinship.lock()
        some, others = await self._kinship.kin(one), await self._kinship.kin(other)
        pairs = await self._kinship.lift(some.members, others.members, by, self._now)
        return MergingAllowed(one, other, pairs, by)

    async def _accept(self, number: int, by: str) -> Events:
        suggestion = await self._open(number)
        if suggestion is None:
            return (NoOpenSuggestion(number, by),)
        like = await self._owner(suggestion.like)
        if like is None:
            identity = Identity(suggestion.like, Evidence.STAFF, self._now, by)
            like = await self._store.link(suggestion.customer, identity)
        event: CustomerEvent = NameAccepted(suggestion.customer, suggestion.like, by)
        if like != suggestion.customer:
            why = suggestion.about or suggestion.evidence.value
            merge = Merge(suggestion.customer, like, Evidence.STAFF, why, by, self._now)
            event = await self.merge(merge) or OnePersonAlready(by)
        if not isinstance(event, MergeRefused):
            await self._kinship.settle(number, SuggestionState.ACCEPTED, by, self._now)
        return (event,)

    async def _decline(self, number: int, by: str) -> Events:
        suggestion = await self._open(number)
        if suggestion is None:
            return (NoOpenSuggestion(number, by),)
        like = await self._owner(suggestion.like) or await self._open_buyer(suggestion.like)
        why = suggestion.about or suggestion.evidence.value
        event = await self._keep_apart(Apart(suggestion.customer, like, by, why, self._now))
        if isinstance(event, CustomersKeptApart):
            await self._kinship.settle(number, SuggestionState.DECLINED, by, self._now)
        return (event,)

    async def _open(self, number: int) -> Suggestion | None:
        await self._kinship.lock()
        suggestion = await self._kinship.suggestion(number)
        is_open = suggestion is not None and suggestion.state is SuggestionState.OPEN
        return suggestion if is_open else None

    async def _owner(self, like: Name) -> CustomerId | None:
        if like.namespace == CUSTOMER:
            return CustomerId(UUID(like.value))
        return await self._store.owner(like)

    async def _open_buyer(self, name: Name) -> CustomerId:
        """A customer for a buyer nobody is: so that who that is not can be written down."""
        customer = CustomerId(derived("buyer", name.namespace, name.value))
        identity = Identity(name, Evidence.SHOP, self._now)
        return await self._store.open_buyer(customer, identity)
