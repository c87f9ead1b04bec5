"""Kinds in a shop's own words (云朵, 南瓜味): no list knows them, but the product's SKUs do."""

from collections.abc import Sequence
from dataclasses import replace

from actions.asking import SAID
from actions.kinds import values_of
from actions.which_product import Picked
from desk.conversations.commands import Remember
from desk.shops.answers import Answer
from desk.shops.attributes import attributes_of
from desk.shops.port import SkuStock
from desk.shops.words import spell
from desk.turns import Turn

_SHORTEST = 2
_ENDS = ("款", "味")


def with_own_kind(
    turn: Turn, picked: Picked, answers: Sequence[Answer[tuple[SkuStock, ...]]]
) -> Picked:
    """The same; where the customer named one value of a property, with that among the wanted.

    It takes the place of another value of that property, which was talked of before.
    """
    skus = [sku for each in answers for sku in each.value or ()]
    for words in (turn.text, turn.slots.get(SAID, "")):
        for values in values_of(skus).values():
            named = [each for each in values if _is_named(each, words, picked.product.title)]
            if len(named) == 1 and len(values) > 1 and not _is_meant(named[0], picked):
                return _wanting(picked, named[0], values)
    return picked


def _is_meant(value: str, picked: Picked) -> bool:
    """Whether a word says so already: 珊瑚色 is 珊瑚."""
    return any(_plain(value) in spell(word) for word in picked.wanted)


def _wanting(picked: Picked, value: str, values: dict[str, None]) -> Picked:
    others = tuple(word for word in picked.wanted if word not in values)
    kind = replace(picked, wanted=(*others, value))
    return replace(kind, do=(*kind.do, Remember({"color": kind.color, "size": kind.size})))


def _is_named(value: str, words: str, title: str) -> bool:
    plain = _plain(value)
    if len(plain) < _SHORTEST or attributes_of(value) or plain in spell(title):
        return False
    return plain in spell(words)


def _plain(value: str) -> str:
    plain = spell(value).strip()
    for end in _ENDS:
        plain = plain.removesuffix(end)
    return plain
