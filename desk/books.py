"""What the desk needs from a database: all stores in one transaction."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from desk.aliases.ports import AliasReader, AliasStore
from desk.assignment.ports import AssignmentReader, AssignmentStore, PresenceStore
from desk.conversations.ports import (
    CardStore,
    ConversationReader,
    ConversationStore,
    InboxStore,
    OutboxStore,
)
from desk.conversations.pulling import PullStore
from desk.coupons.ports import GrantReader, GrantStore
from desk.customers.ports import CustomerReader, CustomerStore, KinshipStore
from desk.insights.ports import DigestStore, InsightReader
from desk.leaders.ports import LeaderReader, LeaderStore
from desk.parcels.ports import ParcelReader, ParcelStore
from desk.ratings.ports import RatingReader, RatingStore
from desk.reviews.ports import ReviewReader, ReviewStore
from desk.routing.ports import PlacementReader, PlacementStore
from desk.rules.ports import RuleReader, RuleStore
from desk.sla.ports import DeadlineStore
from desk.sync.ports import (
    ConsultStore,
    DifferenceStore,
    OrderBookStore,
    PushStore,
    ShopPullStore,
    StockBookStore,
    SyncReader,
)
from desk.templates.ports import TemplateReader, TemplateStore
from desk.tickets.ports import TicketReader, TicketStore
from desk.tickets.relations import KinReader, KinStore
from desk.wishes.ports import WishReader, WishStore


class Books(Protocol):
    """All stores in one open transaction."""

    @property
    def inbox(self) -> InboxStore: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def cards(self) -> CardStore: ...
    @property
    def pulls(self) -> PullStore: ...
    @property
    def customers(self) -> CustomerStore: ...
    @property
    def kinship(self) -> KinshipStore: ...
    @property
    def tickets(self) -> TicketStore: ...
    @property
    def templates(self) -> TemplateStore: ...
    @property
    def deadlines(self) -> DeadlineStore: ...
    @property
    def assignments(self) -> AssignmentStore: ...
    @property
    def presence(self) -> PresenceStore: ...
    @property
    def grants(self) -> GrantStore: ...
    @property
    def insights(self) -> InsightReader: ...
    @property
    def digests(self) -> DigestStore: ...
    @property
    def reviews(self) -> ReviewStore: ...
    @property
    def ratings(self) -> RatingStore: ...
    @property
    def aliases(self) -> AliasStore: ...
    @property
    def pushes(self) -> PushStore: ...
    @property
    def orders(self) -> OrderBookStore: ...
    @property
    def stock(self) -> StockBookStore: ...
    @property
    def shop_pulls(self) -> ShopPullStore: ...
    @property
    def differences(self) -> DifferenceStore: ...
    @property
    def consults(self) -> ConsultStore: ...
    @property
    def wishes(self) -> WishStore: ...
    @property
    def kin(self) -> KinStore: ...
    @property
    def parcels(self) -> ParcelStore: ...
    @property
    def rules(self) -> RuleStore: ...
    @property
    def leaders(self) -> LeaderStore: ...
    @property
    def placements(self) -> PlacementStore: ...

    def attempt(self) -> AbstractAsyncContextManager[None]:
        """Undo what is done inside where it ends in an error; the rest of the work stays."""


class Library(Protocol):
    """Opens the books."""

    def open(self) -> AbstractAsyncContextManager[Books]:
        """Open a transaction: committed at the end, rolled back on any exception."""

    def step(self) -> AbstractAsyncContextManager[Books]:
        """Open the books for a single step: each statement is a transaction of its own."""

    @property
    def conversations(self) -> ConversationReader:
        """Reads in a transaction of its own each."""

    @property
    def customers(self) -> CustomerReader:
        """Reads in a transaction of its own each."""

    @property
    def tickets(self) -> TicketReader:
        """Reads in a transaction of its own each."""

    @property
    def templates(self) -> TemplateReader:
        """Reads in a transaction of its own each."""

    @property
    def assignments(self) -> AssignmentReader:
        """Reads in a transaction of its own each."""

    @property
    def grants(self) -> GrantReader:
        """Reads in a transaction of its own each."""

    @property
    def insights(self) -> InsightReader:
        """Reads in a transaction of its own each."""

    @property
    def reviews(self) -> ReviewReader:
        """Reads in a transaction of its own each."""

    @property
    def ratings(self) -> RatingReader:
        """Reads in a transaction of its own each."""

    @property
    def aliases(self) -> AliasReader:
        """Reads in a transaction of its own each."""

    @property
    def sync(self) -> SyncReader:
        """Reads in a transaction of its own each."""

    @property
    def kin(self) -> KinReader:
        """Reads in a transaction of its own each."""

    @property
    def wishes(self) -> WishReader:
        """Reads in a transaction of its own each."""

    @property
    def parcels(self) -> ParcelReader:
        """Reads in a transaction of its own each."""

    @property
    def rules(self) -> RuleReader:
        """Reads in a transaction of its own each."""

    @property
    def leaders(self) -> LeaderReader:
        """Reads in a transaction of its own each."""

    @property
    def placements(self) -> PlacementReader:
        """Reads in a transaction of its own each."""
