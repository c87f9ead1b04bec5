"""快递100's push: the number leads to the salt, and the salt verifies the push."""

import hashlib
import hmac
from datetime import datetime

from desk.shops.events import ForgedPush
from desk.shops.tracking import ParcelPush, Watch
from integrations.carriers.form import read_form
from integrations.carriers.kuaidi100 import codes, wire
from integrations.carriers.kuaidi100.signing import salt_of, sign_push
from integrations.carriers.platform import ReceivedParcels, TrackerEntry
from integrations.platform import PushRequest
from integrations.wild import Unreadable, Wild

THANKS = '{"result":true,"returnCode":"200","message":"成功"}'
"""To the letter, or else it pushes again half an hour later."""

NUMBER = "number"
"""In the query of the address that is pushed to, as a push that gave up names no number."""

_WATCH = {
    "polling": Watch.GOES_ON,
    "updateall": Watch.GOES_ON,
    "shutdown": Watch.DONE,
    "abort": Watch.GIVEN_UP,
}


def push_secret(entry: TrackerEntry) -> str:
    """What the salts are made from; the key, unless the merchant gave a secret that outlives it."""
    return entry.credentials.get("push_secret") or entry.credential("key")


def receive(entry: TrackerEntry, request: PushRequest, _now: datetime) -> ReceivedParcels:
    """Verify and read one push.

    `sign` is the upper-case MD5 of the raw `param` and the salt of its subscription.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but not what the manual describes.
    """
    fields = read_form(request.body)
    param, sent = fields.get("param", b""), fields.get("sign", b"")
    number = request.query.get(NUMBER) or _number_in(param)
    expected = sign_push(param, salt_of(number, push_secret(entry)))
    if not number or not hmac.compare_digest(sent.upper(), expected.encode()):
        raise ForgedPush(entry.id)
    return ReceivedParcels((_push(entry, number, param),), THANKS)


def _number_in(param: bytes) -> str:
    """Look into what is not verified yet, only to find the salt that verifies it."""
    try:
        return Wild.parse("kuaidi100", param)["lastResult"]["nu"].id_or("")
    except Unreadable:
        return ""


def _push(entry: TrackerEntry, number: str, param: bytes) -> ParcelPush:
    raw = Wild.parse("kuaidi100", param)
    last = raw["lastResult"]
    if last["nu"].id_or(number).casefold() != number.casefold():
        raise last["nu"].unreadable("the number that was subscribed")
    watch = _WATCH.get(raw["status"].text())
    if watch is None:
        raise raw["status"].unreadable("a state of a subscription")
    seen = last.is_object and any(True for _ in last["data"])
    company = raw["comNew"].text_or("") or last["com"].text_or("")
    return ParcelPush(
        tracker=entry.id,
        id=hashlib.sha256(param).hexdigest(),
        number=number,
        company=codes.CARRIER.get(company),
        parcel=wire.parcel(last, number) if seen else None,
        watch=watch,
    )
