"""The reading sides: each question on a connection of its own, given back at once."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from desk.aliases.model import Alias, Pick
from desk.assignment.model import Kept
from desk.conversations.model import Conversation
from desk.coupons.model import Grant
from desk.customers.model import Customer
from desk.customers.suggestions import Suggestion
from desk.customers.timeline import Entry, Moment, Purchases
from desk.insights.model import DigestFigures
from desk.kernel.ids import ConversationId, CustomerId, TicketId
from desk.ratings.model import Rating
from desk.reviews.model import Exchange, PastTurn, Review, ReviewKind
from desk.store.aliases import StoredAliases
from desk.store.conversations import StoredConversations
from desk.store.customers import StoredCustomers
from desk.store.decisions import read_decisions
from desk.store.grants import StoredGrants
from desk.store.insights import StoredInsights
from desk.store.ratings import StoredRatings
from desk.store.reviews import StoredReviews
from desk.store.tickets import StoredTickets
from desk.store.timeline import StoredTimeline
from desk.tickets.listing import Listing
from desk.tickets.model import Ticket, TicketEvent

Reading = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class Conversations:
    """Implements `desk.conversations.ports.ConversationReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of_customer(self, customer: CustomerId) -> tuple[Conversation, ...]:
        """The conversations of a person, the one heard last first."""
        async with self._reading() as connection:
            return await StoredConversations(connection).of_customer(customer)


class Customers:
    """Implements `desk.customers.ports.CustomerReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def get(self, customer: CustomerId) -> Customer | None:
        """A customer with all that is known of the person (newest ten views, newest proofs)."""
        async with self._reading() as connection:
            return await StoredCustomers(connection).get(customer)

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        """A customer by WeCom's id."""
        async with self._reading() as connection:
            return await StoredCustomers(connection).by_external_userid(external_userid)

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        """The customer who is held to be this buyer."""
        async with self._reading() as connection:
            return await StoredCustomers(connection).by_buyer(shop, buyer)

    async def by_nickname(self, nickname: str, limit: int) -> tuple[Customer, ...]:
        """Customers of a nickname: just this one first, then those that begin with it or hold it.

        Within each kind the one heard last comes first; upper and lower case count the same.
        """
        async with self._reading() as connection:
            return await StoredCustomers(connection).by_nickname(nickname, limit)

    async def failed_attempts(
        self, customer: CustomerId, order_no: str, since: datetime
    ) -> tuple[int, int, int]:
        """Failed proofs since then: by this person, on this order, by everybody."""
        async with self._reading() as connection:
            return await StoredCustomers(connection).failed_attempts(customer, order_no, since)

    async def are_kept_apart(self, one: CustomerId, other: CustomerId) -> bool:
        """Tell whether staff keep apart anybody of the one person from anybody of the other."""
        async with self._reading() as connection:
            return await StoredCustomers(connection).are_kept_apart(one, other)

    async def suggestions(self, customer: CustomerId, limit: int) -> tuple[Suggestion, ...]:
        """The open suggestions about a person, oldest first."""
        async with self._reading() as connection:
            return await StoredCustomers(connection).suggestions(customer, limit)


class Timeline:
    """Implements `desk.customers.timeline.TimelineReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of_person(
        self, customer: CustomerId, limit: int, before: Moment | None = None
    ) -> Sequence[Entry]:
        """What happened with a person before a moment, latest first."""
        async with self._reading() as connection:
            return await StoredTimeline(connection).of_person(customer, limit, before)

    async def purchases(self, customer: CustomerId) -> Sequence[Purchases]:
        """What the person bought as the buyers they are held to be, by shop."""
        async with self._reading() as connection:
            return await StoredTimeline(connection).purchases(customer)


class Tickets:
    """Implements `desk.tickets.ports.TicketReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def by_number(self, number: str) -> Ticket | None:
        """A ticket by its human number."""
        async with self._reading() as connection:
            return await StoredTickets(connection).by_number(number)

    async def get(self, ticket: TicketId) -> Ticket | None:
        """A ticket by its id."""
        async with self._reading() as connection:
            return await StoredTickets(connection).get(ticket)

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[Ticket, ...]:
        """The tickets of a person, newest first."""
        async with self._reading() as connection:
            return await StoredTickets(connection).of_customer(customer, limit)

    async def unsolved(self, owner: str | None, limit: int) -> tuple[Ticket, ...]:
        """Unsolved tickets, due soonest first; of one owner ("" for nobody's), or all (None)."""
        async with self._reading() as connection:
            return await StoredTickets(connection).unsolved(owner, limit)

    async def listed(self, wanted: Listing, limit: int, offset: int = 0) -> tuple[Ticket, ...]:
        """The tickets that fit, in the order of `Listing`."""
        async with self._reading() as connection:
            return await StoredTickets(connection).listed(wanted, limit, offset)

    async def history(self, number: str) -> tuple[TicketEvent, ...]:
        """What happened to a ticket, oldest first."""
        async with self._reading() as connection:
            return await StoredTickets(connection).history(number)


class Assignments:
    """Implements `desk.assignment.ports.AssignmentReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def decisions(self, number: str, limit: int) -> tuple[Kept, ...]:
        """The last decisions on a ticket, newest first."""
        async with self._reading() as connection:
            return await read_decisions(connection, number, limit)


class Grants:
    """Implements `desk.coupons.ports.GrantReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of_customer(self, customer: CustomerId) -> tuple[Grant, ...]:
        """The grants of a person, newest first."""
        async with self._reading() as connection:
            return await StoredGrants(connection).of_customer(customer)


class Insights:
    """Implements `desk.insights.ports.InsightReader`; all figures are of the same moment."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def figures(
        self, since: datetime, until: datetime, late_after: timedelta
    ) -> DigestFigures:
        """The figures of a span; `overdue` and `dead_letters` are as of `until`."""
        async with self._reading() as connection:
            return await StoredInsights(connection).figures(since, until, late_after)


class Reviews:
    """Implements `desk.reviews.ports.ReviewReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def waiting(self, limit: int) -> tuple[Review, ...]:
        """Open reviews, oldest first, those that were put off last."""
        async with self._reading() as connection:
            return await StoredReviews(connection).waiting(limit)

    async def counts(self) -> Mapping[ReviewKind, int]:
        """How many are open, by kind."""
        async with self._reading() as connection:
            return await StoredReviews(connection).counts()

    async def by_number(self, number: int) -> Review | None:
        """One review."""
        async with self._reading() as connection:
            return await StoredReviews(connection).by_number(number)

    async def exchange(self, review: Review) -> Exchange:
        """What was said in the turn of a review."""
        async with self._reading() as connection:
            return await StoredReviews(connection).exchange(review)

    async def past(
        self, conversation: ConversationId, since: datetime, limit: int
    ) -> tuple[PastTurn, ...]:
        """The last turns of a conversation, oldest first."""
        async with self._reading() as connection:
            return await StoredReviews(connection).past(conversation, since, limit)

    async def corrections(self, limit: int) -> tuple[Review, ...]:
        """Corrected ones that were not exported yet, oldest first."""
        async with self._reading() as connection:
            return await StoredReviews(connection).corrections(limit)


class Ratings:
    """Implements `desk.ratings.ports.RatingReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def last_asked(self, conversation: ConversationId, since: datetime) -> Rating | None:
        """The rating that was asked for last in a conversation, answered or not."""
        async with self._reading() as connection:
            return await StoredRatings(connection).last_asked(conversation, since)

    async def of_ticket(self, ticket: TicketId) -> Rating | None:
        """The rating of a ticket, answered or not."""
        async with self._reading() as connection:
            return await StoredRatings(connection).of_ticket(ticket)


class Aliases:
    """Implements `desk.aliases.ports.AliasReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def taught(self) -> tuple[Alias, ...]:
        """All names that staff taught, in the order of the names."""
        async with self._reading() as connection:
            return await StoredAliases(connection).taught()

    async def picks(self, wording: str) -> tuple[Pick, ...]:
        """The last pick of each customer and product for a wording, newest first."""
        async with self._reading() as connection:
            return await StoredAliases(connection).picks(wording)
