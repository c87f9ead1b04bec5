"""Whether a silence of a parcel is over, and when a parcel has to be judged again."""

from datetime import datetime, time, timedelta

from desk.kernel.clock import SHANGHAI
from desk.parcels.model import FollowedParcel
from desk.shops.port import ParcelStatus
from desk.shops.routes import Usual
from desk.shops.stuck import Patience, StuckWhy

AWAKE = (time(8), time(22))
"""Between these hours of Beijing people are told of parcels."""
_SOONEST = timedelta(minutes=10)
_DAY = timedelta(days=1)


def is_over(parcel: FollowedParcel) -> bool:
    """Tell whether the silence that was found has ended.

    A parcel that is late although it is scanned is so until it arrives.
    """
    silence = parcel.silence
    if silence is None:
        return False
    if parcel.delivered_at is not None:
        return True
    last = parcel.last
    moved = last is not None and last.at > silence.since
    return moved and silence.why is not StuckWhy.LATE


def next_check(
    parcel: FollowedParcel, usual: Usual, now: datetime, patience: Patience
) -> datetime | None:
    """The soonest moment at which a parcel that is not stuck now can be.

    Carriers' time passes no faster than the clock (desk.shops.pace), so nothing is missed.
    """
    if parcel.delivered_at is not None or now >= parcel.followed_until:
        return None
    last = parcel.last
    if last is None:
        soonest = (parcel.shipped_at or parcel.seen_at) + patience.pick_up
        return max(soonest, now + _SOONEST)
    start = parcel.shipped_at or min(scan.at for scan in parcel.parcel.scans)
    soonest = min(
        last.at + usual.silence * patience.silence, start + usual.transit * patience.transit
    )
    if parcel.parcel.status is ParcelStatus.EXCEPTION:
        soonest = min(soonest, last.at + patience.trouble)
    return max(soonest, now + _SOONEST)


def awake_at(now: datetime) -> datetime:
    """The first moment from `now` on at which people may be told."""
    here = now.astimezone(SHANGHAI)
    if AWAKE[0] <= here.time() < AWAKE[1]:
        return now
    day = here.date() if here.time() < AWAKE[0] else here.date() + _DAY
    return datetime.combine(day, AWAKE[0], SHANGHAI)


def day_begins(now: datetime) -> datetime:
    """The midnight in Beijing before `now`."""
    return datetime.combine(now.astimezone(SHANGHAI).date(), time(), SHANGHAI)


def tomorrow(now: datetime) -> datetime:
    """The first moment of the next day at which people may be told."""
    return awake_at(day_begins(now) + _DAY)
