"""催发货: what waits for shipping gets a ticket; what is on its way gets its whereabouts."""

from actions.order_part import names_of
from actions.order_states import ended, partly_sent, sent, unpaid, waits_for_shipping
from actions.order_status import order_answer
from actions.own_order import Mine, order_or_none
from actions.parcels import still_waits
from actions.tickets import Plan, about_order, noted, open_ticket
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.URGE, Priority.HIGH, "urge.noted", "催发货")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Urge on what can be urged on."""
    found = await order_or_none(turn, desk, _waits)
    match found:
        case Outcome():
            return found
        case Mine():
            answer = await _about(turn, desk, found)
            return Outcome(answer.say, (*found.do, *answer.do))
        case _:
            kept = noted(turn, PLAN, None)
            return Outcome(kept.say, (*found.do, *kept.do))


async def _about(turn: Turn, desk: Desk, found: Mine) -> Outcome:
    order = found.order
    if partly_sent(order):
        said = phrase("urge.part", about=about_order(order), waits=still_waits(order))
        waiting = names_of([each for each in order.lines if each.waits])
        fact = f"已发出一部分，还没发：{waiting or '其余的'}"
        return Outcome((Say(said),), (open_ticket(turn, PLAN, order, fact),))
    if sent(order) or ended(order):
        return Outcome((Say(await order_answer(found, desk)),))
    if unpaid(order):
        return Outcome((Say(phrase("urge.unpaid", about=about_order(order))),))
    return urge(turn, found)


def _waits(order: Order) -> bool:
    return waits_for_shipping(order) or partly_sent(order)


def urge(turn: Turn, found: Mine) -> Outcome:
    """Open the ticket on an order that is paid and not sent."""
    order = found.order
    since = order.paid_at or order.created_at
    say = Say(phrase("urge.waiting", about=about_order(order), at=since))
    return Outcome((say,), (open_ticket(turn, PLAN, order),))


action = Action(intent="urge_order", run=run)
