"""What the house promises: how soon a ticket is dealt with, and by whom."""

from collections.abc import Mapping
from datetime import timedelta

from desk.tickets.model import Priority, TicketKind

DUE_WITHIN: Mapping[Priority, timedelta] = {
    Priority.URGENT: timedelta(hours=2),
    Priority.HIGH: timedelta(hours=8),
    Priority.NORMAL: timedelta(hours=24),
}
"""How soon a ticket has to be solved."""

SKILL_FOR: Mapping[TicketKind, str] = {
    TicketKind.LOGISTICS: "logistics",
    TicketKind.NOT_RECEIVED: "logistics",
    TicketKind.URGE: "logistics",
    TicketKind.ORDER_CHANGE: "logistics",
    TicketKind.CANCEL: "logistics",
    TicketKind.RETURN: "after_sales",
    TicketKind.EXCHANGE: "after_sales",
    TicketKind.AFTER_SALES: "after_sales",
    TicketKind.REFUND: "refund",
    TicketKind.PRICE_PROTECTION: "refund",
    TicketKind.PAYMENT: "refund",
    TicketKind.COMPLAINT: "complaint",
    TicketKind.PRIVACY: "complaint",
    TicketKind.EMERGENCY: "complaint",
    TicketKind.CONSULT: "product",
}
"""The skill that a kind of ticket wants where the opener names none; the others suit everybody."""
