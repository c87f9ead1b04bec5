"""What a message of Pinduoduo says, and the answer that stops it from coming again."""

from dataclasses import dataclass

from desk.shops.events import ShopEvent, Subject
from integrations.wild import Unreadable, Wild


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `number`, `mall` and `sent_at` (Unix ms) go back with the acknowledgement."""

    event: ShopEvent
    number: int
    mall: str
    sent_at: int

    def acknowledgement(self, millis: int) -> dict[str, object]:
        """Write the answer, made at Unix milliseconds `millis`."""
        return {
            "id": self.number,
            "commandType": "Ack",
            "type": self.event.kind,
            "mallID": int(self.mall),
            "time": millis,
            "sendTime": self.sent_at,
        }


def read_message(shop: str, text: str) -> Message | None:
    """Read one frame; None for what is no message (an answer to a heartbeat).

    Raises:
        Unreadable: it has no number, no type or no mall, so that nothing could be answered.
    """
    raw = Wild.parse("pinduoduo", text)
    if raw["commandType"].text_or("") != "Common":
        return None
    number, inner = raw["id"].whole(), raw["message"]
    kind, mall = inner["type"].text(), str(inner["mallID"].whole())
    sent_at = raw["sendTime"].whole_or(raw["time"].whole_or(0))
    about = _about(kind)
    subject, order_no, version = _content(inner["content"], about)
    event = ShopEvent(
        shop=shop,
        id=str(number),
        kind=kind,
        about=about,
        subject_id=subject,
        order_no=order_no,
        version=version or sent_at,
        raw=text,
    )
    return Message(event, number, mall, sent_at)


def _content(sealed: Wild, about: Subject) -> tuple[str, str, int]:
    """Read subject, order and time of change (Unix ms) out of the content, JSON in a text.

    A message whose content is odd is one about nothing, or else it would come for ever.
    """
    try:
        content = sealed.nested()
        order_no, modified = content["tid"].id_or(""), content["modified"].whole_or(0)
        if about is Subject.REFUND:
            return content["refund_id"].id_or(order_no), order_no, modified
        if about is Subject.ITEM:
            return content["goods_id"].id_or(""), "", modified
    except Unreadable:
        return "", "", 0
    return order_no, order_no if about is Subject.ORDER else "", modified


def _about(kind: str) -> Subject:
    if kind.startswith("pdd_refund_"):
        return Subject.REFUND
    if kind.startswith("pdd_trade_"):
        return Subject.ORDER
    return Subject.ITEM if kind.startswith("pdd_goods_") else Subject.OTHER
