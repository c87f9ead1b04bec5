"""The kinds a product comes in: each property once, by whatever name a shop calls it."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from actions.kind_words import is_colour
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock

_MOST_VALUES = 12
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def values_of(skus: Sequence[SkuStock]) -> dict[str, dict[str, None]]:
    """Every property with its values: 颜色: 白色, 粉色.

    颜色 of one shop and 颜色分类 of another are one where they share a value: no SKU has both.
    """
    values: dict[str, dict[str, None]] = {}
    for sku in skus:
        for name, value in sku.properties:
            values.setdefault(name, {})[value] = None
    together = [frozenset(name for name, _ in sku.properties) for sku in skus]
    merged: dict[str, dict[str, None]] = {}
    for name, found in values.items():
        same = (
            other
            for other in merged
            if merged[other].keys() & found and not any({name, other} <= each for each in together)
        )
        merged.setdefault(next(same, name), {}).update(found)
    return merged


def kinds_of(skus: Sequence[SkuStock]) -> str:
    """The values that can be had, property by property: 白色、粉色；21、22、23."""
    return "；".join(map(_in_order, values_of(skus).values()))


def kinds_beside(word: str, skus: Sequence[SkuStock]) -> str:
    """The values that can be had of a word's SKUs, without the one that the word names itself."""
    values = values_of(skus).values()
    said = is_colour(word)
    shown = [each for each in values if len(each) > 1 or any(map(is_colour, each)) != said]
    return "；".join(map(_in_order, shown or values))


def kinds_like(word: str, skus: Sequence[SkuStock]) -> str:
    """The values to choose from instead of a word: colours for a colour, the rest for the rest."""
    colours = is_colour(word)
    like = [each for each in values_of(skus).values() if any(map(is_colour, each)) == colours]
    return "；".join(map(_in_order, like)) or kinds_of(skus)


def not_made(skus: Sequence[SkuStock], wanted: Sequence[str]) -> tuple[str, ...]:
    """The wanted words that no SKU has, sold out or not; all of them where none has them all."""
    lacking = tuple(word for word in wanted if not filter_skus(skus, (word,)))
    if lacking or not skus or filter_skus(skus, wanted):
        return lacking if skus else ()
    return tuple(wanted)


def _in_order(values: Iterable[str]) -> str:
    """Numbers by size, other values as the shop shows them."""
    found = list(values)
    if all(_NUMBER.fullmatch(each) for each in found):
        found.sort(key=Decimal)
    return "、".join(found[:_MOST_VALUES])
