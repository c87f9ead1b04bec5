"""All stores on one connection, in the transaction that is open on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.aliases import StoredAliases
from desk.store.assignments import StoredAssignments
from desk.store.attempts import attempt
from desk.store.cards import StoredCards
from desk.store.consults import StoredConsults
from desk.store.conversations import StoredConversations
from desk.store.customers import StoredCustomers
from desk.store.deadlines import StoredDeadlines
from desk.store.digests import StoredDigests
from desk.store.grants import StoredGrants
from desk.store.inbox import StoredInbox
from desk.store.insights import StoredInsights
from desk.store.kinship import StoredKinship
from desk.store.leaders import StoredLeaders
from desk.store.order_book import StoredOrderBook
from desk.store.outbox import StoredOutbox
from desk.store.parcels import StoredParcels
from desk.store.placements import StoredPlacements
from desk.store.presence import StoredPresence
from desk.store.pulls import StoredPulls
from desk.store.pushes import StoredPushes
from desk.store.ratings import StoredRatings
from desk.store.reviews import StoredReviews
from desk.store.rules import StoredRules
from desk.store.shop_pulls import StoredDifferences, StoredShopPulls
from desk.store.stock_book import StoredStockBook
from desk.store.templates import Known, StoredTemplates
from desk.store.ticket_kin import StoredKin
from desk.store.tickets import StoredTickets
from desk.store.wishes import StoredWishes


class StoredBooks:
    """Implements `desk.books.Books`."""

    def __init__(self, connection: AsyncConnection, templates: Known) -> None:
        self.inbox = StoredInbox(connection)
        self.conversations = StoredConversations(connection)
        self.outbox = StoredOutbox(connection)
        self.cards = StoredCards(connection)
        self.pulls = StoredPulls(connection, self.inbox)
        self.customers = StoredCustomers(connection)
        self.kinship = StoredKinship(connection)
        self.tickets = StoredTickets(connection)
        self.templates = StoredTemplates(connection, templates)
        self.assignments = StoredAssignments(connection)
        self.presence = StoredPresence(connection)
        self.deadlines = StoredDeadlines(connection)
        self.grants = StoredGrants(connection)
        self.insights = StoredInsights(connection)
        self.digests = StoredDigests(connection)
        self.reviews = StoredReviews(connection)
        self.ratings = StoredRatings(connection)
        self.aliases = StoredAliases(connection)
        self.pushes = StoredPushes(connection)
        self.orders = StoredOrderBook(connection)
        self.stock = StoredStockBook(connection)
        self.shop_pulls = StoredShopPulls(connection)
        self.differences = StoredDifferences(connection)
        self.consults = StoredConsults(connection)
        self.kin = StoredKin(connection)
        self.wishes = StoredWishes(connection)
        self.parcels = StoredParcels(connection)
        self.rules = StoredRules(connection)
        self.leaders = StoredLeaders(connection)
        self.placements = StoredPlacements(connection)
        self._connection = connection

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """A savepoint: what is done inside is undone where it ends in an error."""
        async with attempt(self._connection):
            yield
