"""Shopify's push: verified on the bytes as they came, told apart by its headers."""

import hmac

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.hooks import is_signed
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.shopify.client import PARTY
from integrations.shopify.wire import moment, order_no
from integrations.wild import Wild

_ABOUT = {"orders": Subject.ORDER, "refunds": Subject.REFUND, "products": Subject.ITEM}
_KEPT = frozenset(
    {
        *("id", "admin_graphql_api_id", "name", "order_id", "order_number", "title", "status"),
        *("created_at", "updated_at", "cancelled_at", "closed_at", "processed_at"),
        *("financial_status", "fulfillment_status", "currency", "total_price"),
    }
)
"""Fields of a push that are kept; all others may tell who somebody is."""


def receive(entry: ShopEntry, request: PushRequest) -> Received:
    """Verify and read one push.

    `X-Shopify-Hmac-Sha256` is the base64 of HMAC-SHA256(app_secret, raw body). One app may be in
    several shops, so the shop's domain must be this one's. Any answer of 200 is enough.

    Raises:
        ForgedPush: the signature is missing or wrong, or it is another shop's.
        Unreadable: it is signed, but has no topic, no id, or no subject.
    """
    sent = request.headers.get("x-shopify-hmac-sha256", "")
    domain = request.headers.get("x-shopify-shop-domain", "").lower().encode(errors="replace")
    is_ours = hmac.compare_digest(domain, entry.credentials.get("shop", "").lower().encode())
    secret = entry.credentials.get("app_secret", "")
    if not is_signed(request.body, secret, sent) or not is_ours:
        raise ForgedPush(entry.id)
    return Received((_event(entry, request),), "{}")


def _event(entry: ShopEntry, request: PushRequest) -> ShopEvent:
    kind, number = (
        Wild(PARTY, request.headers.get(name) or None, name).text()
        for name in ("x-shopify-topic", "x-shopify-webhook-id")
    )
    raw = Wild.parse(PARTY, request.body)
    about = _ABOUT.get(kind.partition("/")[0], Subject.OTHER)
    subject = _subject(about, raw)
    left_out = frozenset(name for name, _ in raw.fields()) - _KEPT
    return ShopEvent(
        shop=entry.id,
        id=number,
        kind=kind,
        about=about,
        subject_id=subject,
        order_no=subject if about is Subject.ORDER else "",
        version=_version(raw),
        raw=raw.raw(without=left_out),
        is_test=request.headers.get("x-shopify-test", "").lower() == "true",
    )


def _subject(about: Subject, raw: Wild) -> str:
    """Find what is meant: an order by its name, which one that was deleted has no more.

    A refund names its order by an id that nobody else uses; the order's own push comes beside it.
    """
    if about is Subject.ORDER:
        return raw["id"].id() if raw["name"].is_null else order_no(raw["name"])
    return "" if about is Subject.OTHER else raw["id"].id()


def _version(raw: Wild) -> int:
    at = raw["updated_at"]
    return 0 if at.is_null else int(moment(at).timestamp())
