"""Who the customer is in the shops: linked buyers, what bridges know, what is open here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from desk.commands import Command
from desk.customers.commands import LinkName
from desk.customers.model import Evidence, ProvenOrder, buyer_name
from desk.customers.opened import PROOF_HOLDS, Opened, opened
from desk.front import Desk
from desk.shops.answers import Answer
from desk.shops.port import BuyerId, Order
from desk.turns import Turn

LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Known:
    """The buyers a customer is, or whose orders are open to them in this conversation.

    `do` links those that a bridge has just named; `silent` are the shops whose bridge could not
    be asked.
    """

    buyers: tuple[BuyerId, ...]
    do: tuple[Command, ...] = ()
    silent: tuple[str, ...] = ()

    def in_shop(self, shop: str) -> BuyerId | None:
        """The customer's account in a shop, None where it is not known."""
        return next((each for each in self.buyers if each.shop == shop), None)


@dataclass(frozen=True, slots=True)
class Orders:
    """A customer's own orders, newest first; `silent` are shops that could not be asked."""

    orders: tuple[Order, ...]
    silent: tuple[str, ...]
    known: Known


async def known_buyers(turn: Turn, desk: Desk) -> Known:
    """Find the buyers; shops with a bridge are asked for those that are not linked yet.

    Whom a bridge names is left out where staff keep the customer apart from who has that buyer.
    """
    linked = {buyer.shop for buyer in turn.customer.buyers}
    answers = await desk.shops.buyer_of(turn.customer.external_userid)
    bridged = [
        each.value
        for each in answers
        if each.value is not None
        and each.value.shop not in linked
        and not await _is_kept_apart(turn, desk, each.value)
    ]
    do = tuple(
        LinkName(turn.customer.id, buyer_name(buyer), Evidence.PLATFORM_BRIDGE) for buyer in bridged
    )
    buyers = (*turn.customer.buyers, *bridged, *open_here(turn).buyers)
    unheard = (each for each in answers if each.shop not in linked)
    return Known(tuple(dict.fromkeys(buyers)), do, _silent(unheard))


def open_here(turn: Turn) -> Opened:
    """What was proven in this conversation and is open still."""
    return opened(turn.customer.proven_orders, turn.conversation.id, turn.now)


def with_proof(turn: Turn, order: Order) -> tuple[BuyerId, ...]:
    """The buyers open here once an order that this very turn has proven counts too."""
    proof = ProvenOrder(
        turn.conversation.id, order.shop, order.number, order.buyer, turn.now + PROOF_HOLDS
    )
    return opened((*turn.customer.proven_orders, proof), turn.conversation.id, turn.now).buyers


async def _is_kept_apart(turn: Turn, desk: Desk, buyer: BuyerId) -> bool:
    holder = await desk.customers.by_buyer(buyer.shop, buyer.buyer)
    if holder is None or holder.is_person_of(turn.customer.id):
        return False
    return await desk.customers.are_kept_apart(turn.customer.id, holder.id)


async def own_orders(turn: Turn, desk: Desk) -> Orders:
    """Fetch the customer's orders of the last half year from every shop that can tell."""
    known = await known_buyers(turn, desk)
    answers = await desk.shops.orders_of(known.buyers, turn.now - LOOK_BACK)
    found = {
        (order.shop, order.number): order for answer in answers for order in answer.value or ()
    }
    mine = open_here(turn).orders - found.keys()
    proven = [await desk.shops.order(number) for _, number in sorted(mine)]
    for order in (answer.value for answer in proven):
        if order is not None and (order.shop, order.number) in mine:
            found.setdefault((order.shop, order.number), order)
    newest_first = sorted(found.values(), key=lambda order: order.created_at, reverse=True)
    return Orders(tuple(newest_first), _silent((*answers, *proven)), known)


def owns(turn: Turn, known: Known, order: Order) -> bool:
    """Tell whether an order is the customer's, or open to them in this conversation."""
    if order.buyer is not None and order.buyer in known.buyers:
        return True
    return (order.shop, order.number) in open_here(turn).orders


def _silent(
    answers: Iterable[Answer[BuyerId] | Answer[Order] | Answer[tuple[Order, ...]]],
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.shop_name for each in answers if not each.is_known))
