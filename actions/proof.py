"""The proof that opens an order: its number, and the tail of the receiver's phone or what was paid.

Who knows both may read of this order in this conversation for a while. It does not make them the
buyer: a friend may know both, and the buyer shall not be locked out by that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from actions.asking import Labelled, ask_for, said
from actions.factors import Factor, factors_for
from actions.told_of_order import matches
from desk.commands import Command, Outcome
from desk.customers.commands import CountLinkAttempt, ProveOrder
from desk.customers.opened import plain_number
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.kernel.money import Fen
from desk.shops.port import Order
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

GUESS_SPAN = timedelta(hours=24)
GUESSES_PER_CUSTOMER = 5
GUESSES_PER_ORDER = 5
"""Failed proofs within a day: by one customer, and on one order."""
RUSH_SPAN = timedelta(hours=1)
GUESSES_IN_A_RUSH = 40
GUESSES_IN_A_RUSH_KNOWN = 400
"""Failed proofs by everybody within an hour, from which on people look at what strangers try, and
at what those try who have proven an order before or whose buyer is known.

It stops who guesses with many accounts: forty of a thousand tails an hour. Each of them is stopped
after five a day, so that it takes many to keep strangers out, and those who are known stay in.
"""

FORGOT_PAID = "forgot_paid"
"""The slot that is filled when the customer does not remember what they paid."""
BOUGHT = "bought"
"""The slot with what they remember instead: what was bought, and when."""
TRIED = "tried"
"""The slot with the number whose proof has just failed: a piece that comes alone is for it."""
_PROVES = frozenset(("order_id", *Factor, FORGOT_PAID, BOUGHT))
_MOST_WORDS = 120


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
    """Ask for what proves an order of this number, or check it.

    A number that no shop has, a wrong tail or amount, and a shop that does not answer get the
    same words and count the same: nobody learns which orders exist.
    """
    given = _given(turn.slots, factors_for(number))
    if not given and BOUGHT not in turn.slots:
        return Refusal(_asked(turn, number, way_out))
    if await _guessed_too_often(turn, desk, number):
        return Refusal(_to_a_person(turn, number))
    if not given:
        return Refusal(_by_what_was_bought(turn, desk, number, order))
    if order is None or not _is_right(order, given):
        return Refusal(_failed(turn, number, way_out))
    here = turn.conversation.id
    return Proof(
        order,
        (
            CountLinkAttempt(turn.customer.id, number, succeeded=True),
            ProveOrder(turn.customer.id, here, order.shop, order.number, order.buyer),
        ),
    )


def _given(slots: Mapping[str, str], wanted: tuple[Factor, ...]) -> Mapping[Factor, str]:
    return {each: plain_number(slots[each]) for each in wanted if slots.get(each)}


def _is_right(order: Order, given: Mapping[Factor, str]) -> bool:
    """The tail decides wherever the shop shows it: prices are easier to guess.

    What will do follows from the order's own number here, however it was written in the chat.
    """
    enough = factors_for(order.number)
    if order.phone_tail is not None and Factor.PHONE_TAIL in enough:
        return given.get(Factor.PHONE_TAIL) == order.phone_tail
    if Factor.PAID_AMOUNT not in enough:
        return False
    return _fen(given.get(Factor.PAID_AMOUNT, "")) == order.payment


def _fen(yuan: str) -> Fen | None:
    try:
        return Fen.from_yuan(yuan)
    except ValueError:
        return None


def _asked(turn: Turn, number: str, way_out: tuple[Labelled, ...]) -> Outcome:
    factor = factors_for(number)[0]
    if factor is Factor.PHONE_TAIL:
        return ask_for(turn, phrase("verify.phone_tail"), factor.value, choices=way_out)
    if FORGOT_PAID in turn.slots:
        return ask_for(turn, phrase("verify.bought"), BOUGHT, person=True)
    forgot = (phrase("verify.forgot_paid"), {FORGOT_PAID: "不记得金额"})
    return ask_for(turn, phrase("verify.paid_amount"), factor.value, choices=(*way_out, forgot))


def _failed(turn: Turn, number: str, way_out: tuple[Labelled, ...]) -> Outcome:
    kept = {k: v for k, v in turn.slots.items() if k not in _PROVES}
    afresh = replace(turn, slots={**kept, TRIED: number})
    words = phrase(f"verify.failed.{'_or_'.join(factors_for(number))}")
    again = ask_for(afresh, words, "order_id", choices=way_out, person=True)
    failed = CountLinkAttempt(turn.customer.id, number, succeeded=False)
    return Outcome(again.say, (failed, *again.do))


async def _guessed_too_often(turn: Turn, desk: Desk, number: str) -> bool:
    customer, tried = turn.customer, desk.customers.failed_attempts
    by_customer, on_order, _ = await tried(customer.id, number, turn.now - GUESS_SPAN)
    _, _, lately = await tried(customer.id, number, turn.now - RUSH_SPAN)
    known = bool(customer.links or customer.proven_orders)
    return (
        by_customer >= GUESSES_PER_CUSTOMER
        or on_order >= GUESSES_PER_ORDER
        or lately >= (GUESSES_IN_A_RUSH_KNOWN if known else GUESSES_IN_A_RUSH)
    )


def _to_a_person(turn: Turn, number: str) -> Outcome:
    summary = "顾客多次未能核实订单，请人工核实身份后再提供订单信息。"
    return Outcome((Say(phrase("verify.too_often")),), (_ticket(turn, number, summary),))


def _by_what_was_bought(turn: Turn, desk: Desk, number: str, order: Order | None) -> Outcome:
    """A person compares what the customer remembers; it opens nothing, and counts as a try."""
    told = turn.slots[BOUGHT][:_MOST_WORDS]
    wish = said(turn)[:_MOST_WORDS]
    summary = (
        f"顾客不记得实付金额，请人工核实身份后再提供订单信息。顾客说买的是：“{told}”"
        f"（{matches(told, order, desk, turn.now)}）。想问的是：“{wish}”"
    )
    failed = CountLinkAttempt(turn.customer.id, number, succeeded=False)
    return Outcome((Say(phrase("verify.by_person")),), (failed, _ticket(turn, number, summary)))


def _ticket(turn: Turn, number: str, summary: str) -> OpenTicket:
    return OpenTicket(
        kind=TicketKind.CONSULT,
        priority=Priority.NORMAL,
        summary=summary,
        customer=turn.customer.id,
        conversation=turn.conversation.id,
        order_no=number,
    )
