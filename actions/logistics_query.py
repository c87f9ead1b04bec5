"""快递到哪了: carrier, number, state and last scan of the customer's own parcels."""

import re

from actions.arrivals import Likely, still_travelling
from actions.asking import ask_for
from actions.before_buying import NOT_BOUGHT_YET, before_buying
from actions.buyers import Orders, own_orders, owns
from actions.going_back import minding_returns
from actions.named_order import pointed_at
from actions.order_states import on_the_way, sent
from actions.order_status import order_answer, ways_to_urge
from actions.own_order import Mine, order_label, own_order
from actions.parcel_number import may_be_either, order_of_parcel
from actions.parcels import whereabouts
from actions.tickets import Plan, about_order, open_ticket
from desk.commands import Outcome
from desk.conversations.commands import Remember, ShowList
from desk.conversations.model import Option
from desk.customers.opened import plain_number
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_ASKS_WHEN = re.compile(
    r"(?:什么时候|啥时候|几时|哪天|几号|几点|几天|多久|多长时间|[今明后]天).{0,6}(?:到|送|收|拿)"
)
"""Shops tell where a parcel is, and not when it will arrive."""
CANNOT_COLLECT = re.compile(r"取不(?:出|到|了)|拿不(?:出|到|了)|[打开]不开|取件码|开不了(?:柜|门)")
_COLLECT = Plan(
    TicketKind.LOGISTICS, Priority.HIGH, "logistics.cannot_collect", "顾客取不出快递，联系快递处理"
)
_AT_ONCE = 3


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with the way of the parcels."""
    if asked := before_buying(turn):
        return asked
    tracked = await by_tracking_no(turn, desk)
    if tracked is None and turn.slots.get("tracking_no") and "order_id" not in turn.slots:
        return ask_for(turn, phrase("logistics.unknown_number"), "order_id", person=True)
    likely = await still_travelling(turn, desk)
    if tracked is None and (several := await _several(turn, desk, likely)):
        return several
    found = tracked or await own_order(turn, desk, likely, NOT_BOUGHT_YET)
    if isinstance(found, Outcome):
        return found
    order = found.order
    if not sent(order):
        return Outcome((Say(await order_answer(found, desk), ways_to_urge(order)),), found.do)
    way = Say(await _way_of(order, desk, "logistics.answer"), ways_to_urge(order))
    if CANNOT_COLLECT.search(turn.text):
        ticket = open_ticket(turn, _COLLECT, order, asks=False)
        return Outcome((way, Say(phrase(_COLLECT.says))), (*found.do, ticket))
    if on_the_way(order) and _ASKS_WHEN.search(turn.text):
        return Outcome((way, Say(phrase("logistics.no_arrival_date"))), found.do)
    return Outcome((way,), found.do)


async def _several(turn: Turn, desk: Desk, likely: Likely) -> Outcome | None:
    """The few orders that are on the way, all at once: quicker than asking which."""
    if turn.slots.get("order_id") or turn.focus.get("order_id"):
        return None
    if CANNOT_COLLECT.search(turn.text):
        return None
    orders = await own_orders(turn, desk)
    sent_off = [each for each in pointed_at(turn, desk, orders.orders) if likely(each)]
    if not 1 < len(sent_off) <= _AT_ONCE:
        return None
    ways = tuple([await _way_of(each, desk, "logistics.one_of") for each in sent_off])
    lines = tuple(
        Option(f"o{place}", order_label(each), {"order_id": each.number})
        for place, each in enumerate(sent_off)
    )
    shown = ShowList(turn.understanding.intent, lines)
    return Outcome((Say(phrase("logistics.several", orders=ways)),), (*orders.known.do, shown))


async def _way_of(order: Order, desk: Desk, key: str) -> Phrase:
    where = whereabouts(order, await desk.shops.parcels(order))
    return phrase(key, about=about_order(order), where=where)


async def by_tracking_no(turn: Turn, desk: Desk) -> Mine | None:
    """Find the customer's own order that a tracking number belongs to, or is after all."""
    number = plain_number(turn.slots.get("tracking_no", ""))
    if not number:
        return None
    orders = await own_orders(turn, desk)
    order = await order_of_parcel(desk, orders.orders, number)
    if order is None and may_be_either(number):
        order = await _called_a_parcel(turn, desk, orders, number)
    if order is None:
        return None
    return Mine(order, (*orders.known.do, Remember({"order_id": order.number})))


async def _called_a_parcel(turn: Turn, desk: Desk, orders: Orders, number: str) -> Order | None:
    """The customer's own order of this number, though it was called or looked like a parcel's."""
    order = (await desk.shops.order(number)).value
    return order if order is not None and owns(turn, orders.known, order) else None


action = minding_returns(Action(intent="logistics_query", run=run))
