"""开好了没, asked of a wish whose ticket stands already: how far it is, and no second wish."""

import re
from collections.abc import Mapping

from actions import ticket_progress
from actions.unsolved import unsolved
from desk.commands import Outcome
from desk.customers.opened import plain_number
from desk.front import Desk
from desk.tickets.model import TicketKind
from desk.turns import Turn

KINDS: Mapping[str, frozenset[TicketKind]] = {
    "return_request": frozenset((TicketKind.RETURN,)),
    "exchange_request": frozenset((TicketKind.EXCHANGE,)),
    "after_sales_claim": frozenset((TicketKind.AFTER_SALES, TicketKind.REPAIR)),
    "invoice_request": frozenset((TicketKind.INVOICE,)),
    "appointment_book": frozenset((TicketKind.APPOINTMENT,)),
    "delivery_change": frozenset((TicketKind.ORDER_CHANGE,)),
    "price_protection": frozenset((TicketKind.PRICE_PROTECTION,)),
}
_HOW_FAR = re.compile(
    r"[好完到开退换修改约办弄补寄](?:[好完了过到上]|出来)+(?:没有?|吗|么|嘛)(?!问题)|了没有?|"
    r"(?:发票|退货|换货|预约|维修|差价|地址)呢|什么时候|啥时候?|几时|几点|多久|(?:还|得|需)要几天|"
    r"到哪|怎么还[没不]|还没(?:好|开|退|换|修|改|弄|处理|消息)|进度|怎么样了|咋样"
)
_ANEW = re.compile(r"再|另外|另一|还有一|别的|也要|我(?:想|要)[退换开改约]")
_NOTED = re.compile(
    r"^[^,，。!！]{0,6}(?:记下|记上|登记|安排|转达?|反馈)(?:上|好|过去)?了(?:吧|吗|没有?|么)[?？~。]*$"
)
_MONEY_BACK = frozenset((TicketKind.RETURN, TicketKind.AFTER_SALES, TicketKind.REFUND))
"""What the money comes back by, where no order tells how far that is."""
_LOOKED_AT, _MOST_TOLD = 10, 3


async def asked_after(turn: Turn, desk: Desk) -> Outcome | None:
    """Tell how far the tickets of this wish are; None where none stands, or it is a wish anew."""
    meant = turn.understanding
    if _NOTED.search(turn.text) and (theirs := await unsolved(turn, desk, _MOST_TOLD)):
        return ticket_progress.told_of(turn, desk, theirs)
    refund = meant.intent == "refund_status"
    kinds = _MONEY_BACK if refund else KINDS.get(meant.intent)
    if kinds is None or meant.source != "nlu":
        return None
    if not _HOW_FAR.search(turn.text) or _ANEW.search(turn.text):
        return None
    number = plain_number(turn.slots.get("order_id", ""))
    theirs = tuple(
        each
        for each in await unsolved(turn, desk, _LOOKED_AT)
        if each.kind in kinds and number in ("", each.order_no) and not (refund and each.order_no)
    )
    return ticket_progress.told_of(turn, desk, theirs) if theirs else None
