"""The region of a customer, and the store that a ticket belongs to."""

from collections.abc import Iterable, Sequence

from desk.kernel.places import Place, km_between
from desk.routing.placed import NOT_FOUND, By, Found, Known
from desk.shops.stores import Store, called, city_word, in_district

Stores = Sequence[Store]


def region_of(known: Known, stores: Stores, cities: Iterable[str], within_km: float) -> Found:
    """The city that the customer named last, else that of the nearest store within reach."""
    spelled = {city_word(each): city_word(each) for each in cities if each}
    for words in known.words:
        if store := named_store(words, stores):
            return Found(city_word(store.city), By.NAMED, word=store.name)
        if district := in_district(stores, words):
            return Found(city_word(district[0].city), By.NAMED, word=district[0].district)
        if named := [each for each in spelled if each in words]:
            return Found(max(named, key=len), By.NAMED, word=max(named, key=len))
    near = nearest(known.place, stores)
    if near is None or near[0] > within_km:
        return NOT_FOUND
    return Found(city_word(near[1].city), By.NEAREST, near[0])


def store_named(known: Known, stores: Stores) -> Found:
    """The store that the customer named last."""
    for words in known.words:
        if store := named_store(words, stores):
            return Found(store.id, By.NAMED, _km(known.place, store), store.name)
    return NOT_FOUND


def store_in(region: str, known: Known, stores: Stores) -> Found:
    """A store of a region: of a named district, else the nearest, else the first of the file."""
    theirs = [each for each in stores if city_word(each.city) == region]
    for words in known.words:
        if district := in_district(theirs, words):
            first = district[0]
            return Found(first.id, By.NAMED, _km(known.place, first), first.district)
    near = nearest(known.place, theirs)
    if near is not None:
        return Found(near[1].id, By.NEAREST, near[0])
    return Found(theirs[0].id, By.IN_CITY, word=region) if theirs else NOT_FOUND


def named_store(words: str, stores: Stores) -> Store | None:
    """The store of the longest name that stands in the words."""
    named = called(stores, words)
    return max(named, key=lambda each: len(each.name), default=None)


def nearest(place: Place | None, stores: Stores) -> tuple[float, Store] | None:
    """The nearest store and how many km it is; of equals the first."""
    if place is None or not stores:
        return None
    far = [(km_between(place, each.place), each) for each in stores]
    return min(far, key=lambda each: each[0])


def others(store: str, stores: Stores, within_km: float) -> tuple[str, ...]:
    """The other stores within reach of one, nearest first, by their ids."""
    here = next((each for each in stores if each.id == store), None)
    if here is None:
        return ()
    far = [(km_between(here.place, each.place), each.id) for each in stores if each.id != store]
    return tuple(name for km, name in sorted(far) if km <= within_km)


def _km(place: Place | None, store: Store) -> float | None:
    return None if place is None else km_between(place, store.place)
