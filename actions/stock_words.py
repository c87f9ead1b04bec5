"""Stock in words: a line per shop, few kinds one by one, many kinds as a summary."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from actions.naming import called
from actions.which_product import Picked
from desk.kernel.messages import Phrase, phrase
from desk.shops.answers import Answer, AnswerState
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock
from desk.turns import Turn

_LISTED = 6
_LOW = 3
_MOST_VALUES = 12
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

StockAnswer = Answer[tuple[SkuStock, ...]]


def stock_of(turn: Turn, picked: Picked, answers: Sequence[StockAnswer]) -> Phrase:
    """The answer to "is it there": the product, what of it was asked for, each shop's figure."""
    silent = tuple(phrase("stock.shop_silent", shop=shop) for shop in picked.silent)
    lines = (*(_shop_line(each, picked, turn) for each in answers), *silent)
    title, wanted = called(picked.product.title), " ".join(picked.wanted)
    if wanted:
        return phrase("stock.answer_wanted", title=title, wanted=wanted, shops=lines)
    return phrase("stock.answer", title=title, shops=lines)


def wanted_left(answers: Sequence[StockAnswer], wanted: Sequence[str]) -> tuple[SkuStock, ...]:
    """The SKUs with the wanted words that any shop still has."""
    return tuple(
        sku
        for answer in answers
        for sku in filter_skus(answer.value or (), wanted)
        if sku.available > 0
    )


def kinds_of(skus: Sequence[SkuStock], *, varying: bool = False) -> str:
    """The values that can be had, property by property: 白色、粉色；21、22、23.

    `varying` leaves out the properties that are the same for all.
    """
    values: dict[str, dict[str, None]] = {}
    for sku in skus:
        for name, value in sku.properties:
            values.setdefault(name, {})[value] = None
    shown = [each for each in values.values() if len(each) > 1 or not varying]
    return "；".join(_in_order(each) for each in shown or values.values())


def _in_order(values: Iterable[str]) -> str:
    """Numbers by size, other values as the shop shows them."""
    found = list(values)
    if all(_NUMBER.fullmatch(each) for each in found):
        found.sort(key=Decimal)
    return "、".join(found[:_MOST_VALUES])


def instead(answers: Sequence[StockAnswer], wanted: Sequence[str]) -> tuple[Phrase, ...]:
    """What comes near to the wanted: the same size in other colours, and the other way round."""
    near = tuple(
        phrase("stock.others_of", word=word, names=kinds_of(left, varying=True))
        for word in wanted
        if len(wanted) > 1 and (left := wanted_left(answers, (word,)))
    )
    others = wanted_left(answers, ())
    if near or not others:
        return near
    return (phrase("stock.others", names=kinds_of(others)),)


def _shop_line(answer: StockAnswer, picked: Picked, turn: Turn) -> Phrase:
    if not answer.is_known:
        return phrase("stock.shop_silent", shop=answer.shop_name)
    figure = _figure(filter_skus(answer.value or (), picked.wanted))
    at = answer.as_of or turn.now
    stale = answer.state is AnswerState.STALE
    key = "stock.shop_stale" if stale else "stock.shop_fresh"
    return phrase(key, shop=answer.shop_name, figure=figure, at=at)


def _figure(skus: tuple[SkuStock, ...]) -> Phrase:
    """One SKU, a few, or a summary of many."""
    left = [sku for sku in skus if sku.available > 0]
    if not skus:
        return phrase("stock.no_such_sku")
    if not left:
        return phrase("stock.none_left")
    if len(left) == 1 and len(skus) == 1:
        return phrase("stock.only", count=left[0].available, price=left[0].price)
    if len(left) <= _LISTED:
        return phrase("stock.listed", skus=tuple(_sku(sku) for sku in left))
    total = sum(sku.available for sku in left)
    return phrase("stock.many", kinds=len(left), count=total, names=kinds_of(left))


def _sku(sku: SkuStock) -> Phrase:
    key = "stock.sku_low" if sku.available <= _LOW else "stock.sku"
    name = " ".join(value for _, value in sku.properties) or phrase("stock.default_kind")
    return phrase(key, name=name, count=sku.available, price=sku.price)
