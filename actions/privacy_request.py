"""个人信息: what the customer asks about their own data is a person's duty to answer."""

import re

from actions.sure import unsure
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.PRIVACY, Priority.NORMAL, "privacy.noted", "个人信息请求，核实身份后处理")
_ERASES = re.compile(r"注销|销户|删(?:除|掉|了)?|清除|清空|抹掉|销毁")
_ONLY_ASKS = re.compile(r"怎么|如何|能不能|可以.{0,8}吗|会不会|哪来|哪里|多久|[?？吗]\s*$")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the ticket; what erases something is asked about once before."""
    del desk
    if _erases(turn) and (first := unsure(turn, "erase", "", None)):
        return first
    return noted(turn, PLAN, None)


def _erases(turn: Turn) -> bool:
    if turn.slots.get("asked"):
        return True
    return bool(_ERASES.search(turn.text)) and not _ONLY_ASKS.search(turn.text)


action = Action(intent="privacy_request", run=run)
