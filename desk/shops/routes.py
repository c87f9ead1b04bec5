"""What is usual on a carrier's way between two provinces, learnt from parcels that arrived."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from desk.shops.carriers import Carrier
from desk.shops.pace import Season, counted, slowness
from desk.shops.port import Parcel, ParcelStatus
from desk.shops.provinces import Distance, distance

ENOUGH = 20
"""Parcels from which on what was learnt is believed."""

_NINE_OF_TEN = 0.9
_HOUR = timedelta(hours=1)
_SHORTEST = (12 * _HOUR, 24 * _HOUR)
_LONGEST = (120 * _HOUR, 480 * _HOUR)
_DEFAULTS = {
    Distance.SAME: (24 * _HOUR, 48 * _HOUR),
    Distance.NEAR: (30 * _HOUR, 72 * _HOUR),
    Distance.FAR: (48 * _HOUR, 120 * _HOUR),
    Distance.REMOTE: (72 * _HOUR, 240 * _HOUR),
}


@dataclass(frozen=True, slots=True)
class Route:
    """A carrier's way between two provinces, None where one of these is not known."""

    carrier: Carrier | None
    origin: str | None
    destination: str | None


@dataclass(frozen=True, slots=True)
class Travelled:
    """A parcel with its route and when the shop sent it (aware UTC, None: not known)."""

    route: Route
    parcel: Parcel
    shipped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Usual:
    """What nine parcels of ten keep to, in time as carriers count it (see desk.shops.pace).

    `silence`: the longest stretch without a scan. `transit`: from sending to the door. `samples`:
    parcels that this was learnt from, 0 for a default by distance.
    """

    silence: timedelta
    transit: timedelta
    samples: int = 0


@dataclass(frozen=True, slots=True)
class RouteBook:
    """What is usual by route, and by the provinces alone where a carrier was seen too seldom."""

    by_route: Mapping[Route, Usual] = field(default_factory=dict)
    by_provinces: Mapping[tuple[str | None, str | None], Usual] = field(default_factory=dict)

    def usual(self, route: Route) -> Usual:
        """The best that is known: of the route, of the provinces, or a default by distance."""
        ends = (route.origin, route.destination)
        for learnt in (self.by_route.get(route), self.by_provinces.get(ends)):
            if learnt is not None and learnt.samples >= ENOUGH:
                return learnt
        return Usual(*_DEFAULTS[distance(*ends)])


def learn(travelled: Iterable[Travelled], seasons: Sequence[Season] = ()) -> RouteBook:
    """Learn from parcels that arrived; from those of a season nothing, as it is not usual."""
    by_route: dict[Route, list[_Measured]] = defaultdict(list)
    by_provinces: dict[tuple[str | None, str | None], list[_Measured]] = defaultdict(list)
    for each in travelled:
        measured = _measured(each, seasons)
        if measured is None:
            continue
        by_route[each.route].append(measured)
        if each.route.origin and each.route.destination:
            by_provinces[each.route.origin, each.route.destination].append(measured)
    return RouteBook(
        {route: _usual(seen) for route, seen in by_route.items()},
        {ends: _usual(seen) for ends, seen in by_provinces.items()},
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    silence: timedelta
    transit: timedelta


def _measured(travelled: Travelled, seasons: Sequence[Season]) -> _Measured | None:
    parcel = travelled.parcel
    moments = sorted(scan.at for scan in parcel.scans)
    if parcel.status is not ParcelStatus.DELIVERED or len(moments) < 2:
        return None
    start = travelled.shipped_at or moments[0]
    if slowness(seasons, start, moments[-1]) > 1:
        return None
    silences = (counted(before, after) for before, after in pairwise(moments))
    return _Measured(max(silences), counted(start, moments[-1]))


def _usual(seen: Sequence[_Measured]) -> Usual:
    silence = _of_nine_in_ten([each.silence for each in seen])
    transit = _of_nine_in_ten([each.transit for each in seen])
    return Usual(
        min(max(silence, _SHORTEST[0]), _LONGEST[0]),
        min(max(transit, _SHORTEST[1]), _LONGEST[1]),
        len(seen),
    )


def _of_nine_in_ten(values: Sequence[timedelta]) -> timedelta:
    return sorted(values)[math.ceil(len(values) * _NINE_OF_TEN) - 1]
