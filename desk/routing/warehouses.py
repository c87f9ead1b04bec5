"""The warehouse that is nearest to a group leader."""

from collections.abc import Sequence

from desk.kernel.places import km_between
from desk.routing.model import Warehouse
from desk.routing.placed import NOT_FOUND, By, Found, Known
from desk.shops.stores import city_word


def nearest_warehouse(
    known: Known, warehouses: Sequence[Warehouse], *, shop: str, goods: str, region: str
) -> Found:
    """The nearest that has what is wanted: to their place, else their own, else in their city.

    A warehouse that serves other shops, or has other goods only, does not come into question; one
    that serves some only counts for less than others where it is not known what is wanted.
    """
    able = [each for each in warehouses if _may_serve(each, shop, goods)]
    able = [each for each in able if _serves(each, shop, goods)] or able
    if known.place is not None and able:
        place = known.place
        km, best = min(((km_between(place, each.place), each) for each in able), key=_first)
        return Found(best.id, By.NEAREST, km)
    own = next((each for each in able if each.id == known.warehouse), None)
    if own is not None:
        return Found(own.id, By.FIXED)
    there = next((each for each in able if region and city_word(each.city) == region), None)
    return Found(there.id, By.IN_CITY, word=region) if there else NOT_FOUND


def _serves(warehouse: Warehouse, shop: str, goods: str) -> bool:
    has_it = not warehouse.goods or goods in warehouse.goods
    return has_it and (not warehouse.shops or shop in warehouse.shops)


def _may_serve(warehouse: Warehouse, shop: str, goods: str) -> bool:
    may_have_it = not goods or not warehouse.goods or goods in warehouse.goods
    return may_have_it and (not shop or not warehouse.shops or shop in warehouse.shops)


def _first(pair: tuple[float, Warehouse]) -> float:
    return pair[0]
