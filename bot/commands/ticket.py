"""/ticket: list, show, take, finish, note; the buttons on cards are these lines."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.commands import ticket_moves, ticket_owner
from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.find import find_ticket, shop_name, staff_name
from bot.commands.ticket_link import link
from bot.commands.ticket_talk import talk
from bot.commands.ticket_way import way
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.tickets.cards import called, kind_phrase, priority_phrase
from desk.tickets.commands import FinishTicket, NoteOnTicket, TakeTicket
from desk.tickets.model import Ticket, TicketEvent
from desk.tickets.news import news

_LISTED = 15
_EVENTS_SHOWN = 10


async def run(call: Call, desk: Desk) -> Outcome:
    """Do what the first word says; without one, list."""
    verb = call.words[0].lower() if call.words else "list"
    do = _VERBS.get(_ALIASES.get(verb, verb))
    if do is None:
        raise Misused(phrase("cmd.ticket.which_verb", word=verb))
    return await do(call, desk)


async def _list(call: Call, desk: Desk) -> Outcome:
    everybodys = call.member.role >= Role.SUPERVISOR
    if everybodys:
        tickets = await desk.tickets.unsolved(None, _LISTED + 1)
    else:
        mine = await desk.tickets.unsolved(call.member.userid, _LISTED + 1)
        tickets = (*mine, *await desk.tickets.unsolved("", _LISTED + 1))
    if not tickets:
        return answer(phrase("cmd.ticket.list_empty"))
    lines = tuple(_line(each, call, desk) for each in tickets[:_LISTED])
    more = phrase("cmd.ticket.list_more") if len(tickets) > _LISTED else ""
    key = "cmd.ticket.list_all" if everybodys else "cmd.ticket.list"
    return answer(Phrase(key, {"tickets": lines, "more": more}))


async def _show(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    customer = await desk.customers.get(ticket.customer) if ticket.customer else None
    history = await desk.tickets.history(ticket.number)
    return answer(
        phrase(
            "cmd.ticket.card",
            number=ticket.number,
            kind=kind_phrase(ticket),
            priority=priority_phrase(ticket),
            stands=_stands(ticket, call, desk),
            customer=called(customer.nickname if customer else ""),
            order=_order(ticket, desk),
            summary=ticket.summary,
            history=_history(ticket, history, desk),
            next=Phrase(f"cmd.ticket.next.{ticket.state}", {"number": ticket.number}),
        )
    )


async def _take(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    return Outcome(do=(TakeTicket(ticket.number, call.member.userid),))


async def _done(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    return Outcome(do=(FinishTicket(ticket.number, call.member.userid, call.rest(2)),))


async def _note(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    if not call.rest(2):
        raise Misused(phrase("cmd.ticket.which_note"))
    return Outcome(do=(NoteOnTicket(ticket.number, call.member.userid, call.rest(2)),))


async def _talk(call: Call, desk: Desk) -> Outcome:
    return talk(await _named(call, desk), call.member)


async def _give(call: Call, desk: Desk) -> Outcome:
    return ticket_owner.give(await _named(call, desk), call, desk)


async def _give_back(call: Call, desk: Desk) -> Outcome:
    return ticket_owner.give_back(await _named(call, desk), call)


async def _why(call: Call, desk: Desk) -> Outcome:
    return await ticket_owner.why(await _named(call, desk), desk)


async def _way(call: Call, desk: Desk) -> Outcome:
    return await way(await _named(call, desk), call, desk)


async def _link(call: Call, desk: Desk) -> Outcome:
    return link(await _named(call, desk), desk)


async def _named(call: Call, desk: Desk) -> Ticket:
    if len(call.words) < 2:
        raise Misused(phrase("cmd.ticket.which_number"))
    return await find_ticket(call.words[1], call, desk)


def _line(ticket: Ticket, call: Call, desk: Desk) -> Phrase:
    key = "cmd.ticket.line_late" if ticket.due_at <= call.now else "cmd.ticket.line"
    return Phrase(
        key,
        {
            "number": ticket.number,
            "kind": kind_phrase(ticket),
            "priority": priority_phrase(ticket),
            "state": _state(ticket, desk),
            "due": ticket.due_at,
        },
    )


def _state(ticket: Ticket, desk: Desk) -> Phrase:
    return Phrase(f"ticket.state.{ticket.state}", {"name": staff_name(ticket.owner, desk)})


def _stands(ticket: Ticket, call: Call, desk: Desk) -> Phrase:
    state = _state(ticket, desk)
    if ticket.solved_at is not None:
        return phrase("cmd.ticket.since", state=state, at=ticket.solved_at)
    key = "cmd.ticket.late" if ticket.due_at <= call.now else "cmd.ticket.due"
    return Phrase(key, {"state": state, "due": ticket.due_at})


def _order(ticket: Ticket, desk: Desk) -> Phrase | str:
    if not ticket.order_no:
        return ""
    shop = shop_name(ticket.shop, desk)
    return phrase("cmd.ticket.order", shop=shop, number=ticket.order_no)


def _history(ticket: Ticket, events: Sequence[TicketEvent], desk: Desk) -> tuple[Phrase, ...]:
    hidden = max(0, len(events) - _EVENTS_SHOWN)
    earlier = (phrase("cmd.ticket.earlier", count=hidden),) if hidden else ()
    return (*earlier, *(_happened(each, ticket, desk) for each in events[hidden:]))


def _happened(event: TicketEvent, ticket: Ticket, desk: Desk) -> Phrase:
    what = Phrase(f"ticket.history.{event.what}", {"name": staff_name(event.actor, desk)})
    told = news(event.note, ticket.summary)
    note = phrase("ticket.history.note", note=told) if told else ""
    if event.what == "joined" and not told:
        what = phrase("ticket.history.asked_again")
    return phrase("ticket.history.line", at=event.at, what=what, note=note)


def _moved(move: Callable[[Ticket, Call], Outcome]) -> Callable[[Call, Desk], Awaitable[Outcome]]:
    async def do(call: Call, desk: Desk) -> Outcome:
        return move(await _named(call, desk), call)

    return do


_VERBS: Mapping[str, Callable[[Call, Desk], Awaitable[Outcome]]] = {
    "list": _list,
    "show": _show,
    "take": _take,
    "done": _done,
    "note": _note,
    "talk": _talk,
    "wait": _moved(ticket_moves.wait),
    "hold": _moved(ticket_moves.hold),
    "resume": _moved(ticket_moves.resume),
    "reopen": _moved(ticket_moves.reopen),
    "ack": _moved(ticket_moves.acknowledge),
    "give": _give,
    "return": _give_back,
    "why": _why,
    "path": _way,
    "link": _link,
}
_ALIASES: Mapping[str, str] = {
    "列表": "list",
    "待办": "list",
    "查看": "show",
    "接单": "take",
    "完成": "done",
    "备注": "note",
    "转人工": "talk",
    "等顾客": "wait",
    "等内部": "hold",
    "继续": "resume",
    "重开": "reopen",
    "跟进": "ack",
    "转派": "give",
    "退回": "return",
    "原因": "why",
    "流转": "path",
    "链接": "link",
}

COMMAND = SlashCommand(
    name="ticket",
    aliases=("工单",),
    summary="cmd.ticket.summary",
    usage="cmd.ticket.usage",
    least=Role.AGENT,
    run=run,
)
