"""The orders that a customer's words point at: by what was bought, where, or when."""

from collections.abc import Sequence

from actions.order_days import days_meant, newest_meant, oldest_meant
from desk.front import Desk
from desk.shops.port import Order
from desk.shops.products import Product
from desk.turns import Turn

NOT_ORDER = "not_order"
"""The slot with the order that the customer did not mean."""


def pointed_at(turn: Turn, desk: Desk, orders: Sequence[Order]) -> tuple[Order, ...]:
    """Keep the orders that hold the product, come from the shop, and were made when it was said.

    Newest first, as they come. A word that fits none of them is no help, and is passed over.
    """
    product = turn.slots.get("product", "")
    held = _holding(product, orders, desk) if product else ()
    wrong = turn.slots.get(NOT_ORDER)
    left = held or tuple(orders)
    left = tuple(each for each in left if each.number != wrong) or left
    if platform := turn.slots.get("platform"):
        left = tuple(each for each in left if platform in _shop_name(desk, each)) or left
    if days := days_meant(turn.text, turn.now):
        left = tuple(each for each in left if days.holds(each.created_at)) or left
    if newest_meant(turn.text):
        return left[:1]
    return left[-1:] if oldest_meant(turn.text) else left


def is_missed(turn: Turn, orders: Sequence[Order]) -> bool:
    """Whether a day was named on which the customer has ordered nothing."""
    days = days_meant(turn.text, turn.now)
    return days is not None and not any(days.holds(each.created_at) for each in orders)


async def never_bought(turn: Turn, desk: Desk, orders: Sequence[Order]) -> Product | None:
    """The product that is named, where it is one of the shops' and in none of the orders.

    A word that the shops do not know may be the customer's own for something that was bought.
    """
    name = turn.slots.get("product", "")
    if not name or name not in turn.text or _holding(name, orders, desk):
        return None
    found = await desk.shops.find(name)
    bought = {line.item for each in orders for line in each.lines}
    if any(bought & set(each.product.ids) for each in found.candidates):
        return None
    return found.best


def _shop_name(desk: Desk, order: Order) -> str:
    shop = desk.shops.shop(order.shop)
    return shop.name if shop else ""


def _holding(product: str, orders: Sequence[Order], desk: Desk) -> tuple[Order, ...]:
    titles = tuple(dict.fromkeys(line.title for each in orders for line in each.lines))
    meant = dict(zip(titles, desk.shops.names_one_of(product, titles), strict=True))
    return tuple(each for each in orders if any(meant[line.title] for line in each.lines))
