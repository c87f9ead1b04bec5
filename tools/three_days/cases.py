"""What customers come with: when, about what, how urgent; the same seed gives the same days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from desk.tickets.model import Priority, TicketKind

BURST_SHARE = 0.2
BURST_AFTER, BURST_LASTS = timedelta(hours=44), timedelta(minutes=35)
"""On the second evening at eight: a live sale that went wrong."""
_NIGHT, _MORNING, _DAY, _EVENING = 0.12, 1.2, 2.8, 3.4
_BY_HOUR = (
    *(0.5, 0.25, *[_NIGHT] * 5, 0.4, _MORNING, 2.2, *[_DAY] * 8),
    *(2.4, 3.0, _EVENING, _EVENING, 1.6, 0.9),
)
_KINDS: tuple[tuple[TicketKind, Priority, float, str], ...] = (
    (TicketKind.LOGISTICS, Priority.HIGH, 16, "三天没有更新物流"),
    (TicketKind.URGE, Priority.NORMAL, 14, "催发货"),
    (TicketKind.NOT_RECEIVED, Priority.URGENT, 7, "显示签收，没有收到"),
    (TicketKind.RETURN, Priority.NORMAL, 14, "尺码不合适，要退货"),
    (TicketKind.EXCHANGE, Priority.NORMAL, 9, "换大一码"),
    (TicketKind.AFTER_SALES, Priority.HIGH, 8, "收到时外壳裂了"),
    (TicketKind.REFUND, Priority.HIGH, 9, "退款还没到账"),
    (TicketKind.PRICE_PROTECTION, Priority.NORMAL, 6, "买完降价，要补差价"),
    (TicketKind.INVOICE, Priority.NORMAL, 6, "要开公司抬头的发票"),
    (TicketKind.ORDER_CHANGE, Priority.HIGH, 5, "改收货地址"),
    (TicketKind.COMPLAINT, Priority.URGENT, 4, "投诉快递员态度"),
    (TicketKind.CONSULT, Priority.NORMAL, 6, "咨询是否适配"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One customer with one matter; all moments are in UTC.

    `adds_after` minutes they write again if nobody has solved it, more urgently when `pressing`;
    asked for something they answer after `answers_after` minutes (None: never); `insists`: they
    say 没解决 once.
    """

    person: str
    at: datetime
    kind: TicketKind
    priority: Priority
    summary: str
    order_no: str
    adds_after: float | None
    pressing: bool
    answers_after: float | None
    insists: bool


def cases(seed: int, begin: datetime, hours: int, count: int) -> tuple[Case, ...]:
    """So many cases over so many hours, the first come first.

    `begin` has to be a midnight of the merchant's.
    """
    dice = Random(f"cases {seed}")  # noqa: S311  nothing secret
    burst = round(count * BURST_SHARE) if hours > BURST_AFTER // timedelta(hours=1) else 0
    moments = [_usual(dice, begin, hours) for _ in range(count - burst)]
    moments += [begin + BURST_AFTER + BURST_LASTS * dice.random() for _ in range(burst)]
    return tuple(_case(dice, at, number) for number, at in enumerate(sorted(moments), 1))


def _usual(dice: Random, begin: datetime, hours: int) -> datetime:
    weights = [_BY_HOUR[hour % 24] for hour in range(hours)]
    hour = dice.choices(range(hours), weights)[0]
    return begin + timedelta(hours=hour + dice.random())


def _case(dice: Random, at: datetime, number: int) -> Case:
    chosen = dice.choices(_KINDS, [each[2] for each in _KINDS])[0]
    kind, priority, _, summary = chosen
    return Case(
        person=f"wm{number:04}",
        at=at,
        kind=kind,
        priority=priority,
        summary=summary,
        order_no=f"E{number:06}",
        adds_after=20 + dice.expovariate(1 / 120) if dice.random() < 0.35 else None,
        pressing=dice.random() < 0.3,
        answers_after=dice.lognormvariate(3.6, 0.9) if dice.random() < 0.85 else None,
        insists=dice.random() < 0.1,
    )
