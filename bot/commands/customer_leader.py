"""/customer … leader: staff say who is a group leader (团长), and which warehouse serves them."""

from collections.abc import Sequence

from bot.commands.authorise import forbidden
from bot.commands.base import Call, Misused, answer
from bot.commands.find import find_customer
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.leaders.commands import MarkLeader, UnmarkLeader

LEAST = Role.SUPERVISOR
"""A leader's tickets pass others by: agents may look, supervisors decide."""
_IS = frozenset(("leader", "团长"))
_IS_NOT = frozenset(("unleader", "取消团长"))


def is_leading(words: Sequence[str]) -> bool:
    """Tell whether a line says so: `<who> leader [warehouse]` or `<who> unleader`."""
    return _verb_at(words) > 0


async def leading(call: Call, desk: Desk) -> Outcome:
    """Mark or unmark a customer."""
    at = _verb_at(call.words)
    verb, who = call.words[at].lower(), " ".join(call.words[:at])
    if refused := forbidden(f"顾客 {verb}", LEAST, call.member):
        return answer(refused)
    customer = (await find_customer(who, call, desk)).customer.id
    if verb in _IS_NOT:
        return Outcome(do=(UnmarkLeader(customer, call.member.userid),))
    warehouse = _warehouse(call.rest(at + 1), desk)
    return Outcome(do=(MarkLeader(customer, warehouse, call.member.userid),))


def _verb_at(words: Sequence[str]) -> int:
    """Where the verb stands: the last word, or the one before a warehouse; 0 where it does not."""
    known = [at for at, each in enumerate(words) if at and each.lower() in _IS | _IS_NOT]
    return known[-1] if known and known[-1] >= len(words) - 2 else 0


def _warehouse(word: str, desk: Desk) -> str:
    """The id of the warehouse that is meant, "" where none is named.

    Raises:
        Misused: there is none of this name.
    """
    if not word:
        return ""
    meant = desk.routing.warehouse(word)
    if meant is None:
        names = "、".join(each.name for each in desk.routing.warehouses)
        key = "cmd.customer.which_warehouse" if names else "cmd.customer.no_warehouses"
        raise Misused(phrase(key, word=word, names=names), is_complete=True)
    return meant.id
