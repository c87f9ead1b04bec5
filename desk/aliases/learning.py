"""What was learnt of a wording from customers' picks: at once for who picked, slowly for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from desk.aliases.model import Pick
from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId
from desk.shops.taught import Learnt

CUSTOMERS = 3
"""So many who meant the same by it make a wording everybody's."""

_HALF_LIFE = timedelta(days=90)
_FADED = 0.5 * CUSTOMERS
"""When as little is left of them (a half-life later), it is not everybody's any more."""
_AGREED = 2 / 3
"""Of all who used the wording, so many must have meant this."""


def learnt(picks: Sequence[Pick], customer: CustomerId | None, now: datetime) -> Learnt:
    """What the picks of a wording tell for a question of this customer."""
    own = [pick for pick in picks if pick.customer == customer]
    return Learnt(
        own=next((pick.item for pick in own if pick.meant), None),
        refused=frozenset(pick.item for pick in own if not pick.meant),
        shared=_everybodys(picks, now),
    )


def _everybodys(picks: Iterable[Pick], now: datetime) -> ItemId | None:
    for_it: defaultdict[ItemId, dict[CustomerId, float]] = defaultdict(dict)
    against: defaultdict[ItemId, float] = defaultdict(float)
    for pick in picks:
        weight = 0.5 ** ((now - pick.at) / _HALF_LIFE)
        if pick.meant:
            for_it[pick.item][pick.customer] = weight
        else:
            against[pick.item] += weight
    everything = sum(sum(each.values()) for each in for_it.values())
    for item, customers in for_it.items():
        weight = sum(customers.values())
        agreed = weight >= _AGREED * (everything + against[item])
        if len(customers) >= CUSTOMERS and weight >= _FADED and agreed:
            return item
    return None
