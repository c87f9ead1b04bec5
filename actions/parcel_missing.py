"""显示签收却没收到: the scan that says so, where to look, and an urgent ticket."""

import re

from actions import logistics_query
from actions.arrivals import just_arrived
from actions.logistics_query import CANNOT_COLLECT
from actions.order_states import sent
from actions.order_status import order_answer
from actions.own_order import Mine, order_or_none
from actions.parcels import whereabouts
from actions.tickets import Plan, about_order, noted, open_ticket
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(
    TicketKind.NOT_RECEIVED, Priority.URGENT, "missing.noted", "显示签收但未收到，向快递核实签收人"
)


_ASKS_WHETHER = re.compile(r"签收了?(?:没有?|吗|么)[啊呀呢?？。]*$")
"""签收了没 wants to know, and misses nothing yet."""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Have the carrier asked who signed."""
    if CANNOT_COLLECT.search(turn.text) or _ASKS_WHETHER.search(turn.text):
        return await logistics_query.run(turn, desk)
    found = await order_or_none(turn, desk, await just_arrived(turn, desk))
    if isinstance(found, Outcome):
        return found
    if not isinstance(found, Mine):
        kept = noted(turn, PLAN, None)
        return Outcome(kept.say, (*found.do, *kept.do))
    answer = await _about(turn, desk, found)
    return Outcome(answer.say, (*found.do, *answer.do))


async def _about(turn: Turn, desk: Desk, found: Mine) -> Outcome:
    order: Order = found.order
    if not sent(order):
        return Outcome((Say(await order_answer(found, desk)),))
    where = whereabouts(order, await desk.shops.parcels(order))
    said = phrase("missing.answer", about=about_order(order), where=where)
    return Outcome((Say(said),), (open_ticket(turn, PLAN, order),))


action = Action(intent="parcel_missing", run=run)
