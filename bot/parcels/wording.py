"""What a customer reads of a parcel, and what stands on the ticket for the agent."""

from datetime import datetime, timedelta

from actions.tickets import about_order
from bot.parcels.hearer import Hearer, Untold
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Phrase, Say, phrase
from desk.parcels.model import FollowedParcel
from desk.shops.port import Order
from desk.shops.stuck import Stuck, StuckWhy

_LONGEST_SCAN = 60
_HOUR = timedelta(hours=1)
_TWO_DAYS = 48
_UNTOLD = {
    Untold.UNKNOWN: "没找到顾客的微信，系统没能告诉顾客，请按订单上的电话联系",
    Untold.ASKED_NOT_TO: "顾客说过不要主动发消息，系统没有发，请看情况打电话告诉顾客",
    Untold.CLOSED: "系统现在不能给顾客发消息，请按订单上的电话联系顾客",
    Untold.ASKED: "顾客自己已经问过，系统没有再发",
    Untold.TOLD_TODAY: "今天已给顾客发过快递消息，这次没有再发，顾客问起时请一并说明",
}


def stuck_news(parcel: FollowedParcel, found: Stuck, order: Order | None) -> Say:
    """What is stuck and since when; what is done follows with the ticket's number."""
    last = parcel.last
    told = phrase(
        "parcel.stuck",
        about=about_order(order),
        what=Phrase(
            f"parcel.stuck.{found.why}",
            {
                "parcel": _named(parcel),
                "since": found.since,
                "text": _short(last.text) if last else "",
            },
        ),
    )
    return Say(told)


def over_news(parcel: FollowedParcel, order: Order | None) -> Say:
    """It moves again, or it has arrived."""
    last = parcel.last
    key = "parcel.arrived" if parcel.delivered_at else "parcel.moves"
    news = phrase("parcel.last", at=last.at, text=_short(last.text)) if last else ""
    return Say(phrase(key, about=about_order(order), parcel=_named(parcel), news=news))


def stuck_fact(parcel: FollowedParcel, found: Stuck, hearer: Hearer) -> str:
    """The line for the agent: which parcel, how it is stuck, and whether the customer knows."""
    hours = _span(int(found.silent / _HOUR))
    usual = _span(round(found.usual / _HOUR))
    what = {
        StuckWhy.NOT_PICKED_UP: f"发货{hours}还没有揽收记录（一般{usual}内揽收）",
        StuckWhy.TROUBLE: f"快递报了异常，{hours}没有下文",
        StuckWhy.SILENT: f"{hours}没有新轨迹（这条线路一般{usual}内会有）",
        StuckWhy.LATE: f"在路上比平时久（这条线路一般{usual}内送到）",
    }[found.why]
    return f"快递卡住，请联系快递公司核实：{_line(parcel)}，{what}{_last(parcel)}。{_told(hearer)}"


def _span(hours: int) -> str:
    """How long as people say it: beyond two days in days and hours; never less than an hour."""
    if hours <= _TWO_DAYS:
        return f"{max(1, hours)}小时"
    days, rest = divmod(hours, 24)
    return f"{days}天{rest}小时" if rest else f"{days}天"


def over_fact(parcel: FollowedParcel) -> str:
    """The note for the agent when it moves again."""
    what = "已签收" if parcel.delivered_at else "有新轨迹了"
    return f"{_line(parcel)} {what}{_last(parcel)}"


def _told(hearer: Hearer) -> str:
    return "已主动告诉顾客" if hearer.untold is None else _UNTOLD[hearer.untold]


def _named(parcel: FollowedParcel) -> Phrase:
    carrier = parcel.parcel.carrier or phrase("parcel.some_carrier")
    return phrase("parcel.named", carrier=carrier, number=parcel.parcel.tracking_no)


def _line(parcel: FollowedParcel) -> str:
    return f"{parcel.parcel.carrier} {parcel.parcel.tracking_no}".strip()


def _last(parcel: FollowedParcel) -> str:
    last = parcel.last
    return f"，最后轨迹 {_at(last.at)} {_short(last.text)}" if last else ""


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SCAN else f"{text[: _LONGEST_SCAN - 1]}…"
