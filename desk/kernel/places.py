"""Places on the map, and how far it is from one to another."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place, in degrees (GCJ-02, as WeCom and Chinese maps give them)."""

    latitude: float
    longitude: float


def km_between(one: Place, other: Place) -> float:
    """The way over the ground in km, as the crow flies."""
    here, there = radians(one.latitude), radians(other.latitude)
    across = sin((there - here) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    half = min(1.0, across + cos(here) * cos(there) * along)
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(half))
