"""The library on PostgreSQL: opens the books, and reads in short transactions of their own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from desk.shops.events import ShopEvent
from desk.store.book_readers import Book, Sync
from desk.store.books import StoredBooks
from desk.store.columns import to_json
from desk.store.errors import connecting, translated
from desk.store.leaders import Leaders
from desk.store.orphans import APPLICATION, take_over
from desk.store.parcel_reader import Parcels
from desk.store.placements import Placements
from desk.store.readers import (
    Aliases,
    Assignments,
    Conversations,
    Customers,
    Grants,
    Insights,
    Ratings,
    Reviews,
    Tickets,
    Timeline,
)
from desk.store.rule_reader import Rules
from desk.store.shop_tokens import StoredShopTokens
from desk.store.template_reader import Templates
from desk.store.templates import Known
from desk.store.ticket_reader import KinOfTickets
from desk.store.wish_reader import Wishes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the server one process takes, and how long it waits; times in seconds.

    At most `kept + burst` connections are open at once, `kept` of them stay open. All are kept: a
    new one prepares every statement anew, which would cost most just when there is most to do.
    """

    kept: int = 20
    burst: int = 0
    connecting: float = 5
    waiting_for_connection: float = 5
    statement: float = 5
    lock: float = 3
    idle_in_transaction: float = 30


class Database:
    """PostgreSQL as the desk's library; implements `desk.books.Library`.

    Every method raises Unavailable when the server cannot be reached or does not answer in time,
    and Collision (an Unavailable too) where the same once more will do.
    """

    def __init__(self, url: str, limits: Limits | None = None) -> None:
        self._engine = _engine(asyncpg_url(url), limits or Limits())
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._templates: Known = {}
        self._snapshot = self._engine.execution_options(isolation_level="REPEATABLE READ")

    async def __aenter__(self) -> Self:
        """Connections are opened when they are needed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[StoredBooks]:
        """Open a transaction: committed at the end, rolled back on any exception."""
        async with self._connected(self._engine) as connection:
            with translated():
                async with connection.begin():
                    yield StoredBooks(connection, self._templates)

    @asynccontextmanager
    async def step(self) -> AsyncIterator[StoredBooks]:
        """Open the books for a single step: each statement is a transaction of its own.

        Saves two of three round trips where one statement is all that is done.
        """
        async with self.reading() as connection:
            yield StoredBooks(connection, self._templates)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection on which each statement is a transaction of its own."""
        async with self._connected(self._reading) as connection:
            with translated():
                yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction whose statements all see the same moment."""
        async with self._connected(self._snapshot) as connection:
            with translated():
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def tokens(self) -> AsyncIterator[StoredShopTokens]:
        """Open the shops' tokens in a transaction."""
        async with self._connected(self._engine) as connection:
            with translated():
                async with connection.begin():
                    yield StoredShopTokens(connection)

    async def keep_pushes(self, events: Sequence[ShopEvent], now: datetime) -> int:
        """Keep pushes of shops; the number of those that are new."""
        async with self.step() as books:
            return await books.pushes.keep(events, now)

    async def take_over(self, now: datetime) -> bool:
        """Give back what killed processes had leased; False while another process works here.

        Called once at the start, before anything else.
        """
        async with self._connected(self._engine) as connection:
            with translated():
                async with connection.begin():
                    return await take_over(connection, now)

    @property
    def conversations(self) -> Conversations:
        """What may be asked about conversations."""
        return Conversations(self.reading)

    @property
    def customers(self) -> Customers:
        """What may be asked about customers."""
        return Customers(self.reading)

    @property
    def timeline(self) -> Timeline:
        """What happened with customers."""
        return Timeline(self.reading)

    @property
    def tickets(self) -> Tickets:
        """What may be asked about tickets."""
        return Tickets(self.reading)

    @property
    def templates(self) -> Templates:
        """What may be asked about templates."""
        return Templates(self.reading, self._templates)

    @property
    def assignments(self) -> Assignments:
        """What may be asked about assignment."""
        return Assignments(self.reading)

    @property
    def grants(self) -> Grants:
        """What may be asked about grants."""
        return Grants(self.reading)

    @property
    def insights(self) -> Insights:
        """What may be asked about what happened."""
        return Insights(self.snapshot)

    @property
    def reviews(self) -> Reviews:
        """What may be asked about reviews."""
        return Reviews(self.reading)

    @property
    def ratings(self) -> Ratings:
        """What may be asked about ratings."""
        return Ratings(self.reading)

    @property
    def aliases(self) -> Aliases:
        """What may be asked about aliases."""
        return Aliases(self.reading)

    @property
    def sync(self) -> Sync:
        """What may be asked about the sync of shops."""
        return Sync(self.reading)

    @property
    def book(self) -> Book:
        """What may be asked of the book of orders."""
        return Book(self.reading)

    @property
    def kin(self) -> KinOfTickets:
        """What may be asked about tickets that have to do with each other."""
        return KinOfTickets(self.reading)

    @property
    def wishes(self) -> Wishes:
        """What may be asked about wishes."""
        return Wishes(self.reading)

    @property
    def rules(self) -> Rules:
        """What may be asked about rules and what they judge by."""
        return Rules(self.reading)

    @property
    def leaders(self) -> Leaders:
        """What may be asked about group leaders."""
        return Leaders(self.reading)

    @property
    def placements(self) -> Placements:
        """What may be asked about where tickets were put."""
        return Placements(self.reading)

    @property
    def parcels(self) -> Parcels:
        """What may be asked about followed parcels."""
        return Parcels(self.reading)

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with connecting():
            connection = await engine.connect()
        try:
            yield connection
        finally:
            await connection.close()


def asyncpg_url(url: str) -> URL:
    """Read a PostgreSQL URL in any of its spellings as one for asyncpg."""
    return make_url(url).set(drivername="postgresql+asyncpg")


def _engine(url: URL, limits: Limits) -> AsyncEngine:
    def milliseconds(seconds: float) -> str:
        return str(int(seconds * 1000))

    return create_async_engine(
        url,
        pool_size=limits.kept,
        max_overflow=limits.burst,
        pool_timeout=limits.waiting_for_connection,
        pool_use_lifo=True,
        json_serializer=to_json,
        # Parameters are people's words: they must not stand in error messages.
        hide_parameters=True,
        connect_args={
            "timeout": limits.connecting,
            # The server's own time-out comes first; this one is for a server that fell silent.
            "command_timeout": limits.statement + 5,
            "prepared_statement_cache_size": 300,
            "server_settings": {
                "application_name": APPLICATION,
                "timezone": "UTC",
                "jit": "off",
                "statement_timeout": milliseconds(limits.statement),
                "lock_timeout": milliseconds(limits.lock),
                "idle_in_transaction_session_timeout": milliseconds(limits.idle_in_transaction),
            },
        },
    )
