"""From a customer's words to the products they may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk.shops.attributes import without_attributes
from desk.shops.learnt import with_learnt
from desk.shops.port import ItemId
from desk.shops.products import Candidate, Found, Product
from desk.shops.shelves import ENOUGH, Shelves
from desk.shops.taught import NOTHING, Taught
from desk.shops.vocabulary import Vocabulary
from desk.shops.wish import Wish, read_wish
from desk.shops.words import letters

_AT_MOST = 10
_CLEAR_LEAD = 80
_CLEAR_ALONE = 600
_MET, _MET_POINTED_AT = (150, 60), (320, 200)
"""What a product gains that the customer met last, and one that they met before."""
_OWN_NAME = 1000


@dataclass(frozen=True, slots=True)
class Met:
    """What the customer saw or bought, latest first; `pointed`: their words point at it (上次)."""

    items: Sequence[ItemId] = ()
    pointed: bool = False


NOTHING_MET = Met()


class Goods:
    """All products of a moment, arranged for finding.

    Titles that `before` (with the same vocabulary) had too are not read again.
    """

    def __init__(
        self,
        products: Sequence[Product],
        vocabulary: Vocabulary | None = None,
        before: "Goods | None" = None,
    ) -> None:
        self.products = tuple(products)
        self.vocabulary = vocabulary or Vocabulary()
        self.shelves: Shelves = Shelves(
            tuple(tuple(item.title for item in each.items) for each in products),
            self.vocabulary,
            before.shelves if before else None,
        )
        self.place_of = {id_: at for at, each in enumerate(products) for id_ in each.ids}


def find(
    goods: Goods,
    query: str,
    met: Met = NOTHING_MET,
    silent: tuple[str, ...] = (),
    taught: Taught = NOTHING,
) -> Found:
    """Rank the products that a query may mean."""
    wish = read_wish(query)
    ranks = _preferred(goods, met.items)
    if not wish.thing:
        return _only_preferred(goods, ranks, wish, silent)
    candidates = _candidates(goods, wish, ranks, met, taught)
    if not _is_clear(candidates):
        parts = _parts_of(goods, wish, query)
        named = _better([_candidates(goods, part, ranks, met, taught) for part in parts])
        if named and (not candidates or named[0].score > candidates[0].score):
            candidates = named
    return Found(tuple(candidates[:_AT_MOST]), _is_clear(candidates), wish.words, silent)


def _candidates(
    goods: Goods, wish: Wish, ranks: dict[int, int], met: Met, taught: Taught
) -> list[Candidate]:
    scores = goods.shelves.scores(wish, ranks, taught)
    _take_own_names(goods, wish, scores, taught)
    scores = with_learnt(scores, taught.learnt, goods.place_of)
    candidates = [
        Candidate(goods.products[at], _with_rank(score, ranks.get(at), met))
        for at, score in scores.items()
        if score >= ENOUGH
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _parts_of(goods: Goods, wish: Wish, query: str) -> list[Wish]:
    """What the parts of a message name, each with the sizes and numbers of the whole."""
    named = map(read_wish, goods.shelves.names.named_in(without_attributes(query)))
    return [
        replace(part, facts=wish.facts, numbers=wish.numbers, words=wish.words)
        for part in named
        if letters(part.thing) != letters(wish.thing)
    ]


def _better(found: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The candidates of all parts together, each product once."""
    best: dict[Product, Candidate] = {}
    for candidate in (each for candidates in found for each in candidates):
        known = best.get(candidate.product)
        if known is None or candidate.score > known.score:
            best[candidate.product] = candidate
    return sorted(best.values(), key=lambda candidate: -candidate.score)


def _take_own_names(goods: Goods, wish: Wish, scores: dict[int, int], taught: Taught) -> None:
    """The merchant's own name for a product means that product."""
    said = letters(wish.thing)
    for name, item in {**goods.vocabulary.own, **taught.own}.items():
        place = goods.place_of.get(item)
        if place is not None and name in said:
            scores[place] = max(scores.get(place, 0), _OWN_NAME + 100 * len(name) // len(said))


def _with_rank(score: int, rank: int | None, met: Met) -> int:
    if rank is None:
        return score
    latest, earlier = _MET_POINTED_AT if met.pointed else _MET
    return score + (latest if rank == 0 else earlier)


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
