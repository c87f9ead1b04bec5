"""One platform's shelf: items and variants with the platform's ids and a stock that can change."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.merchant.catalog import Listing, Product

SKU_STEP = 7


@dataclass(slots=True)
class ShelfSku:
    """One variant; `price` in fen. `sku_id` is 0 for a product without variants."""

    sku_id: int
    values: tuple[tuple[str, str], ...]
    price: int
    quantity: int
    outer_id: str

    @property
    def label(self) -> str:
        """The values joined by "/", as the seeds name a variant."""
        return "/".join(value for _, value in self.values)


@dataclass(slots=True)
class ShelfItem:
    """One item on sale."""

    item_id: str
    product: Product
    skus: list[ShelfSku]

    @property
    def quantity(self) -> int:
        """Pieces over all variants."""
        return sum(sku.quantity for sku in self.skus)

    @property
    def has_variants(self) -> bool:
        """Whether a buyer chooses among variants."""
        return bool(self.product.axes)

    def sku(self, sku_id: int) -> ShelfSku | None:
        """The variant with that id."""
        return next((sku for sku in self.skus if sku.sku_id == sku_id), None)

    def labelled(self, label: str) -> ShelfSku:
        """The variant the seeds name `label`. Raises StopIteration for a wrong seed."""
        return next(sku for sku in self.skus if sku.label == label)


class Shelf:
    """All items of one shop."""

    def __init__(self, items: Iterable[ShelfItem]) -> None:
        self._items = {item.item_id: item for item in items}

    def all(self) -> list[ShelfItem]:
        """Every item in the catalog's order."""
        return list(self._items.values())

    def item(self, item_id: str) -> ShelfItem | None:
        """The item with the platform's id."""
        return self._items.get(item_id)

    def keyed(self, key: str) -> ShelfItem:
        """The item of the catalog's product `key`."""
        return next(item for item in self._items.values() if item.product.key == key)

    def search(self, words: str) -> list[ShelfItem]:
        """Items whose title has every word, as the platforms' own `q` does."""
        terms = words.casefold().split()
        return [
            item
            for item in self._items.values()
            if all(term in item.product.title.casefold() for term in terms)
        ]

    def holder(self, sku_id: int) -> tuple[ShelfItem, ShelfSku] | None:
        """The item and variant of a sku id."""
        found = ((item, item.sku(sku_id)) for item in self._items.values() if sku_id)
        return next(((item, sku) for item, sku in found if sku), None)


def stock(products: Iterable[tuple[Product, Listing | None]]) -> Shelf:
    """A full shelf of those products that are listed."""
    return Shelf(_item(product, listing) for product, listing in products if listing)


def _item(product: Product, listing: Listing) -> ShelfItem:
    variants = product.variants()
    amounts = listing.stock if isinstance(listing.stock, list) else [listing.stock] * len(variants)
    skus = [
        ShelfSku(
            listing.first_sku + index * SKU_STEP if listing.first_sku else 0,
            values,
            product.price,
            quantity,
            f"{product.key}-{index + 1:02d}".upper(),
        )
        for index, (values, quantity) in enumerate(zip(variants, amounts, strict=True))
    ]
    return ShelfItem(listing.item_id, product, skus)
