"""Withdrawing: a ticket for what the customer did not mean is not worked on unawares."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from actions.deny import NOT_WISH
from actions.named_order import NOT_ORDER
from desk.commands import Outcome
from desk.conversations.commands import Drop, Tell
from desk.front import Desk
from desk.kernel.messages import Reply, Say, phrase
from desk.tickets.cards import kind_phrase
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Ticket, TicketKind
from desk.turns import Turn

_LATELY = timedelta(hours=6)
_LOOKED_AT = 5
_KINDS: Mapping[str, TicketKind] = {
    "return_request": TicketKind.RETURN,
    "exchange_request": TicketKind.EXCHANGE,
    "after_sales_claim": TicketKind.AFTER_SALES,
    "order_cancel": TicketKind.CANCEL,
    "delivery_change": TicketKind.ORDER_CHANGE,
    "invoice_request": TicketKind.INVOICE,
    "appointment_book": TicketKind.APPOINTMENT,
    "price_protection": TicketKind.PRICE_PROTECTION,
    "refund_status": TicketKind.REFUND,
    "urge_order": TicketKind.URGE,
    "logistics_delay": TicketKind.LOGISTICS,
    "parcel_missing": TicketKind.NOT_RECEIVED,
}


async def withdrawn(turn: Turn, desk: Desk, outcome: Outcome) -> Outcome:
    """The outcome, and word to the staff about tickets that a correction has made wrong."""
    if not (turn.slots.get(NOT_ORDER) or turn.slots.get(NOT_WISH)):
        return outcome
    tickets = await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT)
    meant = [each for each in outcome.do if isinstance(each, OpenTicket)]
    wrong = [each for each in tickets if _is_wrong(turn, each) and not _is_one_of(each, meant)]
    told = tuple(
        Tell(
            Say(
                phrase(
                    "correction.to_staff",
                    number=each.number,
                    kind=kind_phrase(each),
                    words=turn.text.strip()[:120],
                )
            ),
            to=(each.owner,) if each.owner else (),
        )
        for each in wrong
    )
    say = _heard(outcome) if told and turn.understanding.intent == "deny" else outcome.say
    dropped = tuple(Drop(each) for each in (turn.slots.get(NOT_WISH),) if each)
    return Outcome(say, (*outcome.do, *told, *dropped))


def _is_one_of(ticket: Ticket, meant: Sequence[OpenTicket]) -> bool:
    """Whether it is what is wanted after all: the order that was named is the same."""
    return any((each.kind, each.order_no) == (ticket.kind, ticket.order_no) for each in meant)


def _heard(outcome: Outcome) -> tuple[Reply, ...]:
    """What was said to the no, and that the staff know."""
    kept = [each.phrase for each in outcome.say if isinstance(each, Say)]
    return (Say(phrase("correction.taken_back", kept=kept[0])),) if kept else outcome.say


def _is_wrong(turn: Turn, ticket: Ticket) -> bool:
    if ticket.state.ended or turn.now - ticket.opened_at >= _LATELY:
        return False
    if order := turn.slots.get(NOT_ORDER):
        same_wish = ticket.kind is _KINDS.get(turn.understanding.intent)
        return same_wish and ticket.order_no == order
    return ticket.kind is _KINDS.get(turn.slots.get(NOT_WISH, ""))
