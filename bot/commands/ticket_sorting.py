"""/ticket watch, unwatch, tag, priority, route: how agents sort tickets."""

from collections.abc import Mapping

from bot.commands.base import Call, Misused
from bot.commands.find_staff import find_staff
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.tickets.model import Priority, Ticket
from desk.tickets.sorting.commands import (
    PrioritiseTicket,
    RouteTicket,
    TagTicket,
    WatchTicket,
)

_PRIORITIES: Mapping[str, Priority] = {
    "加急": Priority.URGENT,
    "紧急": Priority.URGENT,
    "优先": Priority.HIGH,
    "普通": Priority.NORMAL,
    **{each.value: each for each in Priority},
}
_SKILLS: Mapping[str, str] = {
    "物流": "logistics",
    "售后": "after_sales",
    "退款": "refund",
    "投诉": "complaint",
    "商品": "product",
    "团长": "leader",
}
_LONGEST_TAG = 20


def watch(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Let somebody hear what becomes of it; without a name, oneself."""
    return _watch(ticket, call, desk, off=False)


def unwatch(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Hear of it no more."""
    return _watch(ticket, call, desk, off=True)


def tag(ticket: Ticket, call: Call) -> Outcome:
    """Put tags on it; those that begin with a minus come off."""
    words = [each.lstrip("#＃+＋") for each in call.words[2:]]
    off = tuple(each.lstrip("-－") for each in words if each[:1] in ("-", "－"))
    on = tuple(each for each in words if each[:1] not in ("-", "－"))
    named = [each for each in (*on, *off) if each]
    if not named or any(len(each) > _LONGEST_TAG for each in named):
        raise Misused(phrase("cmd.ticket.which_tags", most=_LONGEST_TAG), is_complete=True)
    return Outcome(do=(TagTicket(ticket.number, call.member.userid, on, off),))


def prioritise(ticket: Ticket, call: Call) -> Outcome:
    """Let it hurry more or less."""
    priority = _PRIORITIES.get(call.words[2].lower()) if len(call.words) > 2 else None
    if priority is None:
        raise Misused(phrase("cmd.ticket.which_priority"), is_complete=True)
    by = call.member.userid
    return Outcome(do=(PrioritiseTicket(ticket.number, by, priority, call.rest(3)),))


def route(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Offer it anew, to those with a skill; without one, to whoever fits."""
    word = call.rest(2).lower()
    skill = _SKILLS.get(word, word)
    known = {each for member in desk.staff.with_role(Role.AGENT) for each in member.skills}
    if skill and skill not in known:
        names = "、".join(name for name, each in _SKILLS.items() if each in known)
        raise Misused(phrase("cmd.ticket.which_skill", word=word, skills=names), is_complete=True)
    return Outcome(do=(RouteTicket(ticket.number, call.member.userid, skill),))


def _watch(ticket: Ticket, call: Call, desk: Desk, *, off: bool) -> Outcome:
    named = tuple(find_staff(each, desk).userid for each in call.words[2:])
    who = named or (call.member.userid,)
    return Outcome(do=(WatchTicket(ticket.number, call.member.userid, who, off),))
