"""Goods on their way back while a refund waits for them: where to send them, by which parcel."""

import re

from actions.awaited_parcel import awaited_parcel
from actions.buyers import own_orders
from actions.order_states import waits_for_goods
from actions.tickets import Plan, about_order, open_ticket
from desk.commands import Outcome
from desk.conversations.commands import Remember
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_WHERE_TO = re.compile(
    r"(?:退货|寄回|回寄|退回).{0,4}(?:地址|哪)|(?:寄|退)(?:回|到|去|给)?(?:哪|什么地方|谁)(?!里?儿?了)|"
    r"地址.{0,8}(?:寄回|退回|寄过去|寄给你)"
)
_ADDRESS = Plan(TicketKind.RETURN, Priority.HIGH, "return.where_to", "把退货地址发给顾客")
_PARCEL = Plan(TicketKind.RETURN, Priority.NORMAL, "return.sent_back", "顾客已寄回，退货单号")


def minding_returns(action: Action) -> Action:
    """The action, unless the message is about goods that a refund waits for."""

    async def run(turn: Turn, desk: Desk) -> Outcome:
        return await going_back(turn, desk) or await action.run(turn, desk)

    return Action(intent=action.intent, run=run)


async def going_back(turn: Turn, desk: Desk) -> Outcome | None:
    """Tell where to, or pass the number of the parcel on; None where nothing is to be sent back."""
    number = turn.slots.get("tracking_no", "")
    if not number and not _WHERE_TO.search(turn.text):
        return None
    orders = await own_orders(turn, desk)
    awaited = await awaited_parcel(turn, desk)
    if awaited and not await _is_on_its_way_here(number, orders.orders, desk):
        return Outcome(awaited.say, (*orders.known.do, *awaited.do))
    named = turn.slots.get("order_id") or turn.focus.get("order_id")
    waiting = [each for each in orders.orders if waits_for_goods(each)]
    order = next((each for each in waiting if each.number == named), next(iter(waiting), None))
    if order is None or (number and await _is_on_its_way_here(number, orders.orders, desk)):
        return None
    do = (*orders.known.do, Remember({"order_id": order.number}))
    about = about_order(order)
    if number:
        said = phrase(_PARCEL.says, about=about, number=number)
        ticket = open_ticket(turn, _PARCEL, order, f"单号 {number}", asks=False)
    else:
        said = phrase(_ADDRESS.says, about=about)
        ticket = open_ticket(turn, _ADDRESS, order, asks=False)
    return Outcome((Say(said),), (*do, ticket))


async def _is_on_its_way_here(number: str, orders: tuple[Order, ...], desk: Desk) -> bool:
    for order in orders:
        parcels = (await desk.shops.parcels(order)).value or ()
        if any(parcel.tracking_no.upper() == number.upper() for parcel in parcels):
            return True
    return False
