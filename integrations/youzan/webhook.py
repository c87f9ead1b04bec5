"""Youzan's push: verified on the bytes as they came, then read down to the subject."""

import hashlib
import hmac
from urllib.parse import unquote_plus

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.wild import Unreadable, Wild

THANKS = '{"code":0,"msg":"success"}'
"""What Youzan wants to hear within five seconds, or else it sends again (4 times)."""


def receive(entry: ShopEntry, request: PushRequest) -> Received:
    """Verify and read one push.

    `Event-Sign` is the lower-case md5 of client_id + raw body + client_secret.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but is no JSON, or has no type or no number.
    """
    sent = request.headers.get("event-sign", "")
    right = _sign(entry, request.body)
    if not hmac.compare_digest(sent.encode(errors="replace"), right.encode()):
        raise ForgedPush(entry.id)
    try:
        body = request.body.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("youzan", "the push", "UTF-8") from error
    return Received((_event(entry, Wild.parse("youzan", body), body, sent),), THANKS)


def _event(entry: ShopEntry, raw: Wild, body: str, sent: str) -> ShopEvent:
    kind, subject = raw["type"].text(), raw["id"].id()
    about = _about(kind)
    return ShopEvent(
        shop=entry.id,
        id=raw["msg_id"].id_or(sent),
        kind=kind,
        about=about,
        subject_id=subject,
        order_no=_order_of(about, subject, raw["msg"]),
        version=raw["version"].whole_or(0),
        raw=body,
        is_test=raw["test"].is_true(),
    )


def _about(kind: str) -> Subject:
    if kind.startswith("trade_refund_"):
        return Subject.REFUND
    if kind.startswith("trade_"):
        return Subject.ORDER
    return Subject.ITEM if kind.startswith("item_") else Subject.OTHER


def _order_of(about: Subject, subject: str, sealed: Wild) -> str:
    """Find the order: of a refund it stands inside `msg`, which is JSON in a URL's letters."""
    if about is Subject.ORDER:
        return subject
    if about is not Subject.REFUND or sealed.is_null:
        return ""
    message = Wild.parse("youzan", unquote_plus(sealed.text()), "msg")
    return message["tid"].id_or("")


def _sign(entry: ShopEntry, body: bytes) -> str:
    joined = (
        entry.credential("client_id").encode() + body + entry.credential("client_secret").encode()
    )
    # Youzan's rule, no choice of ours.
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()
