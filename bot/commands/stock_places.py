"""Where the pieces of a product lie, and how many of them customers do not hear of."""

from collections import Counter
from collections.abc import Sequence

from desk.kernel.messages import Phrase, phrase
from desk.shops.port import PlaceKind, SkuStock


def place_lines(skus: Sequence[SkuStock]) -> tuple[Phrase, ...]:
    """A line for each place that has any, warehouses first; none where a shop knows one heap."""
    pieces: Counter[tuple[PlaceKind, str]] = Counter()
    for sku in skus:
        for place in sku.places:
            pieces[place.kind, place.name] += place.available
    ordered = sorted(pieces.items(), key=lambda each: (each[0][0] is PlaceKind.STORE, -each[1]))
    return tuple(
        phrase("cmd.stock.place", name=name, kind=Phrase(f"place.{kind}"), count=count)
        for (kind, name), count in ordered
        if count > 0
    )


def kept_back(skus: Sequence[SkuStock], sellable: Sequence[SkuStock]) -> tuple[Phrase, ...]:
    """What customers hear, where that is less than there is."""
    total = sum(max(0, sku.available) for sku in skus)
    told = sum(max(0, sku.available) for sku in sellable)
    return (phrase("cmd.stock.kept_back", told=told, kept=total - told),) if told < total else ()
