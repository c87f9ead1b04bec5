"""A product as customers see it: the same thing in two shops is one product."""

from dataclasses import dataclass

from desk.kernel.money import Fen
from desk.shops.port import Item, ItemId


@dataclass(frozen=True, slots=True)
class Product:
    """A thing that is sold, with its entry in each shop, in the order of the shops' file.

    `title` is the first shop's.
    """

    title: str
    items: tuple[Item, ...]

    @property
    def ids(self) -> tuple[ItemId, ...]:
        """The product's number in each shop."""
        return tuple(item.id for item in self.items)

    @property
    def price_low(self) -> Fen:
        """The lowest listed price over all shops, in fen."""
        return min(item.price_low for item in self.items)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be meant; `score` in thousandths.

    What the customer met before may stand above 1000."""

    product: Product
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a customer may have meant, best first (at most ten).

    `is_clear`: the first one is meant, no need to ask. `wanted`: size, colour and stage words of
    the question, for `matching.filter_skus`. `silent`: names of shops whose products are not
    known now; "not found" must be said with care when there are any.
    """

    candidates: tuple[Candidate, ...]
    is_clear: bool
    wanted: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def best(self) -> Product | None:
        """The likeliest product."""
        return self.candidates[0].product if self.candidates else None


@dataclass(frozen=True, slots=True)
class PriceRange:
    """Lowest and highest price of a product in one shop now, in fen."""

    item: ItemId
    low: Fen
    high: Fen
