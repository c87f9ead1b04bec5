"""快递鸟's push: many parcels in one, signed with the account's key."""

import hashlib
import hmac
import json
from datetime import datetime

from desk.shops.events import ForgedPush
from desk.shops.port import Parcel, ParcelStatus
from desk.shops.tracking import ParcelPush, Watch
from integrations.beijing import from_utc
from integrations.carriers.form import read_form
from integrations.carriers.kdniao import codes, wire
from integrations.carriers.kdniao.signing import sign
from integrations.carriers.platform import ReceivedParcels, TrackerEntry
from integrations.platform import PushRequest
from integrations.wild import Unreadable, Wild

_TYPES = frozenset({b"101", b"102"})
_ARRIVED = frozenset({ParcelStatus.DELIVERED})


def receive(entry: TrackerEntry, request: PushRequest, now: datetime) -> ReceivedParcels:
    """Verify and read one push.

    `DataSign` is made over the raw `RequestData`, as for questions.

    Raises:
        ForgedPush: the signature is missing or wrong, or it is for another account.
        Unreadable: it is signed, but not what the manual describes.
    """
    fields = read_form(request.body)
    data, sent = fields.get("RequestData", b""), fields.get("DataSign", b"")
    expected = sign(data, entry.credential("api_key")).encode()
    if not hmac.compare_digest(sent, expected):
        raise ForgedPush(entry.id)
    if fields.get("RequestType") not in _TYPES:
        raise Unreadable("kdniao", "RequestType", "101 or 102")
    raw = Wild.parse("kdniao", data)
    account = entry.credential("ebusiness_id")
    if raw["EBusinessID"].id() != account:
        raise ForgedPush(entry.id)
    return ReceivedParcels(tuple(_push(entry, each) for each in raw["Data"]), _thanks(account, now))


def _push(entry: TrackerEntry, raw: Wild) -> ParcelPush:
    number = raw["LogisticCode"].id()
    parcel = wire.parcel(raw, number)
    watch = _watch(parcel.status, has_succeeded=raw["Success"].is_true())
    return ParcelPush(
        tracker=entry.id,
        id=_id(parcel, watch),
        number=number,
        company=codes.CARRIER.get(raw["ShipperCode"].text_or("")),
        parcel=parcel if parcel.scans else None,
        watch=watch,
    )


def _id(parcel: Parcel, watch: Watch) -> str:
    """Made of what is told: a push that comes again has another time, and other companions."""
    told = [parcel.tracking_no, parcel.status.value, watch.value]
    told += [f"{scan.at.isoformat()} {scan.text}" for scan in parcel.scans]
    return hashlib.sha256("\n".join(told).encode(errors="backslashreplace")).hexdigest()


def _watch(status: ParcelStatus, *, has_succeeded: bool) -> Watch:
    if status in _ARRIVED:
        return Watch.DONE
    return Watch.GOES_ON if has_succeeded else Watch.GIVEN_UP


def _thanks(account: str, now: datetime) -> str:
    """Within five seconds, or else it pushes again."""
    answer = {"EBusinessID": account, "UpdateTime": from_utc(now), "Success": True, "Reason": ""}
    return json.dumps(answer, separators=(",", ":"))
