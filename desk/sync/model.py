"""What the book keeps: pushes to be worked, orders and stock as seen, how far pulls have got."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.events import ShopEvent, Subject
from desk.shops.port import ItemId, Order, SkuStock


class Source(StrEnum):
    """How an order came into the book."""

    PUSH = "push"
    PULL = "pull"
    RECONCILE = "reconcile"


@dataclass(frozen=True, slots=True)
class PushedSubject:
    """What was pushed and has to be read again: an order, or an item's stock.

    Several pushes about the same subject are one piece of work; `ids` are all of them. `first_at`
    (aware UTC) is when the oldest came in, `attempts` how often it was claimed before.
    """

    shop: str
    about: Subject
    subject_id: str
    ids: tuple[UUID, ...]
    first_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What noting an order led to: `before` None, it is new; both alike, nothing changed."""

    order: Order
    before: Order | None

    @property
    def is_new(self) -> bool:
        """The book did not have it."""
        return self.before is None

    @property
    def changed(self) -> bool:
        """The book had it otherwise, or not at all."""
        return self.before != self.order


@dataclass(frozen=True, slots=True)
class ItemStock:
    """All SKUs of one item as its shop told them at `seen_at` (aware UTC)."""

    item: ItemId
    skus: tuple[SkuStock, ...]
    seen_at: datetime

    @property
    def available(self) -> int:
        """Pieces over all SKUs."""
        return sum(sku.available for sku in self.skus)


@dataclass(frozen=True, slots=True)
class PullState:
    """How far a shop's changed orders have been pulled; times aware UTC.

    Everything that changed before `done_until` is in the book.
    """

    shop: str
    done_until: datetime
    last_success: datetime | None = None
    failures: int = 0
    error: str = ""


CONSULT_COUNTS = timedelta(days=7)
"""An order that is placed within this time after a consult is taken to come of it."""


@dataclass(frozen=True, slots=True)
class Consult:
    """A customer's question about a product of an order, asked before it was placed."""

    customer: CustomerId
    conversation: ConversationId
    title: str
    asked_at: datetime


class Flaw(StrEnum):
    """How the book and a shop disagreed about an order when they were compared."""

    MISSING = "missing"
    """The shop had it, the book did not."""
    DIFFERENT = "different"
    """Both had it, and not alike."""
    GONE = "gone"
    """The book had it, the shop did not know it any more."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the nightly difference list; `ours` and `theirs` are short words for people."""

    shop: str
    number: str
    flaw: Flaw
    ours: str
    theirs: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class SyncHealth:
    """How a shop's sync stands; times aware UTC.

    `waiting` pushes are not worked yet, the oldest came at `waiting_since`; `dead` could not be
    worked at all within the last day.
    """

    shop: str
    waiting: int
    waiting_since: datetime | None
    dead: int
    last_push: datetime | None
    pull: PullState | None


@dataclass(frozen=True, slots=True)
class SealedToken:
    """A shop's access token that only its keeper can read, and when (aware UTC) it ends."""

    sealed: str
    expires_at: datetime | None


def subject_of(event: ShopEvent) -> tuple[Subject, str] | None:
    """Tell what has to be read again for a push; None where nothing can be."""
    if event.is_test:
        return None
    if event.about in (Subject.ORDER, Subject.REFUND):
        return (Subject.ORDER, event.order_no) if event.order_no else None
    if event.about in (Subject.STOCK, Subject.ITEM):
        return (Subject.STOCK, event.subject_id) if event.subject_id else None
    return None
