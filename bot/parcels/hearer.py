"""Whom a parcel concerns, and whether and where they may be told of it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.wishes.route import open_to
from desk.books import Books
from desk.conversations.model import Conversation
from desk.customers.model import Customer
from desk.kernel.ids import ConversationId, CustomerId
from desk.parcels.judging import day_begins
from desk.parcels.model import FollowedParcel
from desk.shops.port import Order


class Untold(StrEnum):
    """Why a customer is not told by the house."""

    UNKNOWN = "unknown"
    """Nobody in the chat is known to have placed the order."""
    ASKED_NOT_TO = "asked_not_to"
    CLOSED = "closed"
    """They wrote too long ago or were told too much since, or a person talks with them now."""
    TOLD_TODAY = "told_today"
    """They were told of a parcel today already."""
    ASKED = "asked"
    """They asked first: their own ticket about the order is open."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """The customer of an order with the conversation to tell them in, or why there is none."""

    customer: Customer | None
    conversation: ConversationId | None = None
    untold: Untold | None = None


async def hearer_of(
    books: Books, parcel: FollowedParcel, order: Order | None, now: datetime
) -> Hearer:
    """Find who is to hear of a parcel: its buyer, else whoever has proven the order, only there."""
    found = Hearer(None, untold=Untold.UNKNOWN)
    if order is not None and order.buyer is not None:
        buyer = await books.customers.by_buyer(order.buyer.shop, order.buyer.buyer)
        if buyer is not None:
            theirs = await books.conversations.of_customer(buyer.id)
            found = await _hearer(books, buyer, theirs, now)
            if found.untold is not Untold.CLOSED:
                return found
    for prover, conversation in await books.parcels.opened_by(parcel.shop, parcel.order_no, now):
        proven = await told_in(books, prover, conversation, now)
        if proven.customer is not None and found.conversation is None:
            found = proven
    return found


async def told_in(
    books: Books, customer: CustomerId, conversation: ConversationId, now: datetime
) -> Hearer:
    """Whether this customer may be told in this conversation now."""
    who = await books.customers.get(customer)
    there = await books.conversations.get(conversation)
    if who is None or there is None:
        return Hearer(None, untold=Untold.UNKNOWN)
    return await _hearer(books, who, (there,), now)


async def _hearer(
    books: Books, customer: Customer, conversations: Sequence[Conversation], now: datetime
) -> Hearer:
    if customer.asked_not_to_push:
        return Hearer(customer, untold=Untold.ASKED_NOT_TO)
    open_one = open_to(conversations, now)
    if open_one is None:
        return Hearer(customer, untold=Untold.CLOSED)
    if await books.parcels.told_since(customer.id, day_begins(now)):
        return Hearer(customer, untold=Untold.TOLD_TODAY)
    return Hearer(customer, open_one.id)
