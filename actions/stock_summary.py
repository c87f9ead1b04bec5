"""Stock of many shops in few lines: how many have it, at which price, and each one's pieces."""

from collections.abc import Sequence
from functools import reduce

from actions.kinds import kinds_of
from desk.kernel.messages import Phrase, phrase
from desk.kernel.money import Fen
from desk.shops.answers import Answer, AnswerState
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock

FROM = 3
"""So many shops are told together; of fewer each gets its own line."""
_FEW_KINDS = 6

StockAnswer = Answer[tuple[SkuStock, ...]]


def told_together(answers: Sequence[StockAnswer]) -> tuple[StockAnswer, ...]:
    """The answers that one summary tells: fresh ones, where there are enough of them."""
    fresh = tuple(each for each in answers if each.state is AnswerState.FRESH and each.value)
    return fresh if len(fresh) >= FROM else ()


def summary(answers: Sequence[StockAnswer], wanted: Sequence[str]) -> tuple[Phrase, ...]:
    """A line for all shops, then the kinds with their pieces, then who has none."""
    of_shop = [(each, filter_skus(each.value or (), wanted)) for each in answers]
    having = [(each, left) for each, skus in of_shop if (left := _left(skus))]
    without = [each.shop_name for each, skus in of_shop if not _left(skus)]
    if not having:
        return (phrase("stock.shops_none", count=len(without)),)
    kinds = {_kind(sku) for _, left in having for sku in left}
    lines = _by_kind(having) if 1 < len(kinds) <= _FEW_KINDS else _by_shop(having, len(kinds))
    none = (phrase("stock.shops_without", shops="、".join(without)),) if without else ()
    return (_head(having, bool(without)), *lines, *none)


Having = tuple[StockAnswer, tuple[SkuStock, ...]]


def _head(having: Sequence[Having], some_lack: bool) -> Phrase:
    prices = {sku.price for _, left in having for sku in left}
    key = "stock.at_price" if len(prices) == 1 else "stock.from_price"
    asked = [each.as_of for each, _ in having if each.as_of is not None]
    head = "stock.shops_some" if some_lack else "stock.shops_all"
    said = phrase(key, price=Fen(min(prices)))
    return phrase(head, count=len(having), said=said, at=min(asked, default=""))


def _by_shop(having: Sequence[Having], kinds: int) -> tuple[Phrase, ...]:
    every = tuple(sku for _, left in having for sku in left)
    names = (phrase("stock.indented", kinds=kinds_of(every)),) if kinds > 1 else ()
    pieces = [
        phrase("stock.shop_pieces", shop=each.shop_name, count=sum(sku.available for sku in left))
        for each, left in having
    ]
    return (*names, phrase("stock.indented", kinds=_row(pieces)))


def _by_kind(having: Sequence[Having]) -> tuple[Phrase, ...]:
    same = frozenset.intersection(*(_kind(sku) for _, left in having for sku in left))
    rows: dict[str, list[Phrase]] = {}
    for each, left in having:
        for sku in left:
            name = " ".join(value for _, value in sku.properties if value not in same)
            told = phrase("stock.shop_pieces", shop=each.shop_name, count=sku.available)
            rows.setdefault(name, []).append(told)
    return tuple(
        phrase("stock.kind_in_shops", name=name, shops=_row(told)) for name, told in rows.items()
    )


def _kind(sku: SkuStock) -> frozenset[str]:
    """What a SKU is by its values: shops neither name nor order their properties alike."""
    return frozenset(value for _, value in sku.properties)


def _row(parts: Sequence[Phrase]) -> Phrase:
    return reduce(lambda one, more: phrase("stock.and", one=one, next=more), parts)


def _left(skus: Sequence[SkuStock]) -> tuple[SkuStock, ...]:
    return tuple(sku for sku in skus if sku.available > 0)
