"""个人信息: what the customer asks about their own data is a person's duty to answer."""

from actions.tickets import Plan, ticket_action
from desk.tickets.model import Priority, TicketKind

PLAN = Plan(TicketKind.PRIVACY, Priority.NORMAL, "privacy.noted", "个人信息请求，核实身份后处理")

action = ticket_action("privacy_request", PLAN)
