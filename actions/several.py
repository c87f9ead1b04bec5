"""Few products that may be meant: all of them are answered on at once, and one can be chosen."""

from collections.abc import Awaitable, Callable, Sequence
from functools import reduce

from actions.naming import called
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.shops.attributes import filter_skus, stages_of
from desk.shops.port import SkuStock, read_item
from desk.shops.products import Candidate, Product
from desk.shops.wish import wording_of
from desk.turns import Turn

MOST = 3
"""So many products can be told about in one message."""

OfEach = Callable[[Sequence[SkuStock]], Phrase]
"""What is told of a product, from the SKUs (at least one) that a shop has of it."""
Telling = Callable[[Desk, Sequence[Candidate], Sequence[str]], Awaitable[Phrase]]
"""The question which of few products is meant, with what is asked about each of them."""

_LONGEST_FILLER = 1


def telling(key: str, of_each: OfEach) -> Telling:
    """Make a question with a line on each product; `of_each` says what a shop has of it."""

    async def tell(desk: Desk, candidates: Sequence[Candidate], kinds: Sequence[str]) -> Phrase:
        products = [each.product for each in candidates]
        lines = tuple([await _line(desk, each, kinds, of_each) for each in products])
        return phrase(key, wanted=" ".join(kinds), lines=lines)

    return tell


async def narrowed(turn: Turn, desk: Desk, kinds: Sequence[str]) -> tuple[Candidate, ...]:
    """Those of the products that we asked about that come in the kinds named now.

    Empty where nothing was asked, or where the message names more than kinds; all of them where
    the kinds fit none.
    """
    asked = turn.conversation.dialogue.pending
    if asked is None or asked.expects != "product" or not kinds:
        return ()
    thing = turn.slots.get("product") or turn.text
    if len(wording_of(thing)) > _LONGEST_FILLER:
        return ()
    items = [option.slots["item"] for option in asked.options if "item" in option.slots]
    products = [await desk.shops.product_of(read_item(item)) for item in items]
    listed = [each for each in products if each is not None]
    fitting = [each for each in listed if await _comes_in(desk, each, kinds)]
    return tuple(Candidate(each, 0) for each in fitting or listed)


async def coming_in(
    desk: Desk, candidates: tuple[Candidate, ...], kinds: Sequence[str]
) -> tuple[Candidate, ...]:
    """Those of few candidates that come in the kinds, or may for all we know; all if none does."""
    if not kinds or len(candidates) > MOST:
        return candidates
    fitting = [each for each in candidates if await _may_come_in(desk, each.product, kinds)]
    return tuple(fitting) or candidates


async def _may_come_in(desk: Desk, product: Product, kinds: Sequence[str]) -> bool:
    answers = await desk.shops.stock(product)
    skus = [sku for answer in answers for sku in answer.value or ()]
    return not all(answer.is_known for answer in answers) or bool(filter_skus(skus, kinds))


async def _comes_in(desk: Desk, product: Product, kinds: Sequence[str]) -> bool:
    stages = stages_of(product.title)
    if stages and any(stages_of(word) - stages for word in kinds):
        return False
    return bool(filter_skus(await _skus(desk, product), kinds))


async def _skus(desk: Desk, product: Product) -> list[SkuStock]:
    answers = await desk.shops.stock(product)
    return [sku for answer in answers for sku in answer.value or ()]


async def _line(desk: Desk, product: Product, kinds: Sequence[str], of_each: OfEach) -> Phrase:
    """One product: the same for all shops, or shop by shop."""
    told: dict[str, Phrase] = {}
    answers = await desk.shops.stock(product)
    for answer in answers:
        if skus := filter_skus(answer.value or (), kinds):
            told[answer.shop_name] = of_each(skus)
    same = len({str(each) for each in told.values()}) == 1
    says = list(told.values())[:1] if same else [_at(shop, each) for shop, each in told.items()]
    if not says:
        known = all(answer.is_known for answer in answers)
        says = [phrase("stock.no_such_sku" if known else "several.unknown")]
    joined = reduce(lambda one, more: phrase("several.and", one=one, next=more), says)
    return phrase("several.line", title=called(product.title), told=joined)


def _at(shop: str, told: Phrase) -> Phrase:
    return phrase("several.at", shop=shop, told=told)
