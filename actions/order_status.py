"""订单怎么样了: paid, packed, sent, in the words of the shop's own state."""

from actions.asking import go
from actions.before_buying import NOT_BOUGHT_YET, before_buying
from actions.order_states import on_the_way, partly_sent, status_phrase, unsent, waits_for_shipping
from actions.own_order import Mine, own_order
from actions.parcels import whereabouts
from actions.tickets import about_order
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.shops.port import Order
from desk.turns import Action, Turn


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with the state of the order, and its parcels once there are some."""
    if asked := before_buying(turn):
        return asked
    found = await own_order(turn, desk, _is_under_way, NOT_BOUGHT_YET)
    if isinstance(found, Outcome):
        return found
    return Outcome((Say(await order_answer(found, desk), ways_to_urge(found.order)),), found.do)


def ways_to_urge(order: Order) -> tuple[Choice, ...]:
    """The line to tap while something is not sent."""
    return (go("urge_order"),) if waits_for_shipping(order) or partly_sent(order) else ()


async def order_answer(found: Mine, desk: Desk) -> Phrase:
    """The state of an order; while it is on the way, where its parcels are."""
    order = found.order
    about = about_order(order)
    if on_the_way(order):
        where = whereabouts(order, await desk.shops.parcels(order))
        return phrase("logistics.answer", about=about, where=where)
    return phrase("order.answer", about=about, status=status_phrase(order), paid=order.payment)


def _is_under_way(order: Order) -> bool:
    return unsent(order) or on_the_way(order)


action = Action(intent="order_status", run=run)
