"""Who the customer is in the shops: proven links, and what the shops' own bridges know."""

from dataclasses import dataclass
from datetime import timedelta

from desk.commands import Command
from desk.customers.commands import LinkBuyer
from desk.customers.model import Evidence
from desk.front import Desk
from desk.shops.answers import Answer
from desk.shops.port import BuyerId, Order
from desk.turns import Turn

LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Known:
    """The buyers a customer is proven to be; `do` links those that a bridge has just named."""

    buyers: tuple[BuyerId, ...]
    do: tuple[Command, ...] = ()

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

    Whom a bridge names is left out while the same buyer is linked to another customer.
    """
    linked = {buyer.shop for buyer in turn.customer.buyers}
    answers = await desk.shops.buyer_of(turn.customer.external_userid)
    bridged = [
        each.value
        for each in answers
        if each.value is not None
        and each.value.shop not in linked
        and not await belongs_to_another(turn, desk, each.value)
    ]
    do = tuple(
        LinkBuyer(turn.customer.id, buyer.shop, buyer, "", Evidence.PLATFORM_BRIDGE)
        for buyer in bridged
    )
    return Known((*turn.customer.buyers, *bridged), do)


async def belongs_to_another(turn: Turn, desk: Desk, buyer: BuyerId) -> bool:
    """Tell whether a buyer is linked to somebody else already."""
    holder = await desk.customers.by_buyer(buyer.shop, buyer.buyer)
    return holder is not None and holder.id != turn.customer.id


async def own_orders(turn: Turn, desk: Desk) -> Orders:
    """Fetch the customer's orders of the last half year from every shop that can tell."""
    known = await known_buyers(turn, desk)
    answers = await desk.shops.orders_of(known.buyers, turn.now - LOOK_BACK)
    found = {
        (order.shop, order.number): order for answer in answers for order in answer.value or ()
    }
    proven = [await desk.shops.order(each.order_no) for each in turn.customer.proven_orders]
    mine = {(each.shop, each.order_no) for each in turn.customer.proven_orders}
    for order in (answer.value for answer in proven):
        if order is not None and (order.shop, order.number) in mine:
            found.setdefault((order.shop, order.number), order)
    newest_first = sorted(found.values(), key=lambda order: order.created_at, reverse=True)
    return Orders(tuple(newest_first), _silent((*answers, *proven)), known)


def owns(turn: Turn, known: Known, order: Order) -> bool:
    """Tell whether an order is proven to be the customer's."""
    if order.buyer is not None and order.buyer in known.buyers:
        return True
    return any(
        (proven.shop, proven.order_no) == (order.shop, order.number)
        for proven in turn.customer.proven_orders
    )


def _silent(answers: tuple[Answer[Order] | Answer[tuple[Order, ...]], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.shop_name for each in answers if not each.is_known))
