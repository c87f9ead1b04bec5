"""Times finding over a large catalogue, beside rapidfuzz's process.extract; JSON on stdout.

`python -m bench.finding` runs it and writes the report.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from bot.vocabulary import load_vocabulary
from desk.kernel.money import Fen
from desk.shops.finding import Goods, find
from desk.shops.port import Item, ItemId
from desk.shops.products import Product
from tests.desk.shops.wordings.measuring import lines_of, other_goods, sandbox_goods

PRODUCTS = 20_000
QUESTIONS = 200


def large_catalogue() -> tuple[Product, ...]:
    """Titles put together from the words of those that are measured with; always the same."""
    dice = random.Random(20_000)  # noqa: S311  nothing secret
    titles = [each.title for goods in (other_goods(), sandbox_goods()) for each in goods.products]
    words = sorted({word for title in titles for word in title.split()})
    return tuple(_product(at, _title(dice, titles, words, at)) for at in range(PRODUCTS))


def _title(dice: random.Random, titles: list[str], words: list[str], at: int) -> str:
    known = dice.choice(titles).split()
    middle = dice.sample(known, min(len(known), 3))
    return " ".join((dice.choice(words), *middle, dice.choice(words), f"款{at}"))


def _product(at: int, title: str) -> Product:
    return Product(title, (Item(ItemId("shop", str(at)), title, Fen(100), Fen(100)),))


def milliseconds(ask: Callable[[str], object], questions: list[str]) -> dict[str, float]:
    """How long a question takes: median and 95th percentile."""
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(took, n=20)
    return {"p50": round(cuts[9], 2), "p95": round(cuts[18], 2)}


def measure() -> dict[str, object]:
    """Time both, and count what they find."""
    before = [each for name in ("sandbox", "goods") for each in lines_of(f"{name}_before.txt")]
    questions = [line.wording for line in before][:: len(before) // QUESTIONS or 1]
    began = time.perf_counter()
    goods = Goods(large_catalogue(), load_vocabulary())
    arranged = time.perf_counter() - began
    titles = [each.title for each in goods.products]
    find(goods, questions[0])
    return {
        "products": len(titles),
        "arranged_seconds": round(arranged, 1),
        "ours": milliseconds(lambda said: find(goods, said), questions),
        "rapidfuzz": milliseconds(
            lambda said: process.extract(said, titles, scorer=fuzz.WRatio, limit=4), questions
        ),
        "right": right(),
    }


def right() -> dict[str, int]:
    """Of the wordings that mean one product, how many lead each way to it first."""
    count = {"ours": 0, "rapidfuzz": 0, "lines": 0}
    for name, goods in (("sandbox", sandbox_goods()), ("goods", other_goods())):
        titles = {each.ids[0].item: each.title for each in goods.products}
        for line in (*lines_of(f"{name}_before.txt"), *lines_of(f"{name}_after.txt")):
            if len(line.keys) == 1:
                count["lines"] += 1
                count["ours"] += _ours(goods, line.wording) == line.keys[0]
                count["rapidfuzz"] += _theirs(titles, line.wording) == line.keys[0]
    return count


def _ours(goods: Goods, said: str) -> str:
    best = find(goods, said).best
    return best.ids[0].item if best else ""


def _theirs(titles: dict[str, str], said: str) -> str:
    return str(process.extract(said, titles, scorer=fuzz.WRatio, limit=1)[0][2])


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
