"""Stock in words: a line per shop, few kinds one by one, many kinds as a summary."""

from collections.abc import Sequence
from functools import reduce

from actions.kinds import kinds_beside, kinds_like, kinds_of, not_made, values_of
from actions.naming import called
from actions.stock_places import to_fetch
from actions.stock_summary import StockAnswer, summary, told_together
from actions.which_product import Picked
from desk.kernel.messages import Phrase, phrase
from desk.kernel.money import Fen
from desk.shops.answers import AnswerState
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock
from desk.turns import Turn

_LISTED = 6
_LOW = 3


def stock_of(turn: Turn, picked: Picked, answers: Sequence[StockAnswer]) -> Phrase:
    """The answer to "is it there": the product, what of it was asked for, each shop's figure."""
    unheard = [each.shop_name for each in answers if not each.is_known]
    shops = "、".join((*unheard, *picked.silent))
    silent = (phrase("stock.shop_silent", shop=shops),) if shops else ()
    later = (phrase("stock.ask_later"),) if len(unheard) == len(answers) else ()
    together = told_together(answers)
    summed = summary(together, picked.wanted) if together else ()
    fetch = [line for each in together for line in _to_fetch(each, picked)]
    apart = [each for each in answers if each.is_known and each not in together]
    told = [line for each in apart for line in _shop_lines(each, picked, turn)]
    lines = (*summed, *fetch, *told, *silent, *later)
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


def left_of(skus: Sequence[SkuStock]) -> Phrase:
    """Whether there is any of the SKUs (at least one), and from which price."""
    left = [sku for sku in skus if sku.available > 0]
    if not left:
        return phrase("stock.none_left")
    prices = {sku.price for sku in left}
    key = "stock.at_price" if len(prices) == 1 else "stock.from_price"
    return phrase(key, price=Fen(min(prices)))


def never_made(picked: Picked, answers: Sequence[StockAnswer]) -> tuple[str, ...]:
    """The wanted words that the product does not come in; none while a shop is silent."""
    if picked.silent or not all(each.is_known for each in answers):
        return ()
    return not_made([sku for each in answers for sku in each.value or ()], picked.wanted)


def no_such_kind(picked: Picked, answers: Sequence[StockAnswer], lacking: Sequence[str]) -> Phrase:
    """Say that the product does not come so, and what there is."""
    title, said = called(picked.product.title), " ".join(lacking)
    if len(lacking) > 1 and (near := instead(answers, lacking)):
        return phrase("stock.no_such_pair", title=title, wanted=said, others=near)
    met = tuple(word for word in picked.wanted if word not in lacking)
    left = wanted_left(answers, met) or wanted_left(answers, ())
    if not left:
        return phrase("stock.no_such_kind_nor_other", title=title, wanted=said)
    names = kinds_like(lacking[0], left) if len(lacking) == 1 else kinds_of(left)
    return phrase("stock.no_such_kind", title=title, wanted=said, names=names)


def instead(answers: Sequence[StockAnswer], wanted: Sequence[str]) -> tuple[Phrase, ...]:
    """What comes near to the wanted: the same size in other colours, and the other way round."""
    near = tuple(
        phrase("stock.others_of", word=word, names=kinds_beside(word, left))
        for word in wanted
        if len(wanted) > 1 and (left := wanted_left(answers, (word,)))
    )
    others = wanted_left(answers, ())
    if near or not others:
        return near
    return (phrase("stock.others", names=kinds_of(others)),)


def _to_fetch(answer: StockAnswer, picked: Picked) -> tuple[Phrase, ...]:
    return tuple(to_fetch(filter_skus(answer.value or (), picked.wanted)))


def _shop_lines(answer: StockAnswer, picked: Picked, turn: Turn) -> tuple[Phrase, ...]:
    skus = filter_skus(answer.value or (), picked.wanted)
    at = answer.as_of or turn.now
    stale = answer.state is AnswerState.STALE
    key = "stock.shop_stale" if stale else "stock.shop_fresh"
    line = phrase(key, shop=answer.shop_name, figure=_figure(skus), at=at)
    return (line, *to_fetch(skus))


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
        return _listed(left)
    total = sum(sku.available for sku in left)
    names, prices = kinds_of(left), {sku.price for sku in left}
    if len(prices) > 1:
        return phrase("stock.many", kinds=len(left), count=total, names=names)
    price = left[0].price
    return phrase("stock.many_at", kinds=len(left), count=total, price=price, names=names)


def _listed(left: Sequence[SkuStock]) -> Phrase:
    """Each SKU by what tells it from the others; a price that is the same for all only once."""
    varying = {name for name, values in values_of(left).items() if len(values) > 1}
    if len(left) == 1 or len({sku.price for sku in left}) > 1:
        return phrase("stock.listed", skus=tuple(_sku(sku, varying) for sku in left))
    kinds = tuple(_kind(sku, varying) for sku in left)
    if len(varying) == 1:
        kinds = (reduce(lambda one, more: phrase("stock.and", one=one, next=more), kinds),)
    lines = tuple(phrase("stock.indented", kinds=each) for each in kinds)
    return phrase("stock.listed_at", price=left[0].price, skus=lines)


def _sku(sku: SkuStock, varying: set[str]) -> Phrase:
    key = "stock.sku_low" if sku.available <= _LOW else "stock.sku"
    return phrase(key, name=_name(sku, varying), count=sku.available, price=sku.price)


def _kind(sku: SkuStock, varying: set[str]) -> Phrase:
    key = "stock.kind_low" if sku.available <= _LOW else "stock.kind"
    return phrase(key, name=_name(sku, varying), count=sku.available)


def _name(sku: SkuStock, varying: set[str]) -> Phrase | str:
    values = [value for name, value in sku.properties if name in varying or not varying]
    return " ".join(values) or phrase("stock.default_kind")
