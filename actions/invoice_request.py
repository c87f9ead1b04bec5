"""开发票: a ticket on the order; what is written next goes onto it as the title."""

from actions.order_states import ended
from actions.own_order import Mine, order_or_none
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.front import Desk
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_INTENT = "invoice_request"
_TITLE = "invoice_title"
PLAN = Plan(TicketKind.INVOICE, Priority.NORMAL, "invoice.noted", "开发票")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the ticket and wait for title and tax number; these join it."""
    found = await order_or_none(turn, desk, _still_stands)
    if isinstance(found, Outcome):
        return found
    order = found.order if isinstance(found, Mine) else None
    kept = noted(turn, PLAN, order)
    if _TITLE in turn.slots:
        return Outcome(do=(*found.do, *kept.do))
    number = {"order_id": order.number} if order else {}
    title = Ask(_INTENT, expects=_TITLE, slots={**turn.slots, **number})
    return Outcome(kept.say, (*found.do, *kept.do, title))


def _still_stands(order: Order) -> bool:
    return not ended(order)


action = Action(intent=_INTENT, run=run)
