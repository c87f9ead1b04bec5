"""坏了、少了、发错了: a ticket on the order, and a picture is asked for."""

from actions.order_states import sent
from actions.tickets import AboutOrder, Plan, ticket_action
from desk.tickets.model import Priority, TicketKind

PLAN = Plan(TicketKind.AFTER_SALES, Priority.HIGH, "claim.noted", "售后问题")

action = ticket_action("after_sales_claim", PLAN, AboutOrder(sent))
