"""Safety stock: the last pieces that customers never hear of, as shops sell in several places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desk.shops.port import ItemId, PlaceStock, SkuStock
from desk.shops.words import letters


@dataclass(frozen=True, slots=True)
class SafetyStock:
    """How many pieces of each SKU are kept back.

    What is said of an item comes before what is said of a word of its title, that before what is
    said of its shop, and that before `default`. Of several words the one that keeps most counts.
    """

    default: int = 0
    shops: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[ItemId, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)

    def pieces(self, item: ItemId, title: str) -> int:
        """How many pieces of each SKU of an item are kept back."""
        if (of_item := self.items.get(item)) is not None:
            return of_item
        name = letters(title)
        named = [pieces for word, pieces in self.words.items() if letters(word) in name]
        if named:
            return max(named)
        return self.shops.get(item.shop, self.default)

    def of_all(self, skus: Sequence[SkuStock], title: str) -> tuple[SkuStock, ...]:
        """SKUs of a product as customers may hear of them."""
        return tuple(self.sellable(sku, title) for sku in skus)

    def sellable(self, sku: SkuStock, title: str) -> SkuStock:
        """A SKU without the pieces kept back; never below 0.

        Each place keeps them back too, and none has more than there are in all.
        """
        kept = self.pieces(sku.item, title)
        if kept == 0:
            return sku
        available = max(0, sku.available - kept)
        places = tuple(_without(each, kept, available) for each in sku.places)
        return replace(sku, available=available, places=places)


def _without(place: PlaceStock, kept: int, most: int) -> PlaceStock:
    return replace(place, available=min(most, max(0, place.available - kept)))
