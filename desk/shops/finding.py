"""From a customer's words to the products they may mean."""

from collections.abc import Sequence

from desk.shops.matching import ENOUGH, Wish, read_wish, score
from desk.shops.port import ItemId
from desk.shops.products import Candidate, Found, Product

_AT_MOST = 10
_CLEAR_LEAD = 80
_KNOWN_TO_CUSTOMER = 120
_LATEST_KNOWN = 220


def find(
    products: Sequence[Product],
    query: str,
    prefer: Sequence[ItemId] = (),
    silent: tuple[str, ...] = (),
) -> Found:
    """Rank the products that a query may mean; `prefer` is latest first."""
    wish = read_wish(query)
    ranks = _preferred(products, prefer)
    if not wish.thing:
        return _only_preferred(products, ranks, wish, silent)
    candidates = [
        Candidate(product, _score(wish, product, ranks.get(place)))
        for place, product in enumerate(products)
    ]
    offered = sorted(
        (candidate for candidate in candidates if candidate.score >= ENOUGH),
        key=lambda candidate: -candidate.score,
    )
    return Found(tuple(offered[:_AT_MOST]), _is_clear(offered), wish.words, silent)


def _score(wish: Wish, product: Product, rank: int | None) -> int:
    best = max(score(wish, item.title) for item in product.items)
    if best < ENOUGH or rank is None:
        return best
    return best + (_LATEST_KNOWN if rank == 0 else _KNOWN_TO_CUSTOMER)


def _preferred(products: Sequence[Product], prefer: Sequence[ItemId]) -> dict[int, int]:
    """Map products (by place) to how recently the customer met them (0: last)."""
    place_of = {id_: place for place, product in enumerate(products) for id_ in product.ids}
    ranks: dict[int, int] = {}
    for id_ in prefer:
        if id_ in place_of:
            ranks.setdefault(place_of[id_], len(ranks))
    return ranks


def _only_preferred(
    products: Sequence[Product], ranks: dict[int, int], wish: Wish, silent: tuple[str, ...]
) -> Found:
    """Without a thing in the query only what the customer met last can be meant."""
    places = sorted(ranks, key=lambda place: ranks[place])
    candidates = tuple(
        Candidate(products[place], max(ENOUGH, 1000 - 100 * ranks[place])) for place in places
    )
    return Found(candidates[:_AT_MOST], bool(candidates), wish.words, silent)


def _is_clear(offered: Sequence[Candidate]) -> bool:
    if not offered:
        return False
    return len(offered) == 1 or offered[0].score - offered[1].score >= _CLEAR_LEAD
