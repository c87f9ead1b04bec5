"""付不了款、扣了两次: a ticket, and the advice not to pay once more."""

from actions.tickets import Plan, ticket_action
from desk.tickets.model import Priority, TicketKind

PLAN = Plan(TicketKind.PAYMENT, Priority.HIGH, "payment.noted", "付款问题")

action = ticket_action("payment_issue", PLAN)
