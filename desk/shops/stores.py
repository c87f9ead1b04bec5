"""The merchant's own shops on the street (门店), and how people's words name them."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.kernel.places import Place


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

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.latitude, self.longitude)


def called(stores: Sequence[Store], words: str) -> tuple[Store, ...]:
    """Those whose name stands in the words, with or without its 店."""
    return tuple(each for each in stores if each.name.removesuffix("店") in words)


def in_district(stores: Sequence[Store], words: str) -> tuple[Store, ...]:
    """Those whose district is named."""
    named = ((each, each.district.rstrip("区县市")) for each in stores)
    return tuple(store for store, district in named if district and district in words)


def in_city(stores: Sequence[Store], words: str) -> tuple[Store, ...]:
    """Those whose city is named."""
    named = ((each, city_word(each.city)) for each in stores)
    return tuple(store for store, city in named if city and city in words)


def city_word(city: str) -> str:
    """A city as people write it: 上海 for 上海市."""
    return city.removesuffix("市")
