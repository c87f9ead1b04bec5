"""The names that conditions may use, each with its type, and which happenings know them."""

from dataclasses import dataclass
from enum import StrEnum

from desk.rules.happenings import On


class Kind(StrEnum):
    """What a name stands for."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    TEXTS = "texts"
    TIME = "time"
    ANSWERS = "answers"
    """The form's answers by field: what is not filled in is not there."""


class Group(StrEnum):
    """Names that are known together: one look-up tells all of them."""

    NOW = "now"
    MESSAGE = "message"
    CUSTOMER = "customer"
    TICKET = "ticket"
    STEP = "step"
    CHANGE = "change"
    LATE = "late"
    RATING = "rating"
    ORDER = "order"
    WAS = "was"
    REFUND = "refund"
    PARCEL = "parcel"


@dataclass(frozen=True, slots=True)
class Term:
    """A name such as ticket.priority; `means` is for the merchant's page of names."""

    name: str
    kind: Kind
    means: str

    @property
    def group(self) -> Group:
        """What it is known together with."""
        return Group(self.name.partition(".")[0])


_T, _N, _B = Kind.TEXT, Kind.NUMBER, Kind.YES_NO

TERMS: tuple[Term, ...] = (
    Term("now.hour", _N, "几点，0 到 23（北京时间）"),
    Term("now.weekday", _N, "星期几，1 到 7"),
    Term("now.open", _B, "是不是在客服时间里"),
    Term("message.text", _T, "顾客说的话"),
    Term("message.length", _N, "有多少个字"),
    Term("message.intent", _T, "听成了什么意图，例如 logistics_query"),
    Term("message.held", _B, "是不是人工正在接待"),
    Term("customer.tier", _T, "vip（一年消费够 sharing.vip_from），否则是空的"),
    Term("customer.paid", _N, "一年里付了多少，分"),
    Term("customer.complaints", _N, "180 天里投诉了几次"),
    Term("customer.refunds", _N, "180 天里退货退款几次"),
    Term("customer.risks", _N, "180 天里有几张风险评估工单"),
    Term("customer.open_tickets", _N, "还有几张工单没处理好（风险评估不算）"),
    Term("customer.days", _N, "第一次说话到现在多少天"),
    Term("ticket.number", _T, "工单号"),
    Term("ticket.kind", _T, "类型：logistics return refund complaint risk …"),
    Term("ticket.priority", _T, "urgent、high 或 normal"),
    Term("ticket.state", _T, "open taken waiting_customer waiting_inside solved closed"),
    Term("ticket.template", _T, "模板的 id"),
    Term("ticket.step", _T, "走到了模板的哪一步"),
    Term("ticket.fields", Kind.ANSWERS, '表单的答案，例如 ticket.fields["reason"]'),
    Term("ticket.shop", _T, "店铺的 id"),
    Term("ticket.order", _T, "订单号"),
    Term("ticket.store", _T, "门店的 id"),
    Term("ticket.region", _T, "城市"),
    Term("ticket.product_type", _T, "商品类型"),
    Term("ticket.owner", _T, "谁接的单（userid），没人接是空的"),
    Term("ticket.tags", Kind.TEXTS, "标签"),
    Term("ticket.watchers", Kind.TEXTS, "关注的人"),
    Term("ticket.joins", _N, "顾客补充过几次"),
    Term("ticket.reopened", _N, "重新打开过几次"),
    Term("ticket.age_hours", _N, "登记了多少小时"),
    Term("ticket.overdue", _B, "是不是过了处理时限"),
    Term("step.before", _T, "刚才在哪一步"),
    Term("change.what", _T, "priority、tags 或 route"),
    Term("late.which", _T, "first、next 或 solution"),
    Term("late.stage", _T, "warned（快到了）或 breached（超时了）"),
    Term("rating.score", _N, "顾客打了几分"),
    Term("order.shop", _T, "店铺的 id"),
    Term("order.number", _T, "订单号"),
    Term("order.status", _T, "状态：pending paid shipped completed refunded …"),
    Term("order.payment", _N, "实付，分"),
    Term("order.pieces", _N, "件数"),
    Term("order.titles", Kind.TEXTS, "商品标题"),
    Term("order.items", Kind.TEXTS, "商品的平台编号"),
    Term("order.marks", Kind.TEXTS, "平台或卖家自己的标记，例如 拼团"),
    Term("order.refunding", _B, "有没有退款"),
    Term("order.created", Kind.TIME, "下单时间"),
    Term("was.status", _T, "订单原来的状态，新订单是空的"),
    Term("refund.status", _T, "退款的状态"),
    Term("refund.before", _T, "退款原来的状态，新申请是空的"),
    Term("refund.amount", _N, "退多少，分"),
    Term("parcel.why", _T, "为什么算卡住"),
    Term("parcel.silent_hours", _N, "多少小时没有动静"),
)
BY_NAME = {each.name: each for each in TERMS}

_OF_TICKETS = (Group.NOW, Group.TICKET, Group.CUSTOMER, Group.ORDER)
_OF_ORDERS = (Group.NOW, Group.ORDER, Group.CUSTOMER, Group.TICKET)
GROUPS: dict[On, tuple[Group, ...]] = {
    On.MESSAGE: (Group.NOW, Group.MESSAGE, Group.CUSTOMER, Group.TICKET),
    On.TICKET_OPENED: _OF_TICKETS,
    On.TICKET_JOINED: _OF_TICKETS,
    On.TICKET_CHANGED: (*_OF_TICKETS, Group.CHANGE),
    On.TICKET_STEP: (*_OF_TICKETS, Group.STEP),
    On.TICKET_LATE: (*_OF_TICKETS, Group.LATE),
    On.TICKET_REOPENED: _OF_TICKETS,
    On.TICKET_SOLVED: _OF_TICKETS,
    On.RATED: (Group.NOW, Group.RATING, Group.CUSTOMER, Group.TICKET),
    On.ORDER_CHANGED: (*_OF_ORDERS, Group.WAS),
    On.REFUND_CHANGED: (*_OF_ORDERS, Group.WAS, Group.REFUND),
    On.PARCEL_STUCK: (*_OF_ORDERS, Group.PARCEL),
}
"""What each happening can tell; of a message's ticket see `desk.rules.facts`."""

_TICKET_KEYS = (
    *("ticket.shop", "ticket.kind", "ticket.priority", "ticket.template", "ticket.step"),
    *("ticket.store", "ticket.region", "ticket.product_type"),
)
_ORDER_KEYS = ("order.shop", "order.status")
KEYS: dict[On, dict[str, str]] = {
    On.MESSAGE: {"intent": "message.intent", "shop": "customer.shops"},
    **{
        each: {name.partition(".")[2]: name for name in _TICKET_KEYS}
        for each in On
        if each.value.startswith("ticket_")
    },
    On.RATED: {"score": "rating.score"},
    **{
        each: {name.partition(".")[2]: name for name in _ORDER_KEYS}
        for each in (On.ORDER_CHANGED, On.REFUND_CHANGED, On.PARCEL_STUCK)
    },
}
"""What `only` may name, and the name that it stands for: these are looked up, not judged."""


def terms_of(events: tuple[On, ...]) -> tuple[Term, ...]:
    """The names that a rule on all of these events may use."""
    return tuple(each for each in TERMS if all(each.group in GROUPS[on] for on in events))
