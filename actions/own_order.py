"""Private data only for the proven customer: find the order that is meant, or ask which."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from actions.asking import Labelled, ask_for, ask_which, go, to_person
from actions.buyers import Known, Orders, own_orders, owns
from actions.named_order import NOT_ORDER, is_missed, never_bought, pointed_at
from actions.naming import called
from actions.parcel_number import may_be_either, order_of_parcel
from actions.proof import Refusal, prove
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.customers.opened import plain_number
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import Order, write_item
from desk.shops.products import Product
from desk.turns import Turn

_GOES_ON = re.compile(r"^(?:那|它|这)(?!个?[单笔]|些|几|两)")
_EVERY = re.compile(r"(?:哪些|哪几|所有|全部).{0,3}单|单.{0,4}(?:哪些|哪几|列表|全部|所有)")
_SHORT = 4
_IN_THE_EAR = timedelta(minutes=10)
"""So long 那什么时候到 goes on about the order that was answered on."""

NO_NUMBER = "order"
"""The slot that is filled when the customer has no order number at hand."""


@dataclass(frozen=True, slots=True)
class Mine:
    """The order that is meant, proven to be the customer's; `do` is what finding it led to."""

    order: Order
    do: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """No order could be told: the customer has no number, or its shop does not answer."""

    silent: tuple[str, ...] = ()
    do: tuple[Command, ...] = ()


def any_order(_order: Order) -> bool:
    """Every order may be meant."""
    return True


async def own_order(
    turn: Turn,
    desk: Desk,
    likely: Callable[[Order], bool] = any_order,
    way_out: tuple[Labelled, ...] = (),
) -> Mine | Outcome:
    """Find the order that is meant among the customer's own; `likely` narrows the guess.

    An Outcome is what to answer instead: a question which order (`way_out`: other answers to it),
    or for a proof.
    """
    found = await _find(turn, desk, likely, way_out)
    if not isinstance(found, Unnamed):
        return found
    silent = phrase("shop.silent", shop="、".join(found.silent))
    return Outcome(say=(Say(silent, (to_person(),)),), do=found.do)


async def order_or_none(
    turn: Turn, desk: Desk, likely: Callable[[Order], bool] = any_order
) -> Mine | Unnamed | Outcome:
    """Find the order for something that a person does anyway, so that none will do too."""
    if NO_NUMBER in turn.slots:
        return Unnamed()
    no_number = phrase("order.no_number")
    return await _find(turn, desk, likely, ((no_number, {NO_NUMBER: "没有订单号"}),))


async def _find(
    turn: Turn, desk: Desk, likely: Callable[[Order], bool], way_out: tuple[Labelled, ...]
) -> Mine | Unnamed | Outcome:
    orders = await own_orders(turn, desk)
    if NO_NUMBER in turn.slots:
        return _without_number(turn, orders)
    if number := plain_number(turn.slots.get("order_id", "")):
        return await _numbered(turn, desk, orders, number, way_out)
    if orders.orders:
        if other := await never_bought(turn, desk, orders.orders):
            return _not_in(turn, orders, other)
        return _guessed(turn, desk, orders, likely)
    if orders.silent:
        return Unnamed(orders.silent, orders.known.do)
    question, person = _which_order(turn, orders.known), not _no_number_in(way_out)
    asked = ask_for(turn, question, "order_id", choices=way_out, person=person)
    return Outcome(asked.say, (*orders.known.do, *asked.do))


def _which_order(turn: Turn, known: Known) -> Phrase:
    """Ask for a number; a shop that might have known the customer by itself is named."""
    if known.silent:
        return phrase("verify.which_order_silent", shop="、".join(known.silent))
    return phrase(f"verify.{'phone_noted' if 'phone_tail' in turn.slots else 'which_order'}")


def _without_number(turn: Turn, orders: Orders) -> Outcome:
    """Say where the number can be found; whoever does not find it there speaks with a person."""
    slots = {name: word for name, word in turn.slots.items() if name != NO_NUMBER}
    asked = ask_for(replace(turn, slots=slots), phrase("verify.no_number"), "order_id", person=True)
    return Outcome(asked.say, (*orders.known.do, *asked.do))


async def _numbered(
    turn: Turn, desk: Desk, orders: Orders, number: str, way_out: tuple[Labelled, ...]
) -> Mine | Outcome:
    for order in orders.orders:
        if order.number == number:
            return _mine(order, orders.known)
    answer = await desk.shops.order(number)
    if answer.value is not None and owns(turn, orders.known, answer.value):
        return _mine(answer.value, orders.known)
    if may_be_either(number) and (sent_in := await order_of_parcel(desk, orders.orders, number)):
        return _mine(sent_in, orders.known)
    proof = await prove(turn, desk, number, answer.value, way_out)
    if isinstance(proof, Refusal):
        return proof.instead
    return Mine(proof.order, (*_mine(proof.order, orders.known).do, *proof.do))


def _no_number_in(way_out: tuple[Labelled, ...]) -> bool:
    return any(NO_NUMBER in slots for _, slots in way_out)


def _not_in(turn: Turn, orders: Orders, other: Product) -> Outcome:
    """What was never bought is said, and no other order is taken for it; it may be looked at."""
    slots = {name: word for name, word in turn.slots.items() if name != "product"}
    asked = ask_which(
        replace(turn, slots=slots),
        phrase("order.not_bought", name=turn.slots["product"]),
        [(order_label(each), {"order_id": each.number}) for each in orders.orders],
        "order_id",
    )
    focus = Remember({"product": other.title, "item": write_item(other.ids[0])})
    say = tuple(replace(each, menu=(*each.menu, go("stock_check"))) for each in _says(asked))
    return Outcome(say, (*orders.known.do, focus, *asked.do))


def _says(outcome: Outcome) -> tuple[Say, ...]:
    return tuple(each for each in outcome.say if isinstance(each, Say))


def _guessed(
    turn: Turn, desk: Desk, orders: Orders, likely: Callable[[Order], bool]
) -> Mine | Outcome:
    missed = is_missed(turn, orders.orders)
    pointed = pointed_at(turn, desk, orders.orders)
    meant = orders.orders if missed else _meant(turn, pointed, likely)
    if not missed and (len(meant) == 1 or _asked_in_vain(turn)):
        return _mine(meant[0], orders.known)
    asked = ask_which(
        turn,
        phrase("order.not_then" if missed else "order.which"),
        [(order_label(each), {"order_id": each.number}) for each in meant],
        "order_id",
    )
    return Outcome(asked.say, (*orders.known.do, *asked.do))


def _meant(
    turn: Turn, orders: tuple[Order, ...], likely: Callable[[Order], bool]
) -> tuple[Order, ...]:
    """The one talked about if it is likely, else the likely ones; at the end the newest.

    Where another than the one talked about is meant, or all, none is likelier than the others.
    """
    if NOT_ORDER in turn.slots or _EVERY.search(turn.text):
        return orders
    about = tuple(each for each in orders if each.number == turn.focus.get("order_id"))
    if about and _goes_on(turn):
        return about
    likely_ones = tuple(filter(likely, orders))
    return tuple(filter(likely, about)) or likely_ones or about or orders[:1]


def _goes_on(turn: Turn) -> bool:
    """Whether a message is too short to be about another order than the one just answered on."""
    at = turn.conversation.dialogue.focus_at
    if at is None or turn.now - at >= _IN_THE_EAR:
        return False
    return len(turn.text.strip()) <= _SHORT or _GOES_ON.search(turn.text) is not None


def _asked_in_vain(turn: Turn) -> bool:
    """The customer was shown these orders and said the same again: then the newest is meant."""
    pending = turn.conversation.dialogue.pending
    if pending is None or pending.intent != turn.understanding.intent:
        return False
    return pending.expects == "order_id" and len(pending.options) > 1


def order_label(order: Order) -> Phrase:
    """An order in a line of a menu: what and when, never an address."""
    return phrase("order.label", title=title_of(order), at=order.created_at)


def title_of(order: Order) -> str:
    """What an order is about, short enough for one line."""
    if not order.lines:
        return order.number
    first = called(order.lines[0].title)
    return f"{first} 等{len(order.lines)}种" if len(order.lines) > 1 else first


def _mine(order: Order, known: Known) -> Mine:
    return Mine(order, (*known.do, Remember({"order_id": order.number})))
