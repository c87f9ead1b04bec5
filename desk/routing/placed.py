"""Where a ticket was put, and how each part of that was found."""

from dataclasses import dataclass
from enum import StrEnum

from desk.kernel.money import Fen
from desk.kernel.places import Place
from desk.shops.port import ItemId

_NOTHING = Fen(0)


class By(StrEnum):
    """How something was found; names in phrases as routing.by.<value>."""

    NOTHING = ""
    GIVEN = "given"
    """Whoever opened the ticket said so."""
    CHANGED = "changed"
    """It was changed after the ticket was opened."""
    NAMED = "named"
    """The customer named it."""
    APPOINTMENT = "appointment"
    """They had an appointment there lately."""
    ROUTE = "route"
    """A line of the route table says so."""
    GOODS = "goods"
    """The kind of goods belongs to it."""
    NEAREST = "nearest"
    """It is nearest to the place that the customer sent."""
    IN_CITY = "in_city"
    """It is in the customer's city."""
    FIXED = "fixed"
    """It is the group leader's own."""
    TITLE = "title"
    """The title of what was bought, or is talked about, tells."""
    ITEM = "item"
    """The item's number tells."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a ticket is opened.

    `visited` is the store of their last appointment within a month.
    `words` are what the customer wrote lately, latest first. `place` is where they wrote from in
    the last week. `titles` and `items` are of the order, or of what is talked about. `leader`: they
    are a group leader, whose own warehouse is `warehouse`.
    """

    words: tuple[str, ...] = ()
    place: Place | None = None
    paid: Fen = _NOTHING
    titles: tuple[str, ...] = ()
    items: tuple[ItemId, ...] = ()
    leader: bool = False
    warehouse: str = ""
    visited: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found; `km` from the customer's place, None where that is not known.

    `word` is what told it.
    """

    value: str = ""
    by: By = By.NOTHING
    km: float | None = None
    word: str = ""


NOT_FOUND = Found()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a ticket belongs; `store` not found: head office. `route` is the name of the line."""

    store: Found = NOT_FOUND
    region: Found = NOT_FOUND
    goods: Found = NOT_FOUND
    warehouse: Found = NOT_FOUND
    tier: str = ""
    route: str = ""
    line: int = 0
    lane: str = ""
    skill: str = ""
    leader: bool = False
