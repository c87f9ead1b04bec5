"""Books kept in memory, for tests of what is written into them.

Only what is done inside a turn's commit is here; leasing, claiming and pulling belong to the
workers, and a test that needs them wants the real database.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import cast

from desk.aliases.model import Alias, Pick
from desk.books import Books
from desk.conversations.model import Conversation, Dialogue, Session
from desk.conversations.outgoing import DeadLetter, OutboxEntry
from desk.coupons.model import Grant, GrantState
from desk.kernel.ids import ConversationId, CustomerId, GrantId, OutboxId, RatingId, TicketId
from desk.ratings.model import Rating, rating_of
from desk.reviews.model import Exchange, PastTurn, Review, ReviewKind, ReviewState
from desk.shops.port import ItemId
from desk.sync.commands import NoteConsult
from desk.tickets.listing import Listing
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketKind, TicketState
from tests.fakes.assignments import FakeAssignments, FakePresence
from tests.fakes.customers import FakeCustomers
from tests.fakes.deadlines import FakeDeadlines
from tests.fakes.kin import FakeKin
from tests.fakes.kinship import FakeKinship
from tests.fakes.placements import FakeLeaders, FakePlacements
from tests.fakes.templates import FakeTemplates
from tests.fakes.wishes import FakeWishes


@dataclass
class FakeInbox:
    """Remembers which messages were blanked."""

    erased: list[tuple[str, str]] = field(default_factory=list)

    async def erase(self, channel: str, external_id: str) -> None:
        self.erased.append((channel, external_id))


@dataclass
class FakeConversations:
    """Conversations by id."""

    kept: dict[ConversationId, Conversation] = field(default_factory=dict)

    async def get(self, conversation: ConversationId) -> Conversation | None:
        return self.kept.get(conversation)

    async def of_customer(self, customer: CustomerId) -> tuple[Conversation, ...]:
        theirs = [each for each in self.kept.values() if each.customer == customer]
        heard = [each for each in theirs if each.last_heard_at is not None]
        silent = [each for each in theirs if each.last_heard_at is None]
        return (*sorted(heard, key=lambda each: str(each.last_heard_at), reverse=True), *silent)

    async def remember(self, conversation: ConversationId, dialogue: Dialogue) -> None:
        self.kept[conversation] = replace(self.kept[conversation], dialogue=dialogue)

    async def session(self, conversation: ConversationId, state: Session, servicer: str) -> None:
        known = self.kept[conversation]
        self.kept[conversation] = replace(known, session=state, servicer=servicer)


@dataclass
class FakeConsults:
    """What was asked about, in the order it was noted."""

    noted: list[NoteConsult] = field(default_factory=list)

    async def note(self, consult: NoteConsult, now: datetime) -> None:
        self.noted.append(consult)


@dataclass
class FakeOutbox:
    """Entries in the order they were put; the same id is stored once."""

    rows: dict[OutboxId, OutboxEntry] = field(default_factory=dict)
    dead: dict[str, DeadLetter] = field(default_factory=dict)

    async def put(self, entries: Sequence[OutboxEntry], now: datetime) -> None:
        for entry in entries:
            self.rows.setdefault(entry.id, entry)

    async def dead_letters(self, limit: int) -> tuple[DeadLetter, ...]:
        newest = sorted(self.dead.values(), key=lambda letter: letter.since, reverse=True)
        return tuple(newest[:limit])

    async def redeliver(self, letter: str, now: datetime) -> bool:
        return self.dead.pop(letter, None) is not None


STAYS = ("state", "owner", "version", "priority", "due_at", "taken_at", "solved_at", "step")
"""What `amend` leaves as it is."""


@dataclass
class FakeTickets:
    """Tickets by number, with their history."""

    kept: dict[str, Ticket] = field(default_factory=dict)
    events: list[TicketEvent] = field(default_factory=list)
    numbers: dict[date, int] = field(default_factory=dict)

    async def by_number(self, number: str) -> Ticket | None:
        return self.kept.get(number)

    async def get(self, ticket: TicketId) -> Ticket | None:
        return next((each for each in self.kept.values() if each.id == ticket), None)

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[Ticket, ...]:
        theirs = [each for each in self.kept.values() if each.customer == customer]
        return tuple(sorted(theirs, key=lambda each: each.opened_at, reverse=True)[:limit])

    async def unsolved(self, owner: str | None, limit: int) -> tuple[Ticket, ...]:
        waiting = [
            each
            for each in self.kept.values()
            if not each.state.ended and owner in (None, each.owner)
        ]
        return tuple(sorted(waiting, key=lambda each: each.due_at)[:limit])

    async def listed(self, wanted: Listing, limit: int, offset: int = 0) -> tuple[Ticket, ...]:
        fitting = [each for each in self.kept.values() if _fits(each, wanted)]
        ranks = {owner: rank for rank, owner in enumerate(wanted.owners)}
        fitting.sort(key=lambda each: (ranks.get(each.owner, 0), each.due_at, each.number))
        return tuple(fitting[offset : offset + limit])

    async def history(self, number: str) -> tuple[TicketEvent, ...]:
        ticket = self.kept.get(number)
        return tuple(each for each in self.events if ticket and each.ticket == ticket.id)

    async def running(self, customer: CustomerId, kind: TicketKind) -> tuple[Ticket, ...]:
        theirs = [
            each
            for each in self.kept.values()
            if (each.customer, each.kind) == (customer, kind)
            and (each.merged_into or not each.state.ended)
        ]
        return tuple(sorted(theirs, key=lambda each: each.number, reverse=True))

    async def about_order(self, shop: str, order_no: str, kind: TicketKind) -> Ticket | None:
        theirs = [
            each
            for each in self.kept.values()
            if (each.shop, each.order_no, each.kind) == (shop, order_no, kind)
            and each.state is not TicketState.SOLVED
        ]
        return max(theirs, key=lambda each: each.opened_at, default=None)

    async def to_close(self, solved_before: datetime, limit: int) -> tuple[Ticket, ...]:
        solved = [each for each in self.kept.values() if each.state is TicketState.SOLVED]
        return tuple(each for each in solved if str(each.solved_at) < str(solved_before))[:limit]

    async def locked(self, number: str) -> Ticket | None:
        return self.kept.get(number)

    async def amend(self, ticket: Ticket) -> Ticket:
        current = self.kept[ticket.number]
        stays = {name: getattr(current, name) for name in STAYS}
        self.kept[ticket.number] = replace(ticket, **stays)
        return self.kept[ticket.number]

    async def next_number(self, day: date) -> int:
        self.numbers[day] = self.numbers.get(day, 0) + 1
        return self.numbers[day]

    async def add(self, ticket: Ticket) -> None:
        if ticket.number in self.kept:
            raise ValueError(f"number twice: {ticket.number}")
        self.kept[ticket.number] = ticket

    async def change(
        self, ticket: Ticket, state: TicketState, owner: str, at: datetime, step: str
    ) -> Ticket | None:
        current = self.kept[ticket.number]
        if current.version != ticket.version:
            return None
        taken = bool(owner) and not state.ended and current.taken_at is None
        solved = at if state is TicketState.SOLVED else current.solved_at
        changed = replace(
            current,
            state=state,
            owner=owner,
            version=current.version + 1,
            taken_at=at if taken else current.taken_at,
            solved_at=solved if state.ended else None,
            step=step,
            hands=current.hands + (bool(owner) and owner != current.owner),
        )
        self.kept[ticket.number] = changed
        return changed

    async def hurry(self, ticket: Ticket, priority: Priority, due_at: datetime) -> Ticket:
        hurried = replace(self.kept[ticket.number], priority=priority, due_at=due_at)
        self.kept[ticket.number] = hurried
        return hurried

    async def log(self, event: TicketEvent) -> None:
        self.events.append(event)


def _fits(ticket: Ticket, wanted: Listing) -> bool:
    return (
        ticket.state in wanted.states
        and (not wanted.owners or ticket.owner in wanted.owners)
        and wanted.kind in (None, ticket.kind)
        and wanted.store in ("", ticket.store)
        and (not wanted.tag or wanted.tag in ticket.tags)
        and wanted.customer in (None, ticket.customer)
        and (wanted.due_before is None or ticket.due_at < wanted.due_before)
    )


@dataclass
class FakeGrants:
    """Grants, one per customer, policy and subject."""

    kept: dict[GrantId, Grant] = field(default_factory=dict)

    async def of_customer(self, customer: CustomerId) -> tuple[Grant, ...]:
        theirs = [each for each in self.kept.values() if each.customer == customer]
        return tuple(sorted(theirs, key=lambda each: each.asked_at, reverse=True))

    async def add(self, grant: Grant) -> bool:
        wanted = (grant.customer, grant.policy, grant.subject)
        known = self.kept.values()
        if any((each.customer, each.policy, each.subject) == wanted for each in known):
            return False
        self.kept[grant.id] = grant
        return True

    async def get(self, grant: GrantId) -> Grant | None:
        return self.kept.get(grant)

    async def settle(self, grant: GrantId, state: GrantState, code: str, at: datetime) -> bool:
        known = self.kept[grant]
        if known.state is not GrantState.ASKED:
            return False
        self.kept[grant] = replace(known, state=state, code=code)
        return True


@dataclass
class FakeDigests:
    """Which digests were claimed."""

    claimed: set[tuple[str, str]] = field(default_factory=set)

    async def claim(self, digest: str, period: str, at: datetime) -> bool:
        fresh = (digest, period) not in self.claimed
        self.claimed.add((digest, period))
        return fresh


@dataclass
class FakeReviews:
    """Reviews by number; `said` and `before` are what a test put there."""

    kept: dict[int, Review] = field(default_factory=dict)
    said: dict[int, Exchange] = field(default_factory=dict)
    before: tuple[PastTurn, ...] = ()
    last: dict[int, datetime] = field(default_factory=dict)

    async def waiting(self, limit: int) -> tuple[Review, ...]:
        opened = [each for each in self.kept.values() if each.state is ReviewState.OPEN]
        opened.sort(key=lambda each: (str(self.last.get(each.number, "")), each.number))
        return tuple(opened[:limit])

    async def counts(self) -> Mapping[ReviewKind, int]:
        return Counter(each.kind for each in await self.waiting(len(self.kept)))

    async def by_number(self, number: int) -> Review | None:
        return self.kept.get(number)

    async def exchange(self, review: Review) -> Exchange:
        return self.said.get(review.number, Exchange("", ()))

    async def past(
        self, conversation: ConversationId, since: datetime, limit: int
    ) -> tuple[PastTurn, ...]:
        return self.before[-limit:]

    async def keep(self, review: Review) -> None:
        if all(each.id != review.id for each in self.kept.values()):
            number = len(self.kept) + 1
            self.kept[number] = replace(review, number=number)

    async def settle(
        self, review: Review, state: ReviewState, corrected: str, by: str, at: datetime
    ) -> bool:
        known = self.kept[review.number]
        if known.state is not ReviewState.OPEN:
            return False
        self.kept[review.number] = replace(known, state=state, corrected=corrected, by=by)
        return True

    async def put_off(self, review: Review, at: datetime) -> None:
        self.last[review.number] = at

    async def is_promised(self, conversation: ConversationId) -> bool:
        return any(each.promised and each.conversation == conversation for each in self.all_kept)

    @property
    def all_kept(self) -> tuple[Review, ...]:
        return tuple(self.kept.values())

    async def answered(self, review: Review, by: str, at: datetime) -> bool:
        known = self.kept[review.number]
        if known.answered_by:
            return False
        self.kept[review.number] = replace(known, answered_by=by)
        return True


@dataclass
class FakeRatings:
    """Ratings by id, in the order they were asked."""

    kept: dict[RatingId, Rating] = field(default_factory=dict)

    async def last_asked(self, conversation: ConversationId, since: datetime) -> Rating | None:
        theirs = [
            each
            for each in self.kept.values()
            if each.conversation == conversation and each.asked_at >= since
        ]
        return theirs[-1] if theirs else None

    async def get(self, rating: RatingId) -> Rating | None:
        return self.kept.get(rating)

    async def of_ticket(self, ticket: TicketId) -> Rating | None:
        return self.kept.get(rating_of(ticket))

    async def ask(self, rating: Rating) -> None:
        known = self.kept.get(rating.id)
        if known is None or known.score is None:
            self.kept.pop(rating.id, None)
            self.kept[rating.id] = rating

    async def rate(self, rating: Rating, at: datetime) -> None:
        self.kept[rating.id] = rating

    async def rate_once(self, rating: Rating, at: datetime) -> bool:
        if self.kept[rating.id].score is not None:
            return False
        self.kept[rating.id] = rating
        return True


@dataclass
class FakeAliases:
    """Names by themselves, picks by wording, customer and product."""

    kept: dict[str, Alias] = field(default_factory=dict)
    picked: dict[tuple[str, CustomerId, ItemId], Pick] = field(default_factory=dict)

    async def taught(self) -> tuple[Alias, ...]:
        return tuple(self.kept[name] for name in sorted(self.kept))

    async def picks(self, wording: str) -> tuple[Pick, ...]:
        theirs = [each for each in self.picked.values() if each.wording == wording]
        return tuple(sorted(theirs, key=lambda each: each.at, reverse=True))

    async def teach(self, alias: Alias) -> None:
        self.kept[alias.name] = alias

    async def forget(self, name: str) -> None:
        self.kept.pop(name, None)

    async def pick(self, pick: Pick) -> None:
        self.picked[pick.wording, pick.customer, pick.item] = pick


@dataclass
class FakeBooks:
    """All of them; `as_books` is what the desk gets."""

    inbox: FakeInbox = field(default_factory=FakeInbox)
    conversations: FakeConversations = field(default_factory=FakeConversations)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    customers: FakeCustomers = field(default_factory=FakeCustomers)
    tickets: FakeTickets = field(default_factory=FakeTickets)
    templates: FakeTemplates = field(default_factory=FakeTemplates)
    presence: FakePresence = field(default_factory=FakePresence)
    assignments: FakeAssignments = field(init=False)
    kin: FakeKin = field(init=False)
    deadlines: FakeDeadlines = field(default_factory=FakeDeadlines)
    grants: FakeGrants = field(default_factory=FakeGrants)
    digests: FakeDigests = field(default_factory=FakeDigests)
    reviews: FakeReviews = field(default_factory=FakeReviews)
    ratings: FakeRatings = field(default_factory=FakeRatings)
    aliases: FakeAliases = field(default_factory=FakeAliases)
    consults: FakeConsults = field(default_factory=FakeConsults)
    wishes: FakeWishes = field(default_factory=FakeWishes)
    placements: FakePlacements = field(default_factory=FakePlacements)
    leaders: FakeLeaders = field(default_factory=FakeLeaders)

    def __post_init__(self) -> None:
        self.assignments = FakeAssignments(self.tickets.kept, self.presence)
        self.kin = FakeKin(self.tickets.kept, self.tickets.events)

    @property
    def kinship(self) -> FakeKinship:
        """Who is one person with whom."""
        return self.customers.kinship

    @property
    def as_books(self) -> Books:
        """The same, for code that takes Books: what is missing here it must not touch."""
        return cast("Books", self)
