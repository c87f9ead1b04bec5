"""预约: a ticket with what, where and when; the time is asked for once."""

import re
from dataclasses import replace

from actions import product_consult
from actions.asking import ask_for
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.APPOINTMENT, Priority.NORMAL, "appointment.noted", "预约")
_BOOKS = re.compile(r"预约|约[一个下]|想约|订[一个]|报名|试[驾听课]|体验")
_COMES_OR_GOES = re.compile(r"约|订|报名|试|体验|上门|到店|安装|师傅|课|排队|排号")
_ASKS_ADVICE = re.compile(r"推荐|待产包|预产期|哪[款种个]|买什么|(?:想|要)买")
_SAYS_WHEN = re.compile(
    r"今天|明天|后天|周[一二三四五六日末天]|星期|礼拜|\d+[号日点]|上午|下午|晚上|月"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the ticket once it is known when, or once that has been asked.

    A day alone makes no appointment: 预产期下个月 wants to know what to buy.
    """
    if _ASKS_ADVICE.search(turn.text) and not _COMES_OR_GOES.search(turn.text):
        meant = replace(turn.understanding, intent=product_consult.action.intent)
        return await product_consult.run(replace(turn, understanding=meant), desk)
    known = "date" in turn.slots or _SAYS_WHEN.search(turn.text)
    if not known and not turn.tries and _BOOKS.search(turn.text):
        return ask_for(turn, phrase("appointment.when"), "date", person=True)
    return noted(turn, PLAN, None)


action = Action(intent="appointment_book", run=run)
