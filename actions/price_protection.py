"""价保: a ticket on the order whose price went down."""

from actions.order_states import ended, unpaid
from actions.tickets import AboutOrder, Plan, ticket_action
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind

PLAN = Plan(TicketKind.PRICE_PROTECTION, Priority.NORMAL, "protection.noted", "申请价保，核对差价")


def _is_paid(order: Order) -> bool:
    return not ended(order) and not unpaid(order)


action = ticket_action("price_protection", PLAN, AboutOrder(_is_paid))
