"""One message of TOP's message channel (TMC) as the desk's event."""

from desk.shops.events import ShopEvent, Subject
from integrations.wild import Unreadable, Wild

_STOCK = frozenset({"taobao_item_ItemStockChanged", "taobao_item_ItemZeroStock"})
_NUMBER = {
    Subject.ORDER: "tid",
    Subject.REFUND: "refund_id",
    Subject.STOCK: "num_iid",
    Subject.ITEM: "num_iid",
}


def about(topic: str) -> Subject:
    """Tell what a topic is about; a trace of a parcel is news of its order."""
    if topic in _STOCK:
        return Subject.STOCK
    for start, subject in (
        ("taobao_trade_", Subject.ORDER),
        ("taobao_logistics_", Subject.ORDER),
        ("taobao_refund_", Subject.REFUND),
        ("taobao_item_", Subject.ITEM),
    ):
        if topic.startswith(start):
            return subject
    return Subject.OTHER


def event(shop: str, raw: Wild) -> ShopEvent:
    """Read a message.

    One that cannot be read is an event too, about nothing: it is kept for people to look at, and
    must not come for ever.

    Raises:
        Unreadable: it has not even an id, so that it cannot be confirmed either.
    """
    message_id = raw["id"].id()
    try:
        return _read(shop, message_id, raw)
    except Unreadable:
        return ShopEvent(shop, message_id, "", Subject.OTHER, message_id, "", 0, raw.raw())


def _read(shop: str, message_id: str, raw: Wild) -> ShopEvent:
    """Read a message: `dataId` is the same whenever it comes; where TOP has none, its id is."""
    topic = raw["topic"].text()
    subject, number, order_no = _subject(topic, raw["content"])
    return ShopEvent(
        shop=shop,
        id=raw["dataId"].id_or(message_id),
        kind=topic,
        about=subject,
        subject_id=number or message_id,
        order_no=order_no,
        version=_milliseconds(raw["pub_time"]),
        raw=raw.raw(),
    )


def _subject(topic: str, content: Wild) -> tuple[Subject, str, str]:
    """Find what a message is about, its number, and the number of its order."""
    subject = about(topic)
    if subject is Subject.OTHER:
        return subject, "", ""
    try:
        inside = content.nested()
        order_no = inside["tid"].id_or("") if subject in (Subject.ORDER, Subject.REFUND) else ""
        return subject, inside[_NUMBER[subject]].id(), order_no
    except Unreadable:
        return Subject.OTHER, "", ""


def _milliseconds(published: Wild) -> int:
    """Tell when it was published in milliseconds since 1970: the later of two is the newer."""
    return int(published.moment().timestamp() * 1000)
