"""/ticket merge, relate, unrelate: tickets that have to do with each other."""

from collections.abc import Mapping

from bot.commands.base import Call, Misused
from bot.commands.find import find_ticket
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.tickets.kin.commands import LinkTicket, MergeTicket, UnlinkTicket
from desk.tickets.model import Ticket
from desk.tickets.relations import How

_HOW: Mapping[str, How] = {
    "重复": How.DUPLICATE,
    "相关": How.RELATED,
    "起因": How.CAUSE,
    **{each.value: each for each in How},
}
_SURE = ("确定", "确认", "sure")


async def merge(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Let it go on as part of another one."""
    into = await _other(call, desk)
    sure = len(call.words) > 3 and call.words[3] in _SURE
    return Outcome(do=(MergeTicket(ticket.number, into.number, call.member.userid, sure),))


async def relate(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Say how it has to do with another one."""
    other = await _other(call, desk)
    word = call.words[3].lower() if len(call.words) > 3 else How.RELATED.value
    if word not in _HOW:
        raise Misused(phrase("cmd.ticket.which_link", word=word), is_complete=True)
    by = call.member.userid
    return Outcome(do=(LinkTicket(ticket.number, other.number, by, _HOW[word]),))


async def unrelate(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """They have nothing to do with each other."""
    other = await _other(call, desk)
    return Outcome(do=(UnlinkTicket(ticket.number, other.number, call.member.userid),))


async def _other(call: Call, desk: Desk) -> Ticket:
    if len(call.words) < 3:
        raise Misused(phrase("cmd.ticket.which_other"), is_complete=True)
    return await find_ticket(call.words[2], call, desk)
