"""Carries out what may be done about customers."""

from datetime import datetime

from desk.customers.commands import CountLinkAttempt, LinkBuyer, RecordView, StopPushes
from desk.customers.events import CustomerEvent, CustomerLinked, LinkRefused
from desk.customers.model import Link, ProvenOrder, ViewedItem
from desk.customers.ports import CustomerStore
from desk.kernel.ids import ConversationId

CustomerCommand = CountLinkAttempt | LinkBuyer | RecordView | StopPushes


class Customers:
    """The customers' side of one piece of work; `here` is the conversation it is done for."""

    def __init__(self, store: CustomerStore, here: ConversationId | None, now: datetime) -> None:
        self._store, self._here, self._now = store, here, now

    async def carry_out(self, command: CustomerCommand) -> tuple[CustomerEvent, ...]:
        """Do one thing and tell what happened."""
        match command:
            case LinkBuyer():
                return (await self._link(command),)
            case CountLinkAttempt(customer, order_no, succeeded):
                await self._store.count_attempt(customer, order_no, self._now, succeeded=succeeded)
            case RecordView(customer, item, title, at):
                await self._store.view(customer, ViewedItem(item, title, at))
            case StopPushes(customer, on):
                await self._store.stop_pushes(customer, self._now, on=on)
        return ()

    async def _link(self, asked: LinkBuyer) -> CustomerEvent:
        if asked.buyer is None:
            order = ProvenOrder(asked.shop, asked.order_no)
            await self._store.prove_order(asked.customer, order, self._now)
            return CustomerLinked(asked)
        link = Link(asked.buyer, asked.evidence, self._now)
        if await self._store.link(asked.customer, link):
            return CustomerLinked(asked)
        return LinkRefused(asked, self._here)
