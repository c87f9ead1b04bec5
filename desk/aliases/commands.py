"""What may be done about aliases."""

from dataclasses import dataclass

from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId


@dataclass(frozen=True, slots=True)
class LearnPick:
    """The customer picked a product when asked what a wording means (`wish.wording_of`)."""

    customer: CustomerId
    wording: str
    item: ItemId


@dataclass(frozen=True, slots=True)
class UnlearnPick:
    """The customer said that a wording does not mean this product."""

    customer: CustomerId
    wording: str
    item: ItemId


@dataclass(frozen=True, slots=True)
class TeachAlias:
    """A member of staff (userid `by`) says what a name means: words of titles, or an item."""

    name: str
    meaning: str | ItemId
    by: str


@dataclass(frozen=True, slots=True)
class ForgetAlias:
    """A name that was taught means nothing more; one that was not taught is left alone."""

    name: str
