"""改地址、改时间: at once while nothing is sent; after that the carrier, and asked for before."""

from actions.going_back import minding_returns
from actions.order_states import ended, sent, status_phrase, unsent
from actions.sure import unsure
from actions.tickets import AboutOrder, Plan, about_order, noted, ticket_action
from desk.commands import Outcome
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

PLAN = Plan(TicketKind.ORDER_CHANGE, Priority.URGENT, "change.noted", "修改收货信息")
_SENT = Plan(TicketKind.ORDER_CHANGE, Priority.URGENT, "change.sent", "已发货，请快递改派")


def _special(turn: Turn, order: Order) -> Outcome | None:
    about = about_order(order)
    if ended(order):
        said = phrase("change.ended", about=about, status=status_phrase(order))
        return Outcome((Say(said),))
    if sent(order):
        return unsure(turn, "reroute", about, order) or noted(turn, _SENT, order)
    return None


action = minding_returns(ticket_action("delivery_change", PLAN, AboutOrder(unsent, _special)))
