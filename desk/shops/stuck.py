"""Tells a parcel that is stuck from one that is only on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.shops.pace import Season, counted, slowness
from desk.shops.port import Parcel, ParcelStatus
from desk.shops.routes import Usual

_CLOCKS_DIFFER = timedelta(hours=1)
_OVER = frozenset({ParcelStatus.DELIVERED, ParcelStatus.RETURNING})
_WAITS_FOR_CUSTOMER = ("驿站", "快递柜", "丰巢", "代收点", "自提", "取件码", "待取")


class StuckWhy(StrEnum):
    """What is wrong with a parcel."""

    NOT_PICKED_UP = "not_picked_up"
    """The shop says it was sent, and no carrier has scanned it."""
    TROUBLE = "trouble"
    """The carrier itself says that something is wrong, and nothing happened since."""
    SILENT = "silent"
    """No scan for longer than is usual on this route."""
    LATE = "late"
    """Scans still come, but it should have been at the door long since."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A stuck parcel: without news since `since` (aware UTC), which `silent` is the length of.

    `usual` is what would have been usual, in time as carriers count it.
    """

    why: StuckWhy
    since: datetime
    silent: timedelta
    usual: timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How much more than usual is borne before a parcel is called stuck, and in which seasons."""

    silence: float = 1.25
    transit: float = 1.5
    pick_up: timedelta = timedelta(hours=36)
    trouble: timedelta = timedelta(hours=6)
    seasons: Sequence[Season] = ()


_PATIENT = Patience()


def stuck(
    parcel: Parcel,
    usual: Usual,
    now: datetime,
    shipped_at: datetime | None = None,
    patience: Patience = _PATIENT,
) -> Stuck | None:
    """Tell whether a parcel is stuck at `now`, and how.

    Scans may stand in any order. One from the future is a carrier's wrong clock: up to an hour
    ahead it is taken for now, and beyond that it is not believed. A parcel that waits to be
    fetched by the customer is not stuck.
    """
    if parcel.status in _OVER:
        return None
    scans = [scan for scan in parcel.scans if scan.at <= now + _CLOCKS_DIFFER]
    if not scans:
        return _unscanned(shipped_at, now, patience)
    newest = max(scans, key=lambda scan: scan.at)
    if any(word in newest.text for word in _WAITS_FOR_CUSTOMER):
        return None
    last = min(newest.at, now)
    start = shipped_at or min(scan.at for scan in scans)
    return _trouble(parcel, last, now, patience) or _too_long(start, last, now, usual, patience)


def _unscanned(shipped_at: datetime | None, now: datetime, patience: Patience) -> Stuck | None:
    if shipped_at is None:
        return None
    allowed = patience.pick_up * slowness(patience.seasons, shipped_at, now)
    if counted(shipped_at, now) <= allowed:
        return None
    return Stuck(StuckWhy.NOT_PICKED_UP, shipped_at, now - shipped_at, patience.pick_up)


def _trouble(parcel: Parcel, last: datetime, now: datetime, patience: Patience) -> Stuck | None:
    if parcel.status is not ParcelStatus.EXCEPTION or now - last <= patience.trouble:
        return None
    return Stuck(StuckWhy.TROUBLE, last, now - last, patience.trouble)


def _too_long(
    start: datetime, last: datetime, now: datetime, usual: Usual, patience: Patience
) -> Stuck | None:
    slow = slowness(patience.seasons, last, now)
    if counted(last, now) > usual.silence * patience.silence * slow:
        return Stuck(StuckWhy.SILENT, last, now - last, usual.silence)
    slow = slowness(patience.seasons, start, now)
    if counted(start, now) > usual.transit * patience.transit * slow:
        return Stuck(StuckWhy.LATE, last, now - last, usual.transit)
    return None
