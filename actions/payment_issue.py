"""付不了款、扣了两次: a ticket, and the advice not to pay once more; ways to pay are a question."""

import re

from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.PAYMENT, Priority.HIGH, "payment.noted", "付款问题")
_ASKED = Plan(TicketKind.CONSULT, Priority.NORMAL, "payment.ways", "咨询付款方式")
_WAYS = re.compile(
    r"花呗|信用卡|货到付款|分期|白条|微信|支付宝|云闪付|对公|数字人民币|付款方式|怎么付"
)
_ASKS = re.compile(r"吗|么|不$|[?？]|支持|能不能|可不可以|可以|怎么付|哪些|什么")
_TROUBLE = re.compile(
    r"失败|不了|不上|不成功|不能付|不让|提示|报错|卡住|扣|重复|两次|没到账|为什么|退"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Have a person look into it; who only asks how one can pay has no trouble."""
    del desk
    asks = _WAYS.search(turn.text) and _ASKS.search(turn.text) and not _TROUBLE.search(turn.text)
    return noted(turn, _ASKED if asks else PLAN, None)


action = Action(intent="payment_issue", run=run)
