"""Carries out what may be done about customers."""

from datetime import datetime

from desk.customers.commands import (
    AcceptSuggestion,
    AllowMerging,
    CountLinkAttempt,
    CustomerCommand,
    DeclineSuggestion,
    KeepApart,
    LinkName,
    MergeCustomers,
    NoteBuyer,
    NotePhone,
    ProveOrder,
    RecordView,
    StopPushes,
    UnmergeCustomer,
)
from desk.customers.deciding import Kinships
from desk.customers.events import (
    CustomerEvent,
    CustomerLinked,
    CustomersMerged,
    LinkRefused,
    SuggestionMade,
)
from desk.customers.kinship import Merge
from desk.customers.model import (
    UNIONID,
    Evidence,
    Identity,
    Name,
    ProvenOrder,
    ViewedItem,
    buyer_name,
)
from desk.customers.opened import PROOF_HOLDS
from desk.customers.ports import CustomerStore, KinshipStore
from desk.customers.suggestions import CUSTOMER, Suggestion
from desk.kernel.ids import ConversationId, CustomerId

Events = tuple[CustomerEvent, ...]

_MOST_LIKE = 3
"""A number that many write is nobody's own: more suggestions would only be in the way."""


class Customers:
    """The customers' side of one piece of work; `here` is the conversation it is done for."""

    def __init__(
        self,
        store: CustomerStore,
        kinship: KinshipStore,
        here: ConversationId | None,
        now: datetime,
    ) -> None:
        self._store, self._here, self._now = store, here, now
        self._kinships = Kinships(store, kinship, now)

    async def carry_out(self, command: CustomerCommand) -> Events:
        """Do one thing and tell what happened."""
        match command:
            case LinkName():
                return (*await self._link(command), *await self._buyers(command))
            case NoteBuyer():
                return await self._note_buyer(command)
            case ProveOrder():
                return await self._prove(command)
            case NotePhone():
                return await self._note_phone(command)
            case (
                AcceptSuggestion()
                | AllowMerging()
                | DeclineSuggestion()
                | KeepApart()
                | MergeCustomers()
                | UnmergeCustomer()
            ):
                return await self._kinships.carry_out(command)
            case _:
                await self._note(command)
        return ()

    async def _note(self, command: CountLinkAttempt | RecordView | StopPushes) -> None:
        match command:
            case CountLinkAttempt(customer, order_no, succeeded):
                await self._store.count_attempt(customer, order_no, self._now, succeeded=succeeded)
            case RecordView(customer, item, title, at):
                await self._store.view(customer, ViewedItem(item, title, at))
            case StopPushes(customer, on):
                await self._store.stop_pushes(customer, self._now, on=on)

    async def _link(self, asked: LinkName) -> Events:
        identity = Identity(asked.name, asked.evidence, self._now, asked.by)
        owner = await self._store.link(asked.customer, identity)
        if owner == asked.customer:
            return (CustomerLinked(asked),)
        why = asked.name.namespace
        merge = Merge(asked.customer, owner, asked.evidence, why, asked.by, self._now)
        merged = await self._kinships.merge(merge)
        match merged:
            case CustomersMerged():
                return (CustomerLinked(asked), merged)
            case None:
                return ()
            case _:
                return (LinkRefused(asked, self._here),)

    async def _buyers(self, told: LinkName) -> Events:
        """Whoever has a unionid is every buyer whose orders carry it."""
        if told.name.namespace != UNIONID:
            return ()
        happened: list[CustomerEvent] = []
        for buyer in await self._store.buyers_of(told.name.value):
            happened += await self._note_buyer(NoteBuyer(buyer, told.name.value))
        return tuple(happened)

    async def _note_buyer(self, command: NoteBuyer) -> Events:
        owner = await self._store.owner(Name(UNIONID, command.unionid))
        if owner is None or not command.unionid:
            return ()
        return await self._link(LinkName(owner, buyer_name(command.buyer), Evidence.UNIONID))

    async def _prove(self, command: ProveOrder) -> Events:
        until = self._now + PROOF_HOLDS
        order = ProvenOrder(
            command.conversation, command.shop, command.order_no, command.buyer, until
        )
        await self._store.prove_order(command.customer, order, self._now)
        if command.buyer is None:
            return ()
        like = buyer_name(command.buyer)
        return await self._suggest(
            command.customer, like, Evidence.ORDER_AND_PHONE, command.order_no
        )

    async def _note_phone(self, command: NotePhone) -> Events:
        others = await self._store.note_phone(command.customer, command.phone, self._now)
        made: list[CustomerEvent] = []
        for other in others[:_MOST_LIKE]:
            like = Name(CUSTOMER, str(other))
            made += await self._suggest(command.customer, like, Evidence.SAME_PHONE, "")
        return tuple(made)

    async def _suggest(
        self, customer: CustomerId, like: Name, evidence: Evidence, about: str
    ) -> Events:
        suggestion = Suggestion(customer, like, evidence, about, self._now)
        if await self._kinships.suggest(suggestion):
            return (SuggestionMade(suggestion),)
        return ()
