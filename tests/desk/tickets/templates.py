"""A template of returns, and a house where it is in force."""

from dataclasses import replace
from datetime import datetime

from desk.kernel.roles import Role
from desk.templates.model import Field, FieldType, FilledBy, Step, Template, Transition
from desk.templates.versions import EVERYWHERE, Stamp
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import NOON
from tests.desk.work.house import CHAT, MIMI, House

RETURN = Template(
    id="return",
    version=0,
    name="退货",
    kind=TicketKind.RETURN,
    priority=Priority.HIGH,
    skill="refund",
    tags=("退货",),
    watchers=("supervisor", "xiaolu"),
    fields=(
        Field("reason", "退货原因", FieldType.TEXT),
        Field("return_no", "退货单号", FieldType.TEXT),
        Field("amount", "退款金额", FieldType.MONEY, filled_by=FilledBy.STAFF),
    ),
    steps=(
        Step("review", "待审核", TicketState.OPEN),
        Step("asking", "问清情况", TicketState.OPEN),
        Step("sending", "等顾客寄回", TicketState.WAITING_CUSTOMER, "可以退，单号 {number}。"),
        Step("checking", "验货中", TicketState.WAITING_INSIDE, "{owner}在验货了。"),
        Step("refunding", "待退款", TicketState.WAITING_INSIDE),
        Step("done", "已完成", TicketState.SOLVED, "退款办好了。"),
        Step("unfit", "不符合", TicketState.SOLVED),
        Step("put_away", "已归档", TicketState.CLOSED),
    ),
    transitions=(
        Transition("review", "asking", "再问问"),
        Transition("review", "sending", "同意退货", needs=("reason",)),
        Transition("review", "unfit", "不同意", least=Role.SUPERVISOR),
        Transition("asking", "review", "问清了"),
        Transition("sending", "checking", "收到货", needs=("return_no",)),
        Transition("checking", "refunding", "验货通过"),
        Transition("refunding", "done", "退了款", needs=("amount",)),
        Transition("done", "refunding", "退款没到"),
        Transition("done", "put_away", "归档"),
    ),
)
"""Open, twice; waiting; two ways to end; one that is closed."""

ASKED = OpenTicket(
    kind=TicketKind.RETURN,
    priority=None,
    summary="鞋子小了想退",
    customer=MIMI.id,
    conversation=CHAT.id,
    shop="youzan-main",
    order_no="E20261118102030000100001",
)
NUMBER = "T-20261121-0001"


def stamp(at: datetime = NOON) -> Stamp:
    """Published by the head office."""
    return Stamp("laoqin", at)


async def publish(house: House, template: Template = RETURN, store: str = EVERYWHERE) -> Template:
    """Put a template in force."""
    kept = await house.books.templates.publish(template, stamp())
    version = kept.template.version
    await house.books.templates.put_in_force(template.id, version, store, stamp())
    return replace(template, version=version)
