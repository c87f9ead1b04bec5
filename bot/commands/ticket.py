"""/ticket: list, show, take, finish, note; the buttons on cards are these lines."""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import ticket_moves, ticket_owner
from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.find import find_ticket, staff_name
from bot.commands.ticket_form import ask, fill, said
from bot.commands.ticket_give import whom
from bot.commands.ticket_kin import merge, relate, unrelate
from bot.commands.ticket_link import link, unlink
from bot.commands.ticket_list import show_list
from bot.commands.ticket_owner import give, give_back
from bot.commands.ticket_show import show
from bot.commands.ticket_sorting import prioritise, route, tag, unwatch, watch
from bot.commands.ticket_steps import close, step
from bot.commands.ticket_store import to_store
from bot.commands.ticket_talk import talk
from bot.commands.ticket_way import way
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.tickets.commands import FinishTicket, NoteOnTicket, TakeTicket
from desk.tickets.model import Ticket

Do = Callable[[Call, Desk], Awaitable[Outcome]]
Act = Callable[[Ticket, Call], Outcome]
AskingAct = Callable[[Ticket, Call, Desk], Awaitable[Outcome]]


async def run(call: Call, desk: Desk) -> Outcome:
    """Do what the first word says; without one, list."""
    verb = call.words[0].lower() if call.words else "list"
    do = _VERBS.get(_ALIASES.get(verb, verb))
    if do is None:
        raise Misused(phrase("cmd.ticket.which_verb", word=verb))
    return await do(call, desk)


async def _take(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    return Outcome(do=(TakeTicket(ticket.number, call.member.userid),))


async def _done(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    filled, note = await said(ticket, call, desk)
    return Outcome(do=(*filled, FinishTicket(ticket.number, call.member.userid, note)))


async def _note(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    if not call.rest(2):
        raise Misused(phrase("cmd.ticket.note_how", number=ticket.number), is_complete=True)
    return Outcome(do=(NoteOnTicket(ticket.number, call.member.userid, call.rest(2)),))


async def _talk(call: Call, desk: Desk) -> Outcome:
    return talk(await _named(call, desk), call.member)


async def _give(call: Call, desk: Desk) -> Outcome:
    ticket = await _named(call, desk)
    if len(call.words) > 2:
        return give(ticket, call, desk)
    if ticket.owner not in ("", call.member.userid) and call.member.role < Role.SUPERVISOR:
        name = staff_name(ticket.owner, desk)
        return answer(phrase("assign.not_yours", number=ticket.number, name=name))
    return await whom(ticket, call, desk)


async def _why(call: Call, desk: Desk) -> Outcome:
    return await ticket_owner.why(await _named(call, desk), desk)


async def _store(call: Call, desk: Desk) -> Outcome:
    return to_store(await _named(call, desk), call, desk)


async def _watch(call: Call, desk: Desk) -> Outcome:
    return watch(await _named(call, desk), call, desk)


async def _route(call: Call, desk: Desk) -> Outcome:
    return route(await _named(call, desk), call, desk)


async def _unwatch(call: Call, desk: Desk) -> Outcome:
    return unwatch(await _named(call, desk), call, desk)


async def _link(call: Call, desk: Desk) -> Outcome:
    return link(await _named(call, desk), desk)


async def _named(call: Call, desk: Desk) -> Ticket:
    if len(call.words) < 2:
        raise Misused(phrase("cmd.ticket.which_number"), is_complete=True)
    return await find_ticket(call.words[1], call, desk)


def _with_it(act: Act) -> Do:
    async def do(call: Call, desk: Desk) -> Outcome:
        return act(await _named(call, desk), call)

    return do


def _asking(act: AskingAct) -> Do:
    async def do(call: Call, desk: Desk) -> Outcome:
        return await act(await _named(call, desk), call, desk)

    return do


_VERBS: Mapping[str, Do] = {
    "list": show_list,
    "show": _asking(show),
    "take": _take,
    "done": _done,
    "note": _note,
    "talk": _talk,
    "wait": _with_it(ticket_moves.wait),
    "hold": _with_it(ticket_moves.hold),
    "resume": _with_it(ticket_moves.resume),
    "reopen": _with_it(ticket_moves.reopen),
    "ack": _with_it(ticket_moves.acknowledge),
    "give": _give,
    "return": _with_it(give_back),
    "why": _why,
    "path": _asking(way),
    "step": _asking(step),
    "close": _with_it(close),
    "merge": _asking(merge),
    "relate": _asking(relate),
    "unrelate": _asking(unrelate),
    "watch": _watch,
    "unwatch": _unwatch,
    "route": _route,
    "tag": _with_it(tag),
    "priority": _with_it(prioritise),
    "link": _link,
    "unlink": _with_it(unlink),
    "store": _store,
    "set": _asking(fill),
    "ask": _asking(ask),
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
    "步骤": "step",
    "关闭": "close",
    "合并": "merge",
    "关联": "relate",
    "取消关联": "unrelate",
    "关注": "watch",
    "取消关注": "unwatch",
    "改派": "route",
    "标签": "tag",
    "优先级": "priority",
    "链接": "link",
    "撤回链接": "unlink",
    "门店": "store",
    "填": "set",
    "填写": "set",
    "问": "ask",
    "问顾客": "ask",
}

COMMAND = SlashCommand(
    name="ticket",
    aliases=("工单",),
    summary="cmd.ticket.summary",
    usage="cmd.ticket.usage",
    least=Role.AGENT,
    run=run,
    many_verbs=True,
)
