"""Douyin's push: an array of messages, verified on the bytes as they came."""

import hashlib
import hmac

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.wild import Wild

THANKS = '{"code":0,"msg":"success"}'
"""What Douyin wants to hear within five seconds, or else it sends again."""

_CHECK = "0"
_PRODUCTS = frozenset({"400", "417"})
_MATERIALS = frozenset({"137", "138"})
_SUBJECTS = {Subject.ORDER: "p_id", Subject.REFUND: "aftersale_id", Subject.ITEM: "product_id"}


def receive(entry: ShopEntry, request: PushRequest) -> Received:
    """Verify and read one push.

    `event-sign` is the lower-case md5 of app_key + raw body + app_secret. The console's check
    (tag 0) becomes an event that is a test. One app may serve several shops, and all are pushed to
    one address: messages for another one are left out.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but has no tag, no id, or not the subject that its tag is about.
    """
    sent = request.headers.get("event-sign", "")
    if not hmac.compare_digest(sent.encode(errors="replace"), _sign(entry, request.body).encode()):
        raise ForgedPush(entry.id)
    events = [_event(entry, raw) for raw in Wild.parse("douyin", request.body)]
    return Received(tuple(event for event in events if event is not None), THANKS)


def _event(entry: ShopEntry, raw: Wild) -> ShopEvent | None:
    tag = raw["tag"].id()
    data = Wild("douyin", {}) if tag == _CHECK else _data(raw["data"])
    ours = entry.credentials.get("shop_id", "")
    if data["shop_id"].id_or(ours) != ours:
        return None
    about = _about(tag)
    return ShopEvent(
        shop=entry.id,
        id=f"{tag}:{raw['msg_id'].id()}",
        kind=tag,
        about=about,
        subject_id=data[_SUBJECTS[about]].id() if about in _SUBJECTS else "",
        order_no=data["p_id"].id_or(""),
        version=data["update_time"].whole_or(0),
        raw=raw.raw(),
        is_test=tag == _CHECK,
    )


def _data(raw: Wild) -> Wild:
    data = raw if raw.is_object else raw.nested()
    if not data.is_object:
        raise data.unreadable("an object")
    return data


def _about(tag: str) -> Subject:
    """Tell what a tag is about: 1xx orders but for material audits, 2xx after-sales, 4xx goods."""
    if tag in _PRODUCTS:
        return Subject.ITEM
    if tag in _MATERIALS or len(tag) != 3:
        return Subject.OTHER
    return {"1": Subject.ORDER, "2": Subject.REFUND}.get(tag[0], Subject.OTHER)


def _sign(entry: ShopEntry, body: bytes) -> str:
    joined = entry.credential("app_key").encode() + body + entry.credential("app_secret").encode()
    # Douyin's rule, no choice of ours.
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()
