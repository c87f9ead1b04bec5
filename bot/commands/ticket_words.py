"""What agents call kinds and states of tickets on a command line."""

from collections.abc import Mapping

from desk.tickets.listing import UNSOLVED
from desk.tickets.model import TicketKind, TicketState

KINDS: Mapping[str, TicketKind] = {
    "物流": TicketKind.LOGISTICS,
    "未收到": TicketKind.NOT_RECEIVED,
    "没收到": TicketKind.NOT_RECEIVED,
    "催单": TicketKind.URGE,
    "催发货": TicketKind.URGE,
    "退货": TicketKind.RETURN,
    "换货": TicketKind.EXCHANGE,
    "退款": TicketKind.REFUND,
    "售后": TicketKind.AFTER_SALES,
    "价保": TicketKind.PRICE_PROTECTION,
    "发票": TicketKind.INVOICE,
    "预约": TicketKind.APPOINTMENT,
    "改单": TicketKind.ORDER_CHANGE,
    "取消": TicketKind.CANCEL,
    "付款": TicketKind.PAYMENT,
    "投诉": TicketKind.COMPLAINT,
    "咨询": TicketKind.CONSULT,
    "个人信息": TicketKind.PRIVACY,
    "紧急": TicketKind.EMERGENCY,
    "报修": TicketKind.REPAIR,
    "团长": TicketKind.LEADER,
    "风险": TicketKind.RISK,
    "其他": TicketKind.OTHER,
    **{each.value: each for each in TicketKind},
}
STATES: Mapping[str, tuple[TicketState, ...]] = {
    "未完成": UNSOLVED,
    "待接单": (TicketState.OPEN,),
    "处理中": (TicketState.TAKEN,),
    "等顾客": (TicketState.WAITING_CUSTOMER,),
    "等内部": (TicketState.WAITING_INSIDE,),
    "已完成": (TicketState.SOLVED,),
    "完成": (TicketState.SOLVED,),
    "已关闭": (TicketState.CLOSED,),
    "关闭": (TicketState.CLOSED,),
    **{each.value: (each,) for each in TicketState},
}


def kind_meant(word: str) -> TicketKind | None:
    """The kind that a word names, whole or as its beginning; None where it names none."""
    if word in KINDS:
        return KINDS[word]
    fitting = {kind for name, kind in KINDS.items() if name in word or name.startswith(word)}
    return fitting.pop() if len(fitting) == 1 else None
