"""The orders that a customer's words point at: by what was bought, or where."""

from collections.abc import Sequence

from desk.front import Desk
from desk.shops.matching import ENOUGH, Wish, read_wish, score
from desk.shops.port import Order
from desk.turns import Turn


def pointed_at(turn: Turn, desk: Desk, orders: Sequence[Order]) -> tuple[Order, ...]:
    """Keep the orders that hold the product and come from the shop that was named.

    A word that fits none of them is no help, and is passed over.
    """
    left = tuple(orders)
    if platform := turn.slots.get("platform"):
        left = tuple(each for each in left if platform in _shop_name(desk, each)) or left
    if product := turn.slots.get("product"):
        wish = read_wish(product)
        left = tuple(each for each in left if _holds(each, wish)) or left
    return left


def _shop_name(desk: Desk, order: Order) -> str:
    shop = desk.shops.shop(order.shop)
    return shop.name if shop else ""


def _holds(order: Order, wish: Wish) -> bool:
    return bool(wish.thing) and any(score(wish, line.title) >= ENOUGH for line in order.lines)
