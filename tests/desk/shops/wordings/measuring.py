"""How often the product that is meant is found, on lines of wordings.

`wording = key`: this product, without asking. `wording = key, key`: it is asked which, and these
are among those that are shown. `wording = -`: nothing that is sold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.vocabulary import load_vocabulary
from desk.shops.finding import Goods, find
from desk.shops.matching import group
from tests.desk.shops.shelf import item

HERE = Path(__file__).parent
SANDBOX = HERE.parents[3] / "sandbox" / "merchant" / "catalog.yml"
_SHOWN = 4


@dataclass(frozen=True)
class Line:
    """A wording and the keys of what it means: one, several to ask between, or none."""

    wording: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Miss:
    """A wording that was taken for something else."""

    line: Line
    found: str


@dataclass(frozen=True)
class Measured:
    """How many lines came out right, and those that did not."""

    count: int
    misses: tuple[Miss, ...]

    @property
    def share(self) -> float:
        """Of all lines, those that came out right."""
        return 1 - len(self.misses) / self.count

    @property
    def wrong_guesses(self) -> tuple[Miss, ...]:
        """Those where another product was answered about without asking."""
        return tuple(miss for miss in self.misses if miss.found.startswith("!"))


def lines_of(name: str) -> tuple[Line, ...]:
    """Read a file of wordings."""
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (row.rpartition("=") for row in rows if row and not row.startswith("#"))
    return tuple(
        Line(wording.strip(), tuple(key.strip() for key in keys.split(",") if key.strip() != "-"))
        for wording, _, keys in pairs
    )


def sandbox_goods() -> Goods:
    """What the sandbox merchant sells."""
    data = yaml.safe_load(SANDBOX.read_text(encoding="utf-8"))
    return _goods({each["key"]: each["title"] for each in data})


def other_goods() -> Goods:
    """What merchants of other trades sell."""
    return _goods(yaml.safe_load((HERE / "goods.yml").read_text(encoding="utf-8")))


def measure(goods: Goods, lines: Sequence[Line]) -> Measured:
    """Find all wordings."""
    misses = [miss for line in lines if (miss := _miss(goods, line))]
    return Measured(len(lines), tuple(misses))


def _miss(goods: Goods, line: Line) -> Miss | None:
    found = find(goods, line.wording)
    shown = [each.product.ids[0].item for each in found.candidates[:_SHOWN]]
    if not line.keys:
        right = not shown
    elif len(line.keys) == 1:
        right = found.is_clear and shown[0] == line.keys[0]
    else:
        right = not found.is_clear and set(line.keys) <= set(shown)
    if right:
        return None
    guessed = found.is_clear and shown[0] not in line.keys
    scores = ", ".join(f"{each.product.ids[0].item} {each.score}" for each in found.candidates[:4])
    return Miss(line, f"{'!' if guessed else '?'} {scores}")


def _goods(titles: dict[str, str]) -> Goods:
    items = [item("yz", key, title) for key, title in titles.items()]
    return Goods(group([items]), load_vocabulary())
