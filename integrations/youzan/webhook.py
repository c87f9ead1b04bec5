"""Youzan's push: verified on the bytes as they came, then read down to the subject."""

import hashlib
import hmac
from collections.abc import Mapping

from desk.shops.events import ForgedPush, ShopEvent
from integrations.platform import ShopEntry
from integrations.wild import Wild

THANKS = '{"code":0,"msg":"success"}'
"""What Youzan wants to hear within five seconds, or else it sends again (4 times)."""


def receive(entry: ShopEntry, headers: Mapping[str, str], body: bytes) -> ShopEvent:
    """Verify and read one push.

    `Event-Sign` is the lower-case md5 of client_id + raw body + client_secret.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but has no type, number or id.
    """
    sent = _header(headers, "event-sign")
    if not hmac.compare_digest(sent.encode(), _sign(entry, body).encode()):
        raise ForgedPush(entry.id)
    raw = Wild.parse("youzan", body)
    return ShopEvent(
        shop=entry.id,
        id=raw["msg_id"].id_or(sent),
        kind=raw["type"].text(),
        subject_id=raw["id"].id(),
        version=raw["version"].whole_or(0),
        raw=body.decode(),
        is_test=raw["test"].is_true(),
    )


def _sign(entry: ShopEntry, body: bytes) -> str:
    joined = (
        entry.credential("client_id").encode() + body + entry.credential("client_secret").encode()
    )
    # Youzan's rule, no choice of ours.
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")
