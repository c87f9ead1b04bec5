"""Which products of two shops are the same."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desk.shops.attributes import sizes_of, stages_of
from desk.shops.port import Item
from desk.shops.products import Product
from desk.shops.words import letters, spell

SAME = 500
"""From this likeness (thousandths) on, products of two shops are one."""

_FEW = 20
_TITLES = 32_768
_NOISE = ("官方", "旗舰店", "专柜", "正品", "包邮", "新款", "新品", "热卖", "爆款", "天猫", "有赞")


@dataclass(frozen=True, slots=True)
class _Title:
    stages: frozenset[str]
    sizes: frozenset[str]


@lru_cache(maxsize=_TITLES)
def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters; of one character, itself."""
    if len(text) < 2:
        return frozenset((text,)) if text else frozenset()
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


@lru_cache(maxsize=_TITLES)
def _read(title: str) -> _Title:
    return _Title(stages_of(title), sizes_of(title))


def sameness(left: str, right: str) -> int:
    """Tell in thousandths whether two shops' titles name one product (Dice over bigrams)."""
    ours, theirs = _read(left), _read(right)
    for mine, other in ((ours.stages, theirs.stages), (ours.sizes, theirs.sizes)):
        if mine and other and not mine & other:
            return 0
    pairs, others = bigrams(_essence(left)), bigrams(_essence(right))
    total = len(pairs) + len(others)
    return 2000 * len(pairs & others) // total if total else 0


def group(catalogues: Sequence[Sequence[Item]]) -> tuple[Product, ...]:
    """Join the shops' lists into products; at most one item of each shop in one product."""
    groups: list[list[Item]] = []
    for catalogue in catalogues:
        taken = _pair_up([members[0].title for members in groups], catalogue)
        for at, item in enumerate(catalogue):
            if at in taken:
                groups[taken[at]].append(item)
            else:
                groups.append([item])
    return tuple(Product(members[0].title, tuple(members)) for members in groups)


def _pair_up(titles: Sequence[str], items: Sequence[Item]) -> dict[int, int]:
    """Pair items (by place) with groups (by place), likest pairs first."""
    pairs = sorted(
        (
            (-sameness(titles[group_at], items[item_at].title), group_at, item_at)
            for item_at, group_at in _neighbours(titles, items)
        ),
    )
    groups_taken: set[int] = set()
    taken: dict[int, int] = {}
    for likeness_below_zero, group_at, item_at in pairs:
        if -likeness_below_zero >= SAME and group_at not in groups_taken and item_at not in taken:
            groups_taken.add(group_at)
            taken[item_at] = group_at
    return taken


def _neighbours(titles: Sequence[str], items: Sequence[Item]) -> list[tuple[int, int]]:
    """List the pairs worth comparing: of each item the titles that share most of its rare bigrams.

    Bigrams that many titles have (a brand, 婴儿) tell nothing and would pair everything.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    for at, title in enumerate(titles):
        for pair in bigrams(_essence(title)):
            index[pair].append(at)
    same = {_essence(title): at for at, title in enumerate(titles)}
    too_many = max(_FEW, len(titles) // _FEW)
    found: list[tuple[int, int]] = []
    for item_at, item in enumerate(items):
        rare = (index[pair] for pair in bigrams(_essence(item.title)) if pair in index)
        shared = Counter(at for places in rare if len(places) <= too_many for at in places)
        nearest = {at for at, _ in shared.most_common(_FEW)}
        nearest |= {same[_essence(item.title)]} if _essence(item.title) in same else set()
        found.extend((item_at, at) for at in nearest)
    return found


@lru_cache(maxsize=_TITLES)
def _essence(title: str) -> str:
    spelled = spell(title)
    for noise in _NOISE:
        spelled = spelled.replace(noise, "")
    return letters(spelled)
