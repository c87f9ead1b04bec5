"""Which orders are still travelling and which have just arrived, by what their parcels say.

Shops call an order shipped until the buyer confirms it, days after the parcel was signed for.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from actions.buyers import own_orders
from actions.order_states import on_the_way, sent
from actions.parcels import all_arrived, last_news
from desk.front import Desk
from desk.shops.port import Order, Parcel
from desk.turns import Turn

_LOOKED_AT = 5
_LATELY = timedelta(days=15)

Likely = Callable[[Order], bool]


async def still_travelling(turn: Turn, desk: Desk) -> Likely:
    """Tell the orders that are on the way and not shown as signed for, or are talked about."""
    if about := turn.focus.get("order_id"):
        return lambda order: on_the_way(order) or (sent(order) and order.number == about)
    parcels = await _parcels(turn, desk, on_the_way)
    open_ones = {number for number, each in parcels.items() if not all_arrived(each)}
    return _among(open_ones, on_the_way)


async def just_arrived(turn: Turn, desk: Desk) -> Likely:
    """Tell the orders whose parcels were signed for within the last days."""
    parcels = await _parcels(turn, desk, sent)
    since = turn.now - _LATELY
    arrived = {
        number
        for number, each in parcels.items()
        if all_arrived(each) and (news := last_news(each)) is not None and news.at >= since
    }
    return _among(arrived, sent)


def _among(numbers: set[str], otherwise: Likely) -> Likely:
    if not numbers:
        return otherwise
    return lambda order: order.number in numbers


async def _parcels(turn: Turn, desk: Desk, likely: Likely) -> dict[str, tuple[Parcel, ...]]:
    """The parcels of the newest likely orders, where more than one may be meant."""
    if turn.slots.get("order_id") or turn.focus.get("order_id"):
        return {}
    orders = [each for each in (await own_orders(turn, desk)).orders if likely(each)][:_LOOKED_AT]
    if len(orders) < 2:
        return {}
    answers = await asyncio.gather(*(desk.shops.parcels(each) for each in orders))
    return {order.number: answer.value or () for order, answer in zip(orders, answers, strict=True)}
