"""Who is told of which piece: in the order they asked, never more than there are pieces."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.kernel.ids import WishId
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock
from desk.wishes.model import Queue, Wish


@dataclass(frozen=True, slots=True)
class Met:
    """A wish that can be met; `skus` are the kinds that fit it and are there.

    `alike` are this and all other wishes that the person is told of by the same words.
    """

    wish: Wish
    skus: tuple[SkuStock, ...]
    alike: tuple[WishId, ...]

    @property
    def pieces(self) -> int:
        """How many pieces there are of what fits."""
        return sum(sku.available for sku in self.skus)


def met_by(skus: Sequence[SkuStock], queue: Queue) -> tuple[Met, ...]:
    """Choose who is told of this stock of one item, each person once.

    Everybody who is told has a piece in mind: that of those told before is not offered again,
    and whoever finds none waits on.
    """
    left = {sku.sku: max(0, sku.available) for sku in skus}
    for wish in queue.told:
        _take(skus, wish, left)
    alike: dict[tuple[object, ...], list[Wish]] = {}
    for wish in queue.waiting:
        alike.setdefault((wish.person, wish.wanted), []).append(wish)
    met: list[Met] = []
    for wishes in alike.values():
        first = wishes[0]
        if _take(skus, first, left):
            fitting = tuple(sku for sku in _fitting(skus, first) if sku.available > 0)
            met.append(Met(first, fitting, tuple(wish.id for wish in wishes)))
    return tuple(met)


def _take(skus: Sequence[SkuStock], wish: Wish, left: dict[str, int]) -> bool:
    """Set a piece aside, of the kind of which there are most."""
    kinds = [sku.sku for sku in _fitting(skus, wish) if left[sku.sku] > 0]
    if not kinds:
        return False
    left[max(kinds, key=left.__getitem__)] -= 1
    return True


def _fitting(skus: Sequence[SkuStock], wish: Wish) -> tuple[SkuStock, ...]:
    return filter_skus(skus, wish.wanted)
