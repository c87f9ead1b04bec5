"""门店在哪: by city, district or name; address, telephone and hours of at most three."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from actions.asking import ask_which, said, to_person
from actions.going_back import minding_returns
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.places import Place, km_between
from desk.shops.stores import Store, called, in_city, in_district
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

MOST_STORES = 3
_COLLECTS = re.compile(r"自提|提货|能提|去提|店里提|到店取|现货")
_HAS_IT = re.compile(r"有没有|有货|有吗|有么|还有|有不|能买")
_AT_STORE = re.compile(r"(?:[那这]?家|的)?(?:门|实体|专卖)?店")
_STOCK = Plan(
    TicketKind.CONSULT, Priority.NORMAL, "store.stock", "请门店确认有没有现货、能不能自提"
)
NEAR_KM = 50


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Name the stores that are meant; ask for the city where there are too many."""
    if not desk.stores:
        return Outcome((Say(phrase("store.none"), (to_person(),)),))
    meant = _meant(turn, desk.stores)
    place = turn.slots.get("store") or turn.slots.get("city")
    if meant:
        return _with_stock(turn, Outcome((Say(listed(meant)),)))
    if place:
        cities = "、".join(_cities(desk.stores))
        return Outcome((Say(phrase("store.not_there", place=place, cities=cities)),))
    if len(desk.stores) <= MOST_STORES:
        return _with_stock(turn, Outcome((Say(listed(desk.stores)),)))
    choices = [(phrase("store.city", city=city), {"city": city}) for city in _cities(desk.stores)]
    return ask_which(turn, phrase("store.which_city"), choices, "city")


def ask_in_store(turn: Turn, stores: Sequence[Store], product: str, told: Set[str]) -> Outcome:
    """Have a store asked that the customer names, unless its pieces were `told` (stores' names)."""
    words = said(turn)
    named = [each for each in stores if _AT_STORE.match(_from(each, words))]
    if not named or any(each.name in told for each in named):
        return Outcome()
    return noted(replace(turn, slots={**turn.slots, "product": product}), _STOCK, None)


def _from(store: Store, words: str) -> str:
    """What follows the store's place in the message; "" where it is not named."""
    return words.partition(store.name.removesuffix("店"))[2]


def _with_stock(turn: Turn, answer: Outcome) -> Outcome:
    """Whether a store has it no platform tells: the store is asked."""
    product = turn.slots.get("product") or turn.focus.get("product", "")
    if not (_COLLECTS.search(turn.text) or (product and _HAS_IT.search(turn.text))):
        return answer
    about = replace(turn, slots={**turn.slots, **({"product": product} if product else {})})
    asked = noted(about, _STOCK, None)
    return Outcome((*answer.say, *asked.say), asked.do)


def listed(stores: Sequence[Store]) -> Phrase:
    """The first stores with all that it takes to get there."""
    lines = tuple(_line(each) for each in stores[:MOST_STORES])
    more = len(stores) - MOST_STORES
    rest = phrase("store.more", count=more) if more > 0 else ""
    return phrase("store.answer", stores=lines, more=rest)


def nearest(stores: Sequence[Store], latitude: float, longitude: float) -> Phrase:
    """The stores nearest to a place (degrees), each with its distance.

    Where none is within reach, the nearest one alone.
    """
    here = Place(latitude, longitude)
    by_distance = sorted(
        ((km_between(here, each.place), each) for each in stores), key=lambda each: each[0]
    )
    near = [each for each in by_distance if each[0] <= NEAR_KM]
    lines = tuple(
        phrase("store.near", km=f"{km:.1f}", store=_line(store))
        for km, store in (near or by_distance[:1])[:MOST_STORES]
    )
    return phrase("store.nearest" if near else "store.far", stores=lines, km=NEAR_KM)


def _meant(turn: Turn, stores: Sequence[Store]) -> tuple[Store, ...]:
    """By the store's name first, then by district, then by city."""
    words = f"{turn.slots.get('store', '')} {turn.slots.get('city', '')} {turn.text}"
    found = (names(stores, words) for names in (called, in_district, in_city))
    return next((each for each in found if each), ())


def _cities(stores: Sequence[Store]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.city for each in stores))


def _line(store: Store) -> Phrase:
    return phrase(
        "store.line",
        name=store.name,
        address=_full_address(store),
        phone=store.phone,
        hours=store.hours,
    )


def _full_address(store: Store) -> str:
    """The address with its city, whether the merchant has written it there or not."""
    if store.city in store.address:
        return store.address
    return f"{store.city}{store.district}{store.address}"


action = minding_returns(Action(intent="store_locate", run=run))
