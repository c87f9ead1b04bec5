"""取消订单: asked once, then a ticket before it is sent, an interception after; also of a part."""

from dataclasses import replace

from actions.asking import SURE
from actions.naming import called
from actions.order_part import all_of_it, keeps, names_of, part_of
from actions.order_states import ended, sent, status_phrase, unpaid, unsent
from actions.sure import agreed, is_plain, unsure, yes_to
from actions.tickets import AboutOrder, Plan, about_order, noted, open_ticket, with_order
from desk.commands import Outcome
from desk.conversations.commands import Tell
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order, OrderLine
from desk.tickets.cards import kind_phrase
from desk.tickets.model import Priority, Ticket, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.CANCEL, Priority.URGENT, "cancel.noted", "取消订单，先拦下不要发货")
_SENT = Plan(TicketKind.CANCEL, Priority.URGENT, "cancel.sent", "已发货，联系快递拦截")
_PART = "part"
"""The slot with the names of the lines that a question was about."""
_KEEP = ("留", "保留", "别取消", "还要")
_LOOKED_AT = 5
_MOST_LINES = 4


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Cancel the order or the lines of it that are named, where that is still possible."""
    tickets = await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT)

    def special(turn: Turn, order: Order) -> Outcome | None:
        about = about_order(order)
        if ended(order):
            return Outcome((Say(phrase("cancel.ended", about=about, status=status_phrase(order))),))
        if unpaid(order):
            key = "cancel.keep_unpaid" if _wants_it(turn) else "cancel.unpaid"
            return Outcome((Say(phrase(key, about=about)),))
        part = _part(turn, order, desk)
        if sent(order) and not (part and all(each.waits for each in part)):
            return unsure(turn, "intercept", about, order) or noted(turn, _SENT, order)
        if part:
            return _only(turn, order, names_of(part), _running(tickets, order))
        return _whole(_without(turn, SURE if keeps(turn.text) else _PART), order)

    return await with_order(turn, desk, PLAN, AboutOrder(unsent, special))


def _part(turn: Turn, order: Order, desk: Desk) -> tuple[OrderLine, ...]:
    """The lines that are meant, () for the whole order. A yes is to what was asked."""
    if (named := part_of(turn, order, desk)) or not agreed(turn) or all_of_it(turn.text):
        return named
    asked = turn.slots.get(_PART, "").split("、")
    return tuple(each for each in order.lines if called(each.title) in asked)


def _only(turn: Turn, order: Order, part: str, running: Ticket | None) -> Outcome:
    """A part is asked about; where more was agreed to before, the staff are told at once."""
    about = about_order(order)
    plan = replace(PLAN, says="cancel.part", does=f"只取消“{part}”，其余照发")
    ticket = open_ticket(turn, plan, order)
    if running is not None:
        said = Say(phrase("cancel.only_part", about=about, part=part))
        return Outcome((said,), (ticket, _told(turn, running)))
    if turn.slots.get(_PART) != part:
        afresh = _without(turn, SURE)
        turn = replace(afresh, slots={**afresh.slots, _PART: part})
    asked = unsure(turn, "cancel_part", phrase("sure.part", about=about, part=part), order)
    said = Say(phrase("cancel.part", about=about, part=part))
    return asked or Outcome((said,), (ticket,))


def _without(turn: Turn, slot: str) -> Turn:
    return replace(turn, slots={name: word for name, word in turn.slots.items() if name != slot})


def _told(turn: Turn, running: Ticket) -> Tell:
    said = phrase(
        "correction.to_staff",
        number=running.number,
        kind=kind_phrase(running),
        words=turn.text.strip()[:120],
    )
    return Tell(Say(said), to=(running.owner,) if running.owner else ())


def _running(tickets: tuple[Ticket, ...], order: Order) -> Ticket | None:
    """The ticket that cancels this order and is not solved."""
    same = (each for each in tickets if each.kind is PLAN.kind and each.order_no == order.number)
    return next((each for each in same if not each.state.ended), None)


def _whole(turn: Turn, order: Order) -> Outcome | None:
    """The question on all of it; of several lines each can be picked instead."""
    about = about_order(order)
    if len(order.lines) < 2:
        return unsure(turn, "cancel", about, order)
    if _says_all_again(turn):
        turn = replace(turn, slots={**turn.slots, **yes_to("cancel_all")})
    names = dict.fromkeys(called(each.title) for each in order.lines[:_MOST_LINES])
    lines = [
        (phrase("sure.only", part=name), {**yes_to("cancel_part"), _PART: name}) for name in names
    ]
    return unsure(turn, "cancel_all", about, order, lines if len(names) > 1 else ())


def _says_all_again(turn: Turn) -> bool:
    """两个都不要了, said to the question whether all of it shall be cancelled."""
    pending = turn.conversation.dialogue.pending
    asked = pending is not None and pending.expects == SURE
    return asked and all_of_it(turn.text) and is_plain(turn.text, turn.understanding.intent)


def _wants_it(turn: Turn) -> bool:
    return any(word in turn.text for word in _KEEP)


action = Action(intent="order_cancel", run=run)
