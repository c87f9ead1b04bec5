"""The reading sides of the shops' book: each question on a connection of its own."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.money import Fen
from desk.shops.book import BookedOrder
from desk.shops.port import BuyerId, Order
from desk.shops.tracking import PARCEL_PUSH
from desk.store.consults import StoredConsults
from desk.store.order_book import StoredOrderBook
from desk.store.readers import Reading
from desk.store.schema_shops import PUSH_WAITS, shop_pulls, shop_pushes
from desk.store.shop_pulls import StoredDifferences, pull_state
from desk.sync.model import Consult, Difference, SyncHealth

_LATELY = timedelta(days=1)
_WAITING = (
    select(
        shop_pushes.c.shop,
        func.count().label("waiting"),
        func.min(shop_pushes.c.received_at).label("since"),
    )
    .where(text(PUSH_WAITS))
    .group_by(shop_pushes.c.shop)
)
_RECENT = (
    select(
        shop_pushes.c.shop,
        func.max(shop_pushes.c.received_at).label("last"),
        func.count().filter(shop_pushes.c.state == "dead").label("dead"),
    )
    .where(
        shop_pushes.c.received_at >= bindparam("lately"),
        ~shop_pushes.c.kind.startswith(PARCEL_PUSH, autoescape=True),
    )
    .group_by(shop_pushes.c.shop)
)


class Book:
    """Implements `desk.shops.book.OrderBook`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first."""
        async with self._reading() as connection:
            return await StoredOrderBook(connection).orders_of(buyer, since)

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """An order by its number."""
        async with self._reading() as connection:
            return await StoredOrderBook(connection).booked(shop, number)

    async def anywhere(self, number: str) -> tuple[BookedOrder, ...]:
        """Orders of this number, whichever shop's."""
        async with self._reading() as connection:
            return await StoredOrderBook(connection).anywhere(number)


class Sync:
    """Implements `desk.sync.ports.SyncReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def health(self, now: datetime) -> tuple[SyncHealth, ...]:
        """How each shop's sync stands."""
        async with self._reading() as connection:
            return await _health(connection, now)

    async def differences(self, since: datetime, limit: int) -> tuple[Difference, ...]:
        """The difference list, newest first."""
        async with self._reading() as connection:
            return await StoredDifferences(connection).since(since, limit)

    async def consult_of(self, shop: str, number: str) -> Consult | None:
        """What the buyer of an order asked here before; the last time, None for never."""
        async with self._reading() as connection:
            return await StoredConsults(connection).of_order(shop, number)

    async def sold_after_consult(self, since: datetime, until: datetime) -> tuple[int, Fen]:
        """Orders of [since, until) that were paid after a consult: how many, and for how much."""
        async with self._reading() as connection:
            return await StoredConsults(connection).sold(since, until)


async def _health(connection: AsyncConnection, now: datetime) -> tuple[SyncHealth, ...]:
    waiting = {row.shop: row for row in await connection.execute(_WAITING)}
    recent = {row.shop: row for row in await connection.execute(_RECENT, {"lately": now - _LATELY})}
    pulls = {row.shop: pull_state(row) for row in await connection.execute(select(shop_pulls))}
    return tuple(
        SyncHealth(
            shop=shop,
            waiting=waiting[shop].waiting if shop in waiting else 0,
            waiting_since=waiting[shop].since if shop in waiting else None,
            dead=recent[shop].dead if shop in recent else 0,
            last_push=recent[shop].last if shop in recent else None,
            pull=pulls.get(shop),
        )
        for shop in sorted({*waiting, *recent, *pulls})
    )
