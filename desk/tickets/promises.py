"""What the house promises: by whom a ticket is dealt with; how soon is in desk/sla/policy.py."""

from collections.abc import Mapping

from desk.tickets.model import TicketKind

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
    TicketKind.RISK: "complaint",
    TicketKind.REPAIR: "after_sales",
    TicketKind.LEADER: "leader",
    TicketKind.CONSULT: "product",
}
"""The skill that a kind of ticket wants where the opener names none; the others suit everybody."""
