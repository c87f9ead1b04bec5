"""Chooses who is told of a stock: by the house where it may, else by a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.wishes.route import open_to
from desk.books import Books
from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import ItemId, SkuStock
from desk.wishes.firing import Met, met_by
from desk.wishes.model import Queue, WishState

MOST = 100
"""So many are told in one transaction; the item is looked at again at once for the others."""


@dataclass(frozen=True, slots=True)
class Told:
    """A customer who is told in this conversation."""

    met: Met
    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class Handed:
    """A customer whom a colleague shall tell; `name` is what staff know them by."""

    met: Met
    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whose wishes are met now; they have ended already."""

    told: tuple[Told, ...] = ()
    handed: tuple[Handed, ...] = ()


async def choose(
    books: Books, item: ItemId, skus: Sequence[SkuStock], queue: Queue, now: datetime
) -> Chosen:
    """End the wishes that this stock of an item meets; the caller tells, in the same transaction.

    Who asked not to be written to is not: their wishes are taken as withdrawn.
    """
    queue = await _willing(books, skus, queue, now)
    met = met_by(skus, queue)
    if len(met) > MOST:
        await books.wishes.stir(item, now)
    told: list[Told] = []
    handed: list[Handed] = []
    for each in met[:MOST]:
        customer = each.wish.customer
        conversation = open_to(await books.conversations.of_customer(customer), now)
        if conversation is not None:
            told.append(Told(each, conversation.id))
        else:
            handed.append(Handed(each, await _name(books, customer)))
    for state, ended in (WishState.TOLD, told), (WishState.HANDED_TO_STAFF, handed):
        ids = [wish for each in ended for wish in each.met.alike]
        await books.wishes.settle(ids, state, item, now)
    return Chosen(tuple(told), tuple(handed))


async def _willing(books: Books, skus: Sequence[SkuStock], queue: Queue, now: datetime) -> Queue:
    """The queue without those who would be told and asked not to be written to."""
    asked: set[CustomerId] = set()
    while True:
        met = [each for each in met_by(skus, queue)[:MOST] if each.wish.customer not in asked]
        asked |= {each.wish.customer for each in met}
        unwilling = {each.wish.person for each in met if await _declines(books, each.wish.customer)}
        if not unwilling:
            return queue
        theirs = [each.id for each in queue.waiting if each.person in unwilling]
        await books.wishes.settle(theirs, WishState.WITHDRAWN, None, now)
        left = tuple(each for each in queue.waiting if each.person not in unwilling)
        queue = replace(queue, waiting=left)


async def _declines(books: Books, customer: CustomerId) -> bool:
    found = await books.customers.get(customer)
    return found is not None and found.asked_not_to_push


async def _name(books: Books, customer: CustomerId) -> str:
    found = await books.customers.get(customer)
    return (found.nickname or found.external_userid) if found else ""
