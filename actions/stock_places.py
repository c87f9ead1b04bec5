"""The stores where what was asked for lies and can be fetched; warehouses concern no customer."""

from collections import Counter
from collections.abc import Sequence

from desk.kernel.messages import Phrase, phrase
from desk.shops.port import PlaceKind, SkuStock

_SHOWN = 3


def to_fetch(skus: Sequence[SkuStock]) -> tuple[Phrase, ...]:
    """A line for each store that has some of the SKUs, those with most first."""
    pieces: Counter[str] = Counter()
    for sku in skus:
        for place in sku.places:
            if place.kind is PlaceKind.STORE and place.available > 0:
                pieces[place.name] += place.available
    return tuple(
        phrase("stock.at_store", store=name, count=count)
        for name, count in pieces.most_common(_SHOWN)
    )
