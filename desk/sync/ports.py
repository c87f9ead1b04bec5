"""What the book needs from a store."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from desk.kernel.money import Fen
from desk.shops.book import OrderBook
from desk.shops.events import ShopEvent
from desk.shops.port import BuyerId, Order
from desk.sync.commands import NoteConsult
from desk.sync.model import (
    Consult,
    Difference,
    ItemStock,
    PullState,
    PushedSubject,
    SealedToken,
    Seen,
    Source,
    SyncHealth,
)


class PushStore(Protocol):
    """Pushes: each kept once, worked until its subject has been read again."""

    async def keep(self, events: Sequence[ShopEvent], now: datetime) -> int:
        """Keep what is new (by shop and the platform's message id); count the new ones."""

    async def claim(self, now: datetime, until: datetime) -> PushedSubject | None:
        """Claim the subject that waits longest, with all pushes about it, until then."""

    async def settle(self, ids: Sequence[UUID], now: datetime) -> None:
        """Their subject was read."""

    async def put_off(self, ids: Sequence[UUID], until: datetime, error: str) -> None:
        """Reading failed: try again then."""

    async def bury(self, ids: Sequence[UUID], now: datetime, error: str) -> None:
        """Reading is hopeless."""

    async def prune(self, before: datetime) -> int:
        """Delete some of what was finished before then: pushes may hold personal data.

        How many; none when all are gone.
        """


class OrderBookStore(OrderBook, Protocol):
    """Orders as the shops told them last."""

    async def note(
        self, order: Order, source: Source, now: datetime, tags: Sequence[str] = ()
    ) -> Seen | None:
        """Write an order down; None where the book has a later state of it already."""

    async def booked_of(self, shop: str, numbers: Sequence[str]) -> Mapping[str, Order]:
        """A shop's orders of these numbers, by number; those that the book has."""

    async def numbers_changed(self, shop: str, since: datetime, until: datetime) -> frozenset[str]:
        """Orders of a shop that the book holds to have changed in [since, until)."""

    async def buyers_of(self, unionid: str) -> tuple[BuyerId, ...]:
        """The buyers whose orders carry this unionid."""


class StockBookStore(Protocol):
    """Stock as the shops told it last."""

    async def note_stock(self, stock: ItemStock) -> ItemStock | None:
        """Write an item's stock down; returns what stood there before."""

    async def stock_of(self, shop: str, item: str) -> ItemStock | None:
        """An item's stock as it was seen last."""


class ConsultStore(Protocol):
    """What customers asked about before they bought."""

    async def note(self, consult: NoteConsult, now: datetime) -> None:
        """Keep it: the first time of a day for each customer and item."""


class ShopPullStore(Protocol):
    """How far each shop has been pulled, one puller at a time."""

    async def claim(
        self, shop: str, now: datetime, until: datetime, every: timedelta, start: datetime
    ) -> PullState | None:
        """Claim a shop whose pull is due (begun at `start` the first time); None if it is not."""

    async def advance(self, shop: str, done_until: datetime, until: datetime) -> None:
        """Everything before `done_until` is in the book, and the claim holds until `until`."""

    async def finish(self, shop: str, now: datetime) -> None:
        """The pull is over and went well."""

    async def fail(self, shop: str, again: datetime, error: str) -> None:
        """The pull broke off; nothing is taken as done that was not told so before."""


class DifferenceStore(Protocol):
    """The nightly difference lists."""

    async def add(self, differences: Sequence[Difference]) -> None:
        """Keep them."""

    async def since(self, moment: datetime, limit: int) -> tuple[Difference, ...]:
        """Those found since then, newest first."""


class ShopTokens(Protocol):
    """Sealed tokens in an open transaction."""

    async def get(self, key: str) -> SealedToken | None:
        """What is kept under the key."""

    async def put(self, key: str, token: SealedToken, now: datetime) -> None:
        """Keep a token in the place of the one before."""

    async def lock(self, key: str) -> None:
        """Be the only one for this key until the transaction ends."""


class TokenShelf(Protocol):
    """Where tokens are kept."""

    def tokens(self) -> AbstractAsyncContextManager[ShopTokens]:
        """Open a transaction: committed at the end, rolled back on any exception."""


class SyncReader(Protocol):
    """What may be asked about the sync."""

    async def health(self, now: datetime) -> tuple[SyncHealth, ...]:
        """How each shop's sync stands."""

    async def differences(self, since: datetime, limit: int) -> tuple[Difference, ...]:
        """The difference list, newest first."""

    async def consult_of(self, shop: str, number: str) -> Consult | None:
        """What the buyer of an order asked here before; the last time, None for never."""

    async def sold_after_consult(self, since: datetime, until: datetime) -> tuple[int, Fen]:
        """Orders of [since, until) that were paid after a consult: how many, and for how much."""


class NeverSynced:
    """The sync of a house without a book."""

    async def health(self, now: datetime) -> tuple[SyncHealth, ...]:
        """Nothing."""
        return ()

    async def differences(self, since: datetime, limit: int) -> tuple[Difference, ...]:
        """None."""
        return ()

    async def consult_of(self, shop: str, number: str) -> Consult | None:
        """None."""
        return None

    async def sold_after_consult(self, since: datetime, until: datetime) -> tuple[int, Fen]:
        """None."""
        return 0, Fen(0)


class CallCounter(Protocol):
    """Counts how often shops are called."""

    async def today(self) -> Mapping[str, int]:
        """Calls of today (UTC) by shop id; shops that nobody counts are left out."""


class UncountedCalls:
    """Nobody counts."""

    async def today(self) -> Mapping[str, int]:
        """Nothing."""
        return {}
