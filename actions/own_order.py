"""Private data only for the proven customer: find the order that is meant, or ask for proof."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from actions.asking import ask_for, ask_which
from actions.buyers import Known, Orders, own_orders, owns
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.customers.commands import CountLinkAttempt, LinkBuyer
from desk.customers.model import Evidence
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.answers import Answer
from desk.shops.port import Order
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

GUESS_SPAN = timedelta(hours=24)
GUESSES_PER_CUSTOMER = 5
GUESSES_PER_ORDER = 5
GUESSES_OVERALL = 200
"""Failed proofs within a day: by one customer, on one order, and by everybody."""


@dataclass(frozen=True, slots=True)
class Mine:
    """The order that is meant, proven to be the customer's; `do` is what finding it led to."""

    order: Order
    do: tuple[Command, ...]


def any_order(_order: Order) -> bool:
    """Every order may be meant."""
    return True


async def own_order(
    turn: Turn, desk: Desk, likely: Callable[[Order], bool] = any_order
) -> Mine | Outcome:
    """Find the order that is meant among the customer's own; `likely` narrows the guess.

    An Outcome is what to answer instead: a question which order, or for a proof.
    """
    orders = await own_orders(turn, desk)
    number = turn.slots.get("order_id")
    if number:
        return await _numbered(turn, desk, orders, number)
    return _guessed(turn, orders, likely)


async def _numbered(turn: Turn, desk: Desk, orders: Orders, number: str) -> Mine | Outcome:
    for order in orders.orders:
        if order.number == number:
            return _mine(order, orders.known)
    answer = await desk.shops.order(number)
    if answer.value is not None and owns(turn, orders.known, answer.value):
        return _mine(answer.value, orders.known)
    if "phone_tail" not in turn.slots:
        return ask_for(turn, phrase("verify.phone_tail", order_no=number), "phone_tail")
    return await _prove(turn, desk, orders.known, number, answer)


async def _prove(
    turn: Turn, desk: Desk, known: Known, number: str, answer: Answer[Order]
) -> Mine | Outcome:
    """An unknown order and a wrong tail get the same words: nobody learns which orders exist."""
    if await _guessed_too_often(turn, desk, number):
        return _to_a_person(turn, number)
    if not answer.is_known:
        return Outcome(say=(Say(phrase("shop.silent", shop=answer.shop_name)),))
    order = answer.value
    if order is None or order.phone_tail is None or order.phone_tail != turn.slots["phone_tail"]:
        again = ask_for(_afresh(turn), phrase("verify.failed"), "order_id")
        failed = CountLinkAttempt(turn.customer.id, number, succeeded=False)
        return Outcome(again.say, (failed, *again.do))
    proven = (
        CountLinkAttempt(turn.customer.id, number, succeeded=True),
        LinkBuyer(
            turn.customer.id, order.shop, order.buyer, order.number, Evidence.ORDER_AND_PHONE
        ),
    )
    mine = _mine(order, known)
    return Mine(order, (*mine.do, *proven))


def _afresh(turn: Turn) -> Turn:
    """The turn without the number and the tail that did not fit."""
    kept = {k: v for k, v in turn.slots.items() if k not in ("order_id", "phone_tail")}
    return replace(turn, slots=kept)


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


def _guessed(turn: Turn, orders: Orders, likely: Callable[[Order], bool]) -> Mine | Outcome:
    if not orders.orders:
        if orders.silent:
            silent = phrase("shop.silent", shop="、".join(orders.silent))
            return Outcome(say=(Say(silent),), do=orders.known.do)
        asked = ask_for(turn, phrase("verify.which_order"), "order_id")
        return Outcome(asked.say, (*orders.known.do, *asked.do))
    focused = [each for each in orders.orders if each.number == turn.focus.get("order_id")]
    meant = focused or [each for each in orders.orders if likely(each)] or [orders.orders[0]]
    if len(meant) == 1:
        return _mine(meant[0], orders.known)
    asked = ask_which(
        turn,
        phrase("order.which"),
        [(order_label(each), {"order_id": each.number}) for each in meant],
        "order_id",
    )
    return Outcome(asked.say, (*orders.known.do, *asked.do))


def order_label(order: Order) -> Phrase:
    """An order in a line of a menu: what and when, never an address."""
    title = order.lines[0].title if order.lines else order.number
    return phrase("order.label", title=title[:20], at=order.created_at)


def _mine(order: Order, known: Known) -> Mine:
    return Mine(order, (*known.do, Remember({"order_id": order.number})))
