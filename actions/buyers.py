"""Who the customer is in the shops: proven links, and what the shops' own bridges know."""

from dataclasses import dataclass
from datetime import timedelta

from desk.commands import Command
from desk.customers.commands import LinkBuyer
from desk.customers.model import Evidence
from desk.front import Desk
from desk.shops.port import BuyerId, Order
from desk.turns import Turn

LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Known:
    """The buyers a customer is proven to be; `do` links those that a bridge has just named."""

    buyers: tuple[BuyerId, ...]
    do: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Orders:
    """A customer's own orders, newest first; `silent` are shops that could not be asked."""

    orders: tuple[Order, ...]
    silent: tuple[str, ...]
    known: Known


async def known_buyers(turn: Turn, desk: Desk) -> Known:
    """Find the buyers; shops with a bridge are asked for those that are not linked yet."""
    linked = {buyer.shop for buyer in turn.customer.buyers}
    answers = await desk.shops.buyer_of(turn.customer.external_userid)
    bridged = [
        each.value for each in answers if each.value is not None and each.value.shop not in linked
    ]
    do = tuple(
        LinkBuyer(turn.customer.id, buyer.shop, buyer, "", Evidence.PLATFORM_BRIDGE)
        for buyer in bridged
    )
    return Known((*turn.customer.buyers, *bridged), do)


async def own_orders(turn: Turn, desk: Desk) -> Orders:
    """Fetch the customer's orders of the last half year from every shop that can tell."""
    known = await known_buyers(turn, desk)
    answers = await desk.shops.orders_of(known.buyers, turn.now - LOOK_BACK)
    found = {
        (order.shop, order.number): order for answer in answers for order in answer.value or ()
    }
    for proven in turn.customer.proven_orders:
        if (proven.shop, proven.order_no) not in found:
            answer = await desk.shops.order(proven.order_no)
            if answer.value is not None:
                found[(proven.shop, proven.order_no)] = answer.value
    newest_first = sorted(found.values(), key=lambda order: order.created_at, reverse=True)
    silent = tuple(answer.shop_name for answer in answers if not answer.is_known)
    return Orders(tuple(newest_first), silent, known)


def owns(turn: Turn, known: Known, order: Order) -> bool:
    """Tell whether an order is proven to be the customer's."""
    if order.buyer is not None and order.buyer in known.buyers:
        return True
    return any(
        (proven.shop, proven.order_no) == (order.shop, order.number)
        for proven in turn.customer.proven_orders
    )
