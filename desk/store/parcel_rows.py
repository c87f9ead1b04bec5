"""A followed parcel as a row of its table, and back."""

from typing import Any

from sqlalchemy import Row

from desk.kernel.ids import ConversationId, CustomerId
from desk.parcels.model import FollowedParcel, Silence
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel
from desk.shops.stored import Codec
from desk.shops.stuck import StuckWhy

_PARCEL = Codec(Parcel)


def row_of(parcel: FollowedParcel) -> dict[str, object]:
    """All columns but those that tell whom the customer was told by, which are never unsaid."""
    silence, last = parcel.silence, parcel.last
    return {
        "shop": parcel.shop,
        "order_no": parcel.order_no,
        "number": parcel.number,
        "company": parcel.company.value if parcel.company else "",
        "status": parcel.parcel.status.value,
        "last_scan_at": last.at if last else None,
        "content": _PARCEL.write(parcel.parcel),
        "origin": parcel.origin,
        "destination": parcel.destination,
        "shipped_at": parcel.shipped_at,
        "tracker": parcel.tracker,
        "subscriptions": parcel.subscriptions,
        "subscribed_at": parcel.subscribed_at,
        "subscribe_at": parcel.subscribe_at,
        "look_at": parcel.look_at,
        "check_at": parcel.check_at,
        "followed_until": parcel.followed_until,
        "stuck_why": silence.why.value if silence else "",
        "stuck_since": silence.since if silence else None,
        "stuck_found_at": silence.found_at if silence else None,
        "stuck_told_in": silence.told_in if silence else None,
        "stuck_noted": silence.noted if silence else False,
        "delivered_at": parcel.delivered_at,
        "seen_at": parcel.seen_at,
    }


def parcel_of(row: Row[Any]) -> FollowedParcel:
    """Read one row of the table."""
    return FollowedParcel(
        shop=row.shop,
        order_no=row.order_no,
        number=row.number,
        parcel=_PARCEL.read(row.content),
        company=Carrier(row.company) if row.company else None,
        shipped_at=row.shipped_at,
        seen_at=row.seen_at,
        followed_until=row.followed_until,
        origin=row.origin,
        destination=row.destination,
        tracker=row.tracker,
        subscriptions=row.subscriptions,
        subscribed_at=row.subscribed_at,
        subscribe_at=row.subscribe_at,
        look_at=row.look_at,
        check_at=row.check_at,
        silence=_silence(row),
        delivered_at=row.delivered_at,
    )


def _silence(row: Row[Any]) -> Silence | None:
    if not row.stuck_why:
        return None
    told_in = row.stuck_told_in
    return Silence(
        why=StuckWhy(row.stuck_why),
        since=row.stuck_since,
        found_at=row.stuck_found_at,
        told_in=ConversationId(told_in) if told_in else None,
        told_customer=CustomerId(row.told_customer) if told_in else None,
        noted=row.stuck_noted,
    )
