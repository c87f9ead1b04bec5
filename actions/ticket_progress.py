"""处理得怎么样了: own tickets, who has them, until when, their pages; late ones are nudged."""

import re
from collections.abc import Mapping
from dataclasses import replace

from actions import refund_status
from actions.asking import to_person
from desk.commands import Command, Outcome
from desk.conversations.commands import Tell
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.tickets.cards import kind_phrase
from desk.tickets.links import address_of, page_of
from desk.tickets.model import Ticket, TicketKind, TicketState
from desk.turns import Action, Turn

_LOOKED_AT = 10
_MOST_TICKETS = 3
_CALLED: Mapping[TicketKind, re.Pattern[str]] = {
    TicketKind.RETURN: re.compile(r"退货|退的"),
    TicketKind.EXCHANGE: re.compile(r"换货|换的|换新"),
    TicketKind.AFTER_SALES: re.compile(r"售后|补发|赔"),
    TicketKind.INVOICE: re.compile(r"发票|开票"),
    TicketKind.APPOINTMENT: re.compile(r"预约|约的"),
    TicketKind.COMPLAINT: re.compile(r"投诉"),
    TicketKind.REPAIR: re.compile(r"修"),
    TicketKind.ORDER_CHANGE: re.compile(r"地址|改的|修改"),
    TicketKind.PRICE_PROTECTION: re.compile(r"差价|价保|保价"),
    TicketKind.URGE: re.compile(r"催"),
    TicketKind.LOGISTICS: re.compile(r"快递|物流"),
}
"""What customers call what they wait for."""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Tell how far it is, by number or for all that is unsolved."""
    theirs = await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT)
    mine = tuple(each for each in theirs if not each.is_hidden and not each.merged_into)
    number = turn.slots.get("ticket", "")
    if number:
        named = await desk.tickets.by_number(number)
        if named is None or named.is_hidden or not turn.customer.is_person_of(named.customer):
            return Outcome((Say(phrase("progress.not_yours", number=number), (to_person(),)),))
        return told_of(turn, desk, (await _where_it_goes_on(named, turn, desk),))
    unsolved = tuple(each for each in mine if not each.state.ended)
    if not unsolved and (asking := _about_the_refund(turn)):
        return await refund_status.run(asking, desk)
    shown = unsolved[:_MOST_TICKETS] or mine[:1]
    if not shown:
        return Outcome((Say(phrase("progress.none"), (to_person(),)),))
    return told_of(turn, desk, _of_kinds_named(turn, shown))


async def _where_it_goes_on(ticket: Ticket, turn: Turn, desk: Desk) -> Ticket:
    """The ticket that it was merged into, however far, as long as that is the customer's own."""
    while ticket.merged_into:
        further = await desk.tickets.by_number(ticket.merged_into)
        if further is None or not turn.customer.is_person_of(further.customer):
            return ticket
        ticket = further
    return ticket


def _about_the_refund(turn: Turn) -> Turn | None:
    """什么时候能好 after a refund was asked about means the refund."""
    dialogue, intent = turn.conversation.dialogue, refund_status.action.intent
    if not any(each.intent == intent for each in dialogue.topics):
        return None
    asked = dialogue.pending
    slots = asked.slots if asked and asked.intent == intent else {}
    understanding = replace(turn.understanding, intent=intent)
    return replace(turn, understanding=understanding, slots={**slots, **turn.slots})


def _of_kinds_named(turn: Turn, tickets: tuple[Ticket, ...]) -> tuple[Ticket, ...]:
    """Those whose kind the words name (换货到哪步了), all where they name none of them."""
    named = tuple(
        each for each in tickets if (words := _CALLED.get(each.kind)) and words.search(turn.text)
    )
    return named or tickets


def told_of(turn: Turn, desk: Desk, tickets: tuple[Ticket, ...]) -> Outcome:
    """Tell how far these are; of several, each with nothing but the address of its page."""
    page = page_of if len(tickets) == 1 else address_of
    lines = tuple(
        phrase("progress.line", stands=_line(turn, desk, each), page=page(each)) for each in tickets
    )
    late = [each for each in tickets if _is_late(turn, each)]
    key = "progress.answer_late" if late else "progress.answer"
    return Outcome((Say(phrase(key, tickets=lines)),), tuple(_nudge(each) for each in late))


def _line(turn: Turn, desk: Desk, ticket: Ticket) -> Phrase:
    kind, number = kind_phrase(ticket), ticket.number
    match ticket.state:
        case _ if ticket.state.ended:
            at = ticket.solved_at or ticket.opened_at
            return phrase("progress.solved", number=number, kind=kind, at=at)
        case TicketState.WAITING_CUSTOMER:
            asks = _owner(desk, ticket)
            return phrase("progress.waiting_customer", number=number, kind=kind, name=asks)
        case TicketState.TAKEN | TicketState.WAITING_INSIDE:
            return phrase(
                "progress.taken",
                number=number,
                kind=kind,
                name=_owner(desk, ticket),
                at=ticket.taken_at or ticket.opened_at,
                due=_due(turn, ticket),
            )
        case _:
            at = ticket.opened_at
            due = _due(turn, ticket)
            return phrase("progress.open", number=number, kind=kind, at=at, due=due)


def _owner(desk: Desk, ticket: Ticket) -> str | Phrase:
    member = desk.staff.find(ticket.owner)
    return member.name if member else phrase("progress.colleague")


def _due(turn: Turn, ticket: Ticket) -> Phrase:
    key = "progress.overdue" if _is_late(turn, ticket) else "progress.due"
    return phrase(key, at=ticket.due_at)


def _is_late(turn: Turn, ticket: Ticket) -> bool:
    idle = ticket.state.ended or ticket.state is TicketState.WAITING_CUSTOMER
    return not idle and ticket.due_at < turn.now


def _nudge(ticket: Ticket) -> Command:
    """Tell the owner, or where nobody has taken it the supervisors, that the customer asks."""
    said = Say(phrase("progress.nudge", number=ticket.number, kind=kind_phrase(ticket)))
    if ticket.owner:
        return Tell(said, to=(ticket.owner,))
    return Tell(said, least=Role.SUPERVISOR)


action = Action(intent="ticket_progress", run=run)
