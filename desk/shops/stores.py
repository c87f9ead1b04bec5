"""The merchant's own shops on the street (门店)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Store:
    """A store that customers can walk into; coordinates in degrees (GCJ-02)."""

    id: str
    name: str
    city: str
    district: str
    address: str
    phone: str
    hours: str
    latitude: float
    longitude: float
