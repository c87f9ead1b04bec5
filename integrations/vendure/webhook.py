"""The push of a Vendure shop: verified on the bytes as they came, then read down to its subject."""

from datetime import timedelta

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.hooks import is_signed
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.vendure.wire import moment
from integrations.wild import Wild

_ABOUT = {
    "order": Subject.ORDER,
    "payment": Subject.ORDER,
    "fulfillment": Subject.ORDER,
    "refund": Subject.REFUND,
    "stock": Subject.STOCK,
    "product": Subject.ITEM,
    "variant": Subject.ITEM,
}
_FIELD = {
    Subject.ORDER: "order",
    Subject.REFUND: "refund",
    Subject.STOCK: "product",
    Subject.ITEM: "product",
}
_MILLISECOND = timedelta(milliseconds=1)


def receive(entry: ShopEntry, request: PushRequest) -> Received:
    """Verify and read one push of the shop's webhook plugin.

    `x-shop-hmac-sha256` is the base64 of HMAC-SHA256(webhook_secret, raw body); the body is
    {id, topic, at, data}. Any answer of 2xx is enough for it.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but has no topic, time or subject.
    """
    sent = request.headers.get("x-shop-hmac-sha256", "")
    if not is_signed(request.body, entry.credential("webhook_secret"), sent):
        raise ForgedPush(entry.id)
    return Received((_event(entry, Wild.parse("vendure", request.body)),), "{}")


def _event(entry: ShopEntry, raw: Wild) -> ShopEvent:
    kind = raw["topic"].text()
    about = _ABOUT.get(kind.partition(".")[0], Subject.OTHER)
    at = moment(raw["at"])
    return ShopEvent(
        shop=entry.id,
        id=raw["id"].text(),
        kind=kind,
        about=about,
        subject_id=raw["data"][_FIELD[about]].id() if about in _FIELD else "",
        order_no=raw["data"]["order"].id_or(""),
        version=round(at.timestamp() / _MILLISECOND.total_seconds()),
        raw=raw.raw(),
    )
