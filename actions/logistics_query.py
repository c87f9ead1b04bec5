"""快递到哪了: carrier, number, state and last scan of the customer's own parcels."""

from actions.buyers import own_orders
from actions.order_states import on_the_way, sent
from actions.order_status import order_answer
from actions.own_order import Mine, own_order
from actions.parcels import whereabouts
from actions.tickets import about_order
from desk.commands import Outcome
from desk.conversations.commands import Remember
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn

_MOST_ORDERS = 5


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with the way of the parcels."""
    tracked = await by_tracking_no(turn, desk)
    found = tracked or await own_order(turn, desk, on_the_way)
    if isinstance(found, Outcome):
        return found
    order = found.order
    if not sent(order):
        return Outcome((Say(await order_answer(found, desk)),), found.do)
    where = whereabouts(order, await desk.shops.parcels(order))
    answer = phrase("logistics.answer", about=about_order(order), where=where)
    return Outcome((Say(answer),), found.do)


async def by_tracking_no(turn: Turn, desk: Desk) -> Mine | None:
    """Find the customer's own order that a tracking number belongs to."""
    number = turn.slots.get("tracking_no", "").upper()
    if not number:
        return None
    orders = await own_orders(turn, desk)
    for order in [each for each in orders.orders if sent(each)][:_MOST_ORDERS]:
        parcels = (await desk.shops.parcels(order)).value or ()
        if any(parcel.tracking_no.upper() == number for parcel in parcels):
            focus = Remember({"order_id": order.number})
            return Mine(order, (*orders.known.do, focus))
    return None


action = Action(intent="logistics_query", run=run)
