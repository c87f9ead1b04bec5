"""坏了、少了、发错了: a ticket on the order, whose form asks for a picture; or one for a repair."""

from actions.asking import said
from actions.mending import mends
from actions.order_states import sent
from actions.tickets import AboutOrder, Plan, with_order
from desk.commands import Outcome
from desk.front import Desk
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.AFTER_SALES, Priority.HIGH, "claim.noted", "售后问题")
_REPAIR = Plan(TicketKind.REPAIR, None, "repair.noted", "报修")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the ticket that the words call for."""
    plan = _REPAIR if mends(f"{said(turn)} {turn.text}") else PLAN
    return await with_order(turn, desk, plan, AboutOrder(sent))


action = Action(intent="after_sales_claim", run=run)
