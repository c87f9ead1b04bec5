"""How far it is from a place to a place."""

from math import asin, cos, radians, sin, sqrt

from desk.assignment.model import Place

_EARTH_RADIUS_KM = 6371.0


def km_between(one: Place, other: Place) -> float:
    """The way over the ground in km, as the crow flies."""
    here, there = radians(one.latitude), radians(other.latitude)
    across = sin((there - here) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    half = min(1.0, across + cos(here) * cos(there) * along)
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(half))
