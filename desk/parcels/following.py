"""What becomes of a followed parcel when something is heard of it: the newest scan wins."""

from dataclasses import replace
from datetime import datetime, timedelta

from desk.parcels.model import (
    FOLLOWED_FOR,
    FollowedParcel,
    SentOrder,
    newest,
    plain_tracking_no,
)
from desk.parcels.places import last_place
from desk.shops.carriers import carrier_named
from desk.shops.port import Parcel, ParcelStatus

AGAIN_AFTER = timedelta(minutes=31)
"""After giving up a tracker takes no subscription for half an hour (kuaidi100's manual)."""
_TRACKERS_TELL = timedelta(minutes=40)
"""What a shop tells may be old: no parcel is judged before the trackers had time to tell."""
_MOST_SUBSCRIPTIONS = 2
_PUSHED_SEEN = timedelta(hours=12)
_ASKED_SEEN = timedelta(hours=3)


def begin(order: SentOrder, parcel: Parcel, now: datetime) -> FollowedParcel:
    """Follow a parcel that a shop named: a tracker shall watch it, and the house looks at once."""
    fresh = FollowedParcel(
        shop=order.shop,
        order_no=order.number,
        number=plain_tracking_no(parcel.tracking_no),
        parcel=replace(parcel, scans=()),
        company=carrier_named(parcel.carrier),
        shipped_at=order.shipped_at,
        seen_at=now,
        followed_until=(order.shipped_at or now) + FOLLOWED_FOR,
        subscribe_at=now,
        look_at=now + AGAIN_AFTER,
    )
    known = seen(fresh, parcel, now)
    return replace(known, check_at=now + _TRACKERS_TELL if parcel.scans else None)


def looked_for(known: FollowedParcel, now: datetime, *, answered: bool) -> FollowedParcel:
    """Somebody was asked for it; `answered`: a tracker that knows its carrier has told.

    A parcel without scans is judged from then on, and not before: its shop may tell of none ever.
    """
    judged = known.check_at
    if answered and known.last is None and known.silence is None and known.delivered_at is None:
        judged = judged or now
    return replace(known, look_at=next_look(known, now), check_at=judged)


def seen(known: FollowedParcel, told: Parcel, now: datetime) -> FollowedParcel:
    """Take in what a shop or a tracker told; what is older than what is known changes nothing."""
    if known.delivered_at is not None or not _is_news(known.parcel, told):
        return known
    carrier = known.parcel.carrier or told.carrier
    parcel = replace(
        told,
        carrier=carrier,
        tracking_no=known.parcel.tracking_no or told.tracking_no,
        scans=tuple(sorted(told.scans, key=lambda scan: scan.at, reverse=True)),
    )
    heard = replace(
        known,
        parcel=parcel,
        company=known.company or carrier_named(carrier),
        origin=known.origin or last_place(parcel.scans[-1:]),
        seen_at=now,
        check_at=now,
    )
    if parcel.status is not ParcelStatus.DELIVERED:
        return heard
    last = newest(parcel)
    return arrived(replace(heard, destination=last_place(parcel.scans)), last.at if last else now)


def arrived(known: FollowedParcel, at: datetime) -> FollowedParcel:
    """The parcel is at the door; it is looked at once more where a silence has to be ended."""
    if known.delivered_at is not None:
        return known
    return replace(
        known,
        parcel=replace(known.parcel, status=ParcelStatus.DELIVERED),
        delivered_at=at,
        subscribe_at=None,
        look_at=None,
        check_at=known.check_at if known.silence is None else at,
    )


def dropped(known: FollowedParcel) -> FollowedParcel:
    """The order is no more: nothing is done about its parcel from now on."""
    return replace(known, subscribe_at=None, look_at=None, check_at=None, silence=None)


def subscribed(known: FollowedParcel, tracker: str, now: datetime) -> FollowedParcel:
    """A tracker watches it from now on."""
    return replace(
        known,
        tracker=tracker,
        subscriptions=known.subscriptions + 1,
        subscribed_at=now,
        subscribe_at=None,
        look_at=now + _PUSHED_SEEN if known.look_at and known.parcel.scans else known.look_at,
    )


def given_up(known: FollowedParcel, now: datetime) -> FollowedParcel:
    """The tracker saw nothing and pushes no more; it may be asked once more."""
    if known.delivered_at is not None:
        return known
    once_more = known.subscriptions < _MOST_SUBSCRIPTIONS
    look_at = now + _ASKED_SEEN
    return replace(
        known,
        tracker="",
        subscribe_at=now + AGAIN_AFTER if once_more else None,
        look_at=min(known.look_at or look_at, look_at),
    )


def next_look(known: FollowedParcel, now: datetime) -> datetime | None:
    """When to ask for it again by ourselves; seldom where a tracker pushes."""
    if known.delivered_at is not None or now >= known.followed_until:
        return None
    return now + (_PUSHED_SEEN if known.tracker else _ASKED_SEEN)


def _is_news(known: Parcel, told: Parcel) -> bool:
    before, now = newest(known), newest(told)
    if now is None:
        says_more = told.status not in (ParcelStatus.UNKNOWN, known.status)
        return before is None and says_more
    if before is None or now.at != before.at:
        return before is None or now.at > before.at
    return len(told.scans) > len(known.scans) or (
        told.status is not ParcelStatus.UNKNOWN and told.status is not known.status
    )
