"""大一码: counted in the product's own sizes, from the one talked about or bought last."""

import re
from dataclasses import replace

from actions.asking import ask_for
from actions.buyers import own_orders
from actions.naming import called
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.products import Product
from desk.shops.words import spell
from desk.turns import Turn

STEP = "step"
"""The slot with how many sizes up (or down), while the customer is asked for their own."""

_STEP = re.compile(r"(?P<way>[大小])(?:(?P<count>[一1半两2])个?[码号]|一?[点些](?!声|心|儿?声))")
_NUMBER = re.compile(r"(\d{1,3}(?:\.5)?)(?:码|号|cm)?(?![\w.*~-])")
_LETTERS = ("nb", "xs", "s", "m", "l", "xl", "xxl", "xxxl")
_LETTER = re.compile(r"(nb|x{0,3}[sl]|m|[23]xl)(?:码|号)?(?![a-z])")
_SEVERAL = 2
_ALSO = {"2xl": "xxl", "3xl": "xxxl"}


def step_in(text: str) -> int:
    """How many sizes up (or, negative, down) a text asks for; 0 where it asks for none."""
    found = _STEP.search(text)
    if found is None:
        return 0
    count = 2 if found["count"] in ("两", "2") else 1
    return count if found["way"] == "大" else -count


def without_step(text: str) -> str:
    """The text without the words for a size up or down, in which no size is named."""
    return _STEP.sub(" ", text)


async def stepped(turn: Turn, desk: Desk, product: Product, size: str) -> str | Outcome | None:
    """The size that a step leads to, counted from `size`, else from the one bought last.

    An Outcome asks for the size to count from, or says that there is none beyond it; None where
    no step is asked for, or the product comes in one size.
    """
    asked = int(turn.slots.get(STEP, "0"))
    step = asked or step_in(turn.slots.get("size") or turn.text)
    if not step:
        return None
    ranks = await _ranks(desk, product)
    if len(ranks) < _SEVERAL:
        return None
    base = turn.slots.get("size", "") if asked else size or await _bought(turn, desk, product)
    start = _rank(base)
    if start is None:
        waiting = replace(turn, slots={**turn.slots, STEP: str(step)})
        return ask_for(waiting, phrase("product.what_size_now"), "size")
    beyond = sorted(each for each in ranks if (each > start) == (step > 0) and each != start)
    on_the_way = beyond if step > 0 else beyond[::-1]
    if len(on_the_way) >= abs(step):
        return ranks[on_the_way[abs(step) - 1]]
    key = "product.no_bigger" if step > 0 else "product.no_smaller"
    return Outcome((Say(phrase(key, title=called(product.title), size=base)),))


async def _bought(turn: Turn, desk: Desk, product: Product) -> str:
    """The size of the customer's last order of the product, "" where none is known."""
    orders = (await own_orders(turn, desk)).orders
    lines = [line for order in orders for line in order.lines if line.item in product.ids]
    values = (value for line in lines for _, value in line.properties)
    return next((value for value in values if _rank(value) is not None), "")


async def _ranks(desk: Desk, product: Product) -> dict[float, str]:
    """The sizes that the product comes in, by their rank."""
    answers = await desk.shops.stock(product)
    skus = [sku for answer in answers for sku in answer.value or ()]
    found: dict[float, str] = {}
    for value in (value for sku in skus for _, value in sku.properties):
        if (rank := _rank(value)) is not None:
            found.setdefault(rank, value)
    return found


def _rank(size: str) -> float | None:
    """Where a size stands among sizes of its sort; None for what is no size."""
    plain = spell(size).strip()
    if number := _NUMBER.match(plain):
        return float(number[1])
    if letter := _LETTER.match(plain):
        return -100.0 + _LETTERS.index(_ALSO.get(letter[1], letter[1]))
    return None
