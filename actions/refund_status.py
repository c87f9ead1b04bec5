"""退款到哪了: every refund of the order, its amount and where it stands; none is looked into."""

from actions.going_back import minding_returns
from actions.order_states import has_refund, refund_phrase, waits_for_goods
from actions.own_order import Mine, order_or_none
from actions.tickets import Plan, about_order, noted, open_ticket
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.REFUND, Priority.HIGH, "refund.noted", "顾客问退款进度，请核对后答复")
_MOST_REFUNDS = 3


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with the refunds; where the shop knows of none, a person looks into it."""
    found = await order_or_none(turn, desk, has_refund)
    if isinstance(found, Outcome):
        return found
    if not isinstance(found, Mine):
        kept = noted(turn, PLAN, None)
        return Outcome(kept.say, (*found.do, *kept.do))
    order = found.order
    if not order.refunds:
        said = phrase("refund.none", about=about_order(order))
        return Outcome((Say(said),), (*found.do, open_ticket(turn, PLAN, order)))
    newest = sorted(order.refunds, key=lambda each: each.updated_at, reverse=True)
    lines = tuple(refund_phrase(each) for each in newest[:_MOST_REFUNDS])
    key = "refund.waiting" if waits_for_goods(order) else "refund.answer"
    said = phrase(key, about=about_order(order), refunds=lines)
    return Outcome((Say(said),), found.do)


action = minding_returns(Action(intent="refund_status", run=run))
