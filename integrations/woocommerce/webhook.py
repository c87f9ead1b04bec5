"""WooCommerce's push: verified on the bytes as they came; a webhook's first ping is not signed."""

import re

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.hooks import is_signed
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.wild import Wild
from integrations.woocommerce.client import PARTY
from integrations.woocommerce.wire import RECEIVERS, gmt

_ABOUT = {"order": Subject.ORDER, "product": Subject.ITEM}
_PING = re.compile(rb"webhook_id=\d{1,12}")
_THANKS = "{}"


def receive(entry: ShopEntry, request: PushRequest) -> Received:
    """Verify and read one push.

    `X-WC-Webhook-Signature` is the base64 of HMAC-SHA256(secret, raw body). Any answer of 2xx is
    enough. The ping that a new webhook is tried with is not signed; it is thanked and says nothing.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but has no topic, no delivery or no id.
    """
    sent = request.headers.get("x-wc-webhook-signature", "")
    if not sent and _PING.fullmatch(request.body):
        return Received((), _THANKS)
    if not is_signed(request.body, entry.credentials.get("webhook_secret", ""), sent):
        raise ForgedPush(entry.id)
    return Received((_event(entry, request),), _THANKS)


def _event(entry: ShopEntry, request: PushRequest) -> ShopEvent:
    kind, delivery = (
        Wild(PARTY, request.headers.get(name) or None, name).text()
        for name in ("x-wc-webhook-topic", "x-wc-webhook-delivery-id")
    )
    raw = Wild.parse(PARTY, request.body)
    about = _ABOUT.get(kind.partition(".")[0], Subject.OTHER)
    subject = _subject(about, raw)
    return ShopEvent(
        shop=entry.id,
        # The delivery's own id is made of the webhook and the second only.
        id=f"{delivery}:{subject}",
        kind=kind,
        about=about,
        subject_id=subject,
        order_no=subject if about is Subject.ORDER else "",
        version=_version(raw),
        raw=raw.raw(without=RECEIVERS),
    )


def _subject(about: Subject, raw: Wild) -> str:
    """Find what is meant: an order by its number, which one that was deleted has no more."""
    if about is Subject.ORDER:
        return raw["number"].id_or("") or raw["id"].id()
    return raw["id"].id() if about is Subject.ITEM else raw["id"].id_or("")


def _version(raw: Wild) -> int:
    at = raw["date_modified_gmt"]
    return 0 if at.is_null else int(gmt(at).timestamp())
