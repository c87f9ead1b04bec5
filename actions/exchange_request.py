"""换货: a ticket on the order, with what is wanted instead."""

from actions.order_states import sent
from actions.return_request import without_ticket
from actions.tickets import AboutOrder, Plan, ticket_action
from desk.tickets.model import Priority, TicketKind

PLAN = Plan(TicketKind.EXCHANGE, Priority.NORMAL, "exchange.noted", "申请换货")

action = ticket_action("exchange_request", PLAN, AboutOrder(sent, without_ticket))
