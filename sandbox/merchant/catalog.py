"""What the merchant sells, once, with each platform's own ids and stock beside it."""

from dataclasses import dataclass, field
from itertools import product as combinations

from pydantic import ConfigDict

from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class Listing:
    """A product's place on one platform. `first_sku` 0: the product has no variants there."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    item_id: str
    first_sku: int
    stock: int | list[int]


@dataclass(frozen=True, slots=True)
class Product:
    """One product; `price` in fen, `axes` maps an axis name to its values."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    title: str
    nicks: list[str]
    category: str
    price: int
    axes: dict[str, list[str]] = field(default_factory=dict)
    youzan: Listing | None = None
    tmall: Listing | None = None

    def variants(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Every combination of (axis, value) pairs; one empty combination without axes."""
        names = tuple(self.axes)
        return tuple(
            tuple(zip(names, values, strict=True)) for values in combinations(*self.axes.values())
        )


def load_catalog() -> tuple[Product, ...]:
    """All products in the order of the file."""
    return tuple(read("catalog.yml", list[Product]))
