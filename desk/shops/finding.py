"""From a customer's words to the products they may mean."""

from collections.abc import Sequence

from desk.shops.port import ItemId
from desk.shops.products import Candidate, Found, Product
from desk.shops.shelves import ENOUGH, Shelves
from desk.shops.vocabulary import Vocabulary
from desk.shops.wish import Wish, read_wish
from desk.shops.words import letters

_AT_MOST = 10
_CLEAR_LEAD = 80
_CLEAR_ALONE = 600
_KNOWN_TO_CUSTOMER = 120
_LATEST_KNOWN = 220
_OWN_NAME = 1000


class Goods:
    """All products of a moment, arranged for finding."""

    def __init__(self, products: Sequence[Product], vocabulary: Vocabulary | None = None) -> None:
        self.products = tuple(products)
        self.vocabulary = vocabulary or Vocabulary()
        titles = [[item.title for item in each.items] for each in products]
        self.shelves = Shelves(titles, self.vocabulary)
        self.place_of = {id_: at for at, each in enumerate(products) for id_ in each.ids}


def find(
    goods: Goods, query: str, prefer: Sequence[ItemId] = (), silent: tuple[str, ...] = ()
) -> Found:
    """Rank the products that a query may mean; `prefer` is latest first."""
    wish = read_wish(query)
    ranks = _preferred(goods, prefer)
    if not wish.thing:
        return _only_preferred(goods, ranks, wish, silent)
    scores = goods.shelves.scores(wish, ranks)
    _take_own_names(goods, wish, scores)
    candidates = [
        Candidate(goods.products[at], _with_rank(score, ranks.get(at)))
        for at, score in scores.items()
        if score >= ENOUGH
    ]
    offered = sorted(candidates, key=lambda candidate: -candidate.score)
    return Found(tuple(offered[:_AT_MOST]), _is_clear(offered), wish.words, silent)


def _take_own_names(goods: Goods, wish: Wish, scores: dict[int, int]) -> None:
    """The merchant's own name for a product means that product."""
    said = letters(wish.thing)
    for name, item in goods.vocabulary.own.items():
        place = goods.place_of.get(item)
        if place is not None and name in said:
            scores[place] = max(scores.get(place, 0), _OWN_NAME + 100 * len(name) // len(said))


def _with_rank(score: int, rank: int | None) -> int:
    if rank is None:
        return score
    return score + (_LATEST_KNOWN if rank == 0 else _KNOWN_TO_CUSTOMER)


def _preferred(goods: Goods, prefer: Sequence[ItemId]) -> dict[int, int]:
    """Map products (by place) to how recently the customer met them (0: last)."""
    ranks: dict[int, int] = {}
    for id_ in prefer:
        if id_ in goods.place_of:
            ranks.setdefault(goods.place_of[id_], len(ranks))
    return ranks


def _only_preferred(
    goods: Goods, ranks: dict[int, int], wish: Wish, silent: tuple[str, ...]
) -> Found:
    """Without a thing in the query only what the customer met last can be meant."""
    places = sorted(ranks, key=lambda place: ranks[place])
    candidates = tuple(
        Candidate(goods.products[place], max(ENOUGH, 1000 - 100 * ranks[place])) for place in places
    )
    return Found(candidates[:_AT_MOST], bool(candidates), wish.words, silent)


def _is_clear(offered: Sequence[Candidate]) -> bool:
    if not offered or offered[0].score < _CLEAR_ALONE:
        return False
    return len(offered) == 1 or offered[0].score - offered[1].score >= _CLEAR_LEAD
