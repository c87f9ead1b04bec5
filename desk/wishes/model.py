"""A wish to hear when something is back, and how it may end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.kernel.ids import ConversationId, CustomerId, WishId
from desk.shops.port import ItemId

LASTS = timedelta(days=60)
"""A wish that was not met for so long is given up."""

THEIRS_FOR = timedelta(days=1)
"""So long a piece that somebody was told of is not offered to the next one who waits."""


class WishState(StrEnum):
    """Where a wish stands."""

    WAITING = "waiting"
    TOLD = "told"
    HANDED_TO_STAFF = "handed_to_staff"
    """It is back, and a colleague shall tell, as the house could not."""
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to hear when a product is back.

    `items` are its numbers in all shops that sell it, `wanted` the colour and size words, () for
    any kind. Times are aware UTC. `person` names whom the customer is one with: the same for all
    customers of a person.
    """

    id: WishId
    customer: CustomerId
    person: CustomerId
    conversation: ConversationId
    items: tuple[ItemId, ...]
    title: str
    wanted: tuple[str, ...]
    asked_at: datetime
    state: WishState = WishState.WAITING
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits for an item, in the order they asked, and who was lately told of it."""

    waiting: tuple[Wish, ...]
    told: tuple[Wish, ...]

    @property
    def title(self) -> str:
        """What the item is called, "" where nobody waits."""
        return self.waiting[0].title if self.waiting else ""
