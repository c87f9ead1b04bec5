"""开发票: a ticket on the order; its form asks for title and tax number."""

from actions.order_states import ended
from actions.tickets import AboutOrder, Plan, ticket_action
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind

PLAN = Plan(TicketKind.INVOICE, Priority.NORMAL, "invoice.noted", "开发票")


def _still_stands(order: Order) -> bool:
    return not ended(order)


action = ticket_action("invoice_request", PLAN, AboutOrder(_still_stands))
