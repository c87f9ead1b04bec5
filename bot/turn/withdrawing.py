"""Withdrawing: a ticket for what the customer did not mean is not worked on unawares."""

from collections.abc import Mapping
from datetime import timedelta

from actions.named_order import NOT_ORDER
from bot.understanding.restated import NOT_WISH
from desk.commands import Outcome
from desk.conversations.commands import Drop, Tell
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.cards import kind_phrase
from desk.tickets.model import Ticket, TicketKind, TicketState
from desk.turns import Turn

_LATELY = timedelta(hours=6)
_LOOKED_AT = 5
_KINDS: Mapping[str, TicketKind] = {
    "return_request": TicketKind.RETURN,
    "exchange_request": TicketKind.EXCHANGE,
    "after_sales_claim": TicketKind.AFTER_SALES,
    "order_cancel": TicketKind.ORDER_CHANGE,
    "delivery_change": TicketKind.ORDER_CHANGE,
    "invoice_request": TicketKind.INVOICE,
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
    wrong = [each for each in tickets if _is_wrong(turn, each)]
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
    say = (Say(phrase("correction.taken_back")),) if told and _is_denial(turn) else outcome.say
    dropped = tuple(Drop(each) for each in (turn.slots.get(NOT_WISH),) if each)
    return Outcome(say, (*outcome.do, *told, *dropped))


def _is_denial(turn: Turn) -> bool:
    return turn.understanding.intent == "deny"


def _is_wrong(turn: Turn, ticket: Ticket) -> bool:
    if ticket.state is TicketState.SOLVED or turn.now - ticket.opened_at >= _LATELY:
        return False
    if order := turn.slots.get(NOT_ORDER):
        same_wish = ticket.kind is _KINDS.get(turn.understanding.intent)
        return same_wish and ticket.order_no == order
    return ticket.kind is _KINDS.get(turn.slots.get(NOT_WISH, ""))
