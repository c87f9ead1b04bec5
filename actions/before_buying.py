"""Before buying: what is asked of orders in general is a question to the shop, not to an order."""

import re

from actions.asking import Labelled
from actions.buyers import open_here
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.kernel.messages import phrase
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

_NOT_YET = "not_yet"
"""The slot that says that nothing has been bought."""
NOT_BOUGHT_YET: tuple[Labelled, ...] = ((phrase("order.not_yet"), {_NOT_YET: "还没下单"}),)
_PLAN = Plan(TicketKind.CONSULT, Priority.NORMAL, "before_buying.noted", "下单前的咨询")
_IN_GENERAL = re.compile(
    r"还没(?:有)?(?:买|下单|拍|付款)|(?:今天|现在|马上)(?:下单|买|拍)(?![的了])|下单(?:之?后|的话)|"
    r"(?:发|用|走|是)(?:的)?(?:什么|哪家|哪个|啥)快递"
)
_NAMES_AN_ORDER = ("order_id", "tracking_no", "phone_tail")


def before_buying(turn: Turn) -> Outcome | None:
    """Have a person answer who has not bought yet; None to who speaks of an order."""
    if _NOT_YET in turn.slots:
        return noted(turn, _PLAN, None)
    known = turn.customer.links or open_here(turn).orders or turn.focus.get("order_id")
    if known or any(name in turn.slots for name in _NAMES_AN_ORDER):
        return None
    return noted(turn, _PLAN, None) if _IN_GENERAL.search(turn.text) else None
