"""Intents whose answer is a person's work: a sentence, the order if there is one, a ticket."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from actions.asking import SAID, said
from actions.forms_before import kept_words
from actions.one_matter import ticket_of_the_matter, told_of_the_matter
from actions.own_order import Mine, any_order, order_or_none, title_of
from actions.sure import agreed, declined
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import Order
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind
from desk.turns import Action, Turn

_MOST_WORDS = 120
_NONE_AT_HAND = re.compile(r"(?:我|也)?(?:没有?|找不到|查不到)(?:订单号?|单号)[了啊呀呢的。!！]*")
_PRODUCT = "product"
"""The field of a repair's form that the order tells."""
_A_WORD = re.compile(r"[\u4e00-\u9fff]")
_NAMED_PROOF = re.compile(r"订单号?|单号|手机|尾号|后四位|是|为")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a ticket of an intent is opened.

    `says` is the phrase before the ticket's number (with the blank {about}); `does` what the
    agent shall do, the first words of the summary. What else the ticket wants to know stands in
    the form of its template, see `actions.forms`. `priority` None is the template's own.
    """

    kind: TicketKind
    priority: Priority | None
    says: str
    does: str
    skill: str = ""


Special = Callable[[Turn, Order], Outcome | None]
"""Answers an order that needs no ticket (already cancelled, …); None where it does."""


@dataclass(frozen=True, slots=True)
class AboutOrder:
    """How the order is found: which is likely meant, and which need no ticket."""

    likely: Callable[[Order], bool] = any_order
    special: Special = field(default=lambda _turn, _order: None)


def ticket_action(intent: str, plan: Plan, about: AboutOrder | None = None) -> Action:
    """Make the handler of an intent; with `about` the order is found or asked for first."""

    async def run(turn: Turn, desk: Desk) -> Outcome:
        if about is None:
            return noted(turn, plan, None)
        return await with_order(turn, desk, plan, about)

    return Action(intent=intent, run=run)


async def with_order(turn: Turn, desk: Desk, plan: Plan, about: AboutOrder) -> Outcome:
    """Open the ticket on the order that is meant, or without one where it cannot be told."""
    if kept := declined(turn):
        return kept
    if same := await ticket_of_the_matter(turn, desk, plan.kind):
        if told := await told_of_the_matter(turn, desk, same, plan.kind):
            return told
        if same.kind is not plan.kind:
            return _added(turn, plan, same)
    found = await order_or_none(turn, desk, about.likely)
    if isinstance(found, Outcome):
        return found
    order = found.order if isinstance(found, Mine) else None
    special = about.special(turn, order) if order is not None else None
    outcome = special or noted(turn, plan, order)
    return Outcome(outcome.say, (*found.do, *outcome.do))


def noted(turn: Turn, plan: Plan, order: Order | None) -> Outcome:
    """Say the plan's sentence and open its ticket; the desk tells the number."""
    say = Say(phrase(plan.says, about=about_order(order)))
    return Outcome((say,), (open_ticket(turn, plan, order),))


def _added(turn: Turn, plan: Plan, ticket: Ticket) -> Outcome:
    """Words that join a ticket of another kind, which is about the same trouble."""
    asked = open_ticket(turn, replace(plan, priority=None), None)
    joins = replace(asked, kind=ticket.kind, shop=ticket.shop, order_no=ticket.order_no)
    return Outcome(do=(joins,))


def open_ticket(
    turn: Turn, plan: Plan, order: Order | None, fact: str = "", *, asks: bool = True
) -> OpenTicket:
    """The ticket of a plan; `fact` is what the agent should know before reading on.

    Not `asks`: all that has to be known is known, whatever the form wants.
    """
    return OpenTicket(
        kind=plan.kind,
        priority=plan.priority,
        summary=summary(turn, plan.does, order, fact),
        customer=turn.customer.id,
        conversation=turn.conversation.id,
        shop=order.shop if order else "",
        order_no=order.number if order else "",
        skill=plan.skill,
        asks=asks,
        fields={_PRODUCT: title_of(order)} if order and plan.kind is TicketKind.REPAIR else {},
    )


def summary(turn: Turn, does: str, order: Order | None, fact: str = "") -> str:
    """A line for the agent: what to do, on what, and the customer's own words."""
    about = f"：{title_of(order)}" if order else _named(turn.slots)
    details = f"。{fact}" if fact else ""
    words = "；".join(dict.fromkeys((said(turn).strip(), *kept_words(turn.slots))))
    now = "" if agreed(turn) or _is_proof(turn) else turn.text.strip()
    quoted = f"。顾客说：“{words[:_MOST_WORDS]}”" if words else ""
    later = f"；补充：“{now[:_MOST_WORDS]}”" if now and now not in words else ""
    return f"{does}{about}{details}{quoted}{later}"


def _is_proof(turn: Turn) -> bool:
    """Whether a message is only the number or tail that was asked for, or that there is none."""
    if _NONE_AT_HAND.fullmatch(turn.text.strip()):
        return True
    return bool(turn.slots.get(SAID)) and _A_WORD.search(_NAMED_PROOF.sub("", turn.text)) is None


def about_order(order: Order | None) -> Phrase | str:
    """The line that names the order; empty (and then left out) without one."""
    if order is None:
        return ""
    return phrase("order.about", title=title_of(order), at=order.created_at)


def _named(slots: Mapping[str, str]) -> str:
    names = ("product", "size", "color", "quantity", "platform", "date", "store", "coupon")
    known = [slots[name] for name in names if slots.get(name)]
    number = f"（订单号 {slots['order_id']}，未核实）" if slots.get("order_id") else ""
    return f"：{' '.join(known)}{number}" if known or number else ""
