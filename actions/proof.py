"""The proof that opens an order: its number and the tail of the receiver's phone.

Who knows both may read of this order in this conversation for a while. It does not make them the
buyer: a friend may know both, and the buyer shall not be locked out by that.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from actions.asking import Labelled, ask_for
from desk.commands import Command, Outcome
from desk.customers.commands import CountLinkAttempt, ProveOrder
from desk.customers.opened import plain_number
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

GUESS_SPAN = timedelta(hours=24)
GUESSES_PER_CUSTOMER = 5
GUESSES_PER_ORDER = 5
GUESSES_OVERALL = 200
"""Failed proofs within a day: by one customer, on one order, and by everybody."""


_PROVES = frozenset(("order_id", "phone_tail"))


@dataclass(frozen=True, slots=True)
class Proof:
    """An order that was just proven; `do` opens it in this conversation."""

    order: Order
    do: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """There is no proof (yet); `instead` is what to answer."""

    instead: Outcome


async def prove(
    turn: Turn, desk: Desk, number: str, order: Order | None, way_out: tuple[Labelled, ...]
) -> Proof | Refusal:
    """Ask for the tail, or check it.

    A number that no shop has, a wrong tail and a shop that does not answer get the same words
    and count the same: nobody learns which orders exist.
    """
    tail = plain_number(turn.slots.get("phone_tail", ""))
    if not tail:
        question = phrase("verify.phone_tail")
        return Refusal(ask_for(turn, question, "phone_tail", choices=way_out))
    if await _guessed_too_often(turn, desk, number):
        return Refusal(_to_a_person(turn, number))
    if order is None or order.phone_tail is None or order.phone_tail != tail:
        return Refusal(_failed(turn, number, way_out))
    here = turn.conversation.id
    return Proof(
        order,
        (
            CountLinkAttempt(turn.customer.id, number, succeeded=True),
            ProveOrder(turn.customer.id, here, order.shop, order.number, order.buyer),
        ),
    )


def _failed(turn: Turn, number: str, way_out: tuple[Labelled, ...]) -> Outcome:
    kept = {k: v for k, v in turn.slots.items() if k not in _PROVES}
    afresh = replace(turn, slots=kept)
    again = ask_for(afresh, phrase("verify.failed"), "order_id", choices=way_out, person=True)
    failed = CountLinkAttempt(turn.customer.id, number, succeeded=False)
    return Outcome(again.say, (failed, *again.do))


async def _guessed_too_often(turn: Turn, desk: Desk, number: str) -> bool:
    by_customer, on_order, overall = await desk.customers.failed_attempts(
        turn.customer.id, number, turn.now - GUESS_SPAN
    )
    return (
        by_customer >= GUESSES_PER_CUSTOMER
        or on_order >= GUESSES_PER_ORDER
        or overall >= GUESSES_OVERALL
    )


def _to_a_person(turn: Turn, number: str) -> Outcome:
    ticket = OpenTicket(
        kind=TicketKind.CONSULT,
        priority=Priority.NORMAL,
        summary="顾客多次未能核实订单，请人工核实身份后再提供订单信息。",
        customer=turn.customer.id,
        conversation=turn.conversation.id,
        order_no=number,
    )
    return Outcome(say=(Say(phrase("verify.too_often")),), do=(ticket,))
