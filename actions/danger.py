"""Danger to life: the emergency numbers at once, and a person at once."""

import re

from actions.human_handoff import hand_over
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_OWN_LIFE = re.compile(
    r"不想(?:再)?活|想死|死了算了|自杀|轻生|跳楼|跳河|割腕|上吊|活不下去|[撑熬]不下去|活够了|活着没|一了百了|"
    r"结束(?:自己|生命|这一切)|站在(?:楼顶|天台|桥上)|遗书|安眠药"
)
_DOES = "涉及人身安全，请立即联系顾客"


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Name the numbers that help faster than we can, and call a person."""
    key = "danger.own_life" if _OWN_LIFE.search(turn.text) else "danger.emergency"
    kept = noted(turn, Plan(TicketKind.EMERGENCY, Priority.URGENT, key, _DOES), None)
    passed = await hand_over(turn, desk, reason="涉及人身安全", urgent=True)
    return Outcome(kept.say, (*kept.do, passed))


action = Action(intent="danger", run=run)
