"""预约: a ticket at once; what, where and when is asked by its form."""

import re
from dataclasses import replace

from actions import product_consult
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.APPOINTMENT, Priority.NORMAL, "appointment.noted", "预约")
_COMES_OR_GOES = re.compile(r"约|订|报名|试|体验|上门|到店|安装|师傅|课|排队|排号")
_ASKS_ADVICE = re.compile(r"推荐|待产包|预产期|哪[款种个]|买什么|(?:想|要)买")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the ticket; its form asks when and where.

    A day alone makes no appointment: 预产期下个月 wants to know what to buy.
    """
    if _ASKS_ADVICE.search(turn.text) and not _COMES_OR_GOES.search(turn.text):
        meant = replace(turn.understanding, intent=product_consult.action.intent)
        return await product_consult.run(replace(turn, understanding=meant), desk)
    return noted(turn, PLAN, None)


action = Action(intent="appointment_book", run=run)
