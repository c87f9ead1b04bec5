"""What the merchant has laid down about where tickets go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.kernel.places import Place
from desk.shops.port import ItemId
from desk.tickets.model import Priority, TicketKind

BY_REGION = frozenset({TicketKind.APPOINTMENT, TicketKind.COMPLAINT, TicketKind.REPAIR})
IF_NAMED = frozenset(
    {
        TicketKind.CONSULT,
        TicketKind.RETURN,
        TicketKind.EXCHANGE,
        TicketKind.AFTER_SALES,
        TicketKind.INVOICE,
        TicketKind.OTHER,
    }
)


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Where goods are sent from. Empty `shops` and `goods` (kinds of goods) stand for all."""

    id: str
    name: str
    city: str
    place: Place
    shops: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProductType:
    """A kind of goods, known by words or patterns in titles, or by single items.

    `skill` and `store` deal with it, "" where nobody in particular does.
    """

    name: str
    words: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    items: frozenset[ItemId] = frozenset()
    skill: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A line of the route table: `match` maps names of `KEYS` to the values that fit.

    What is not in `match` may be anything. "" and None leave things as they are. `watchers` are
    roles or userids.
    """

    name: str
    match: Mapping[str, frozenset[str]] = field(default_factory=dict)
    skill: str = ""
    store: str = ""
    priority: Priority | None = None
    watchers: tuple[str, ...] = ()


KEYS = ("kind", "product_type", "shop", "region", "tier", "priority", "template")
"""What a line may look at; `template` is that of the kind where the ticket names none."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A queue with a name: its tickets are offered before those of the lanes after it."""

    name: str
    kinds: frozenset[TicketKind] = frozenset()
    goods: frozenset[str] = frozenset()
    shops: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoreKinds:
    """Which kinds of tickets are a store's business.

    `by_region` go to a store of the customer's region even where they name none, `if_named` only
    to one that they name; all else is for head office. `overflow_km` is how far away another
    store may help out.
    """

    by_region: frozenset[TicketKind] = BY_REGION
    if_named: frozenset[TicketKind] = IF_NAMED
    overflow_km: float = 300.0


@dataclass(frozen=True, slots=True)
class Routing:
    """All of it; whoever lays down nothing has stores, and the kinds that go to them."""

    warehouses: tuple[Warehouse, ...] = ()
    product_types: tuple[ProductType, ...] = ()
    routes: tuple[Route, ...] = ()
    lanes: tuple[Lane, ...] = ()
    store_kinds: StoreKinds = field(default_factory=StoreKinds)

    def warehouse(self, name: str) -> Warehouse | None:
        """A warehouse by its id or its name."""
        return next((each for each in self.warehouses if name in (each.id, each.name)), None)
