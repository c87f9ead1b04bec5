"""Where a ticket belongs, as its card tells it."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.kernel.messages import Phrase, phrase
from desk.routing.model import Routing
from desk.routing.placed import Placed
from desk.shops.stores import Store
from desk.tickets.cards import row
from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class Where:
    """Names for people; "" where there is none. `helps`: the store's own people cannot.

    `km` is how far the warehouse is from the customer, None where that is not known.
    """

    store: str = ""
    helps: bool = False
    warehouse: str = ""
    km: float | None = None


def where(
    ticket: Ticket, placed: Placed | None, stores: Sequence[Store], routing: Routing, *, helps: bool
) -> Where:
    """Find the names of the ticket's store and of the warehouse that serves its group leader."""
    store = next((each.name for each in stores if each.id == ticket.store), ticket.store)
    found = placed.warehouse if placed else None
    served_by = routing.warehouse(found.value) if found and found.value else None
    if served_by is None:
        return Where(store, helps)
    return Where(store, helps, served_by.name, found.km if found else None)


def rows(there: Where) -> tuple[tuple[Phrase, Phrase], ...]:
    """The lines of a card that tell it."""
    lines: list[tuple[Phrase, Phrase]] = []
    if there.store:
        helping = phrase("assign.card.helping", store=there.store)
        lines.append(row("store", helping if there.helps else there.store))
    if there.warehouse:
        lines.append(row("warehouse", warehouse_phrase(there.warehouse, there.km)))
    return tuple(lines)


def warehouse_phrase(name: str, km: float | None) -> Phrase:
    """A warehouse with how far it is: 嘉定仓（约 12 公里）."""
    if km is None:
        return phrase("card.text", text=name)
    return phrase("routing.about_km", name=name, km=f"{km:.0f}" if km >= 1 else "1")
