"""取消订单: asked once, then a ticket before it is sent, an interception after."""

from actions.order_states import ended, sent, status_phrase, unpaid, unsent
from actions.sure import unsure
from actions.tickets import AboutOrder, Plan, about_order, noted, ticket_action
from desk.commands import Outcome
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

PLAN = Plan(TicketKind.ORDER_CHANGE, Priority.URGENT, "cancel.noted", "取消订单，先拦下不要发货")
_SENT = Plan(TicketKind.ORDER_CHANGE, Priority.URGENT, "cancel.sent", "已发货，联系快递拦截")


def _special(turn: Turn, order: Order) -> Outcome | None:
    about = about_order(order)
    if ended(order):
        return Outcome((Say(phrase("cancel.ended", about=about, status=status_phrase(order))),))
    if unpaid(order):
        return Outcome((Say(phrase("cancel.unpaid", about=about)),))
    if sent(order):
        return unsure(turn, "intercept", about, order) or noted(turn, _SENT, order)
    return unsure(turn, "cancel", about, order)


action = ticket_action("order_cancel", PLAN, AboutOrder(unsent, _special))
