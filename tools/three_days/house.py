"""The desk itself: the real one, on the real database, by a clock that is turned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.assignment.due import OfferDesk
from bot.assignment.gone import GoneDesk
from bot.assignment.rush import RushDesk
from bot.merchant import BadShopsFile
from bot.sla.morning import DueToday
from bot.sla.reading import read_terms
from bot.sla.ticking import SlaDesk
from desk.commands import Command, Outcome
from desk.conversations.incoming import ChannelName, Incoming, Text
from desk.conversations.outgoing import Body
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.ids import ConversationId, CustomerId
from desk.store.database import Database
from tools.three_days.people import Crew

_CLAIM = timedelta(minutes=1)
_AT_ONCE = 100
_NEXT_DUE = text(
    """SELECT
    (SELECT min(due_at) FROM ticket_offers WHERE ticket_offers.state IN ('asked', 'waiting')),
    least(
    (SELECT min(look_at) FROM ticket_deadlines WHERE ticket_deadlines.look_at IS NOT NULL),
    (SELECT min(next_at) FROM ticket_climbs WHERE ticket_climbs.next_at IS NOT NULL)),
    (SELECT last_value FROM trail.lines_seq_seq)"""
)


@dataclass(frozen=True, slots=True)
class Due:
    """When the ticker has something to do next, by what; `line` is the newest of the trail."""

    offers: datetime | None
    promises: datetime | None
    line: int

    @property
    def first(self) -> datetime | None:
        """The earlier of both."""
        return min((each for each in (self.offers, self.promises) if each), default=None)


FromCustomer = Callable[[CustomerId, ConversationId], Command]
"""Makes what a customer's message leads to."""


@dataclass
class TurnedClock:
    """Stands until it is turned."""

    at: datetime

    def now(self) -> datetime:
        """The moment it was turned to."""
        return self.at


@dataclass
class Desk:
    """Carries out what people do, ticks, and tells what went out."""

    library: Database
    clock: TurnedClock
    crew: Crew = field(default_factory=Crew)
    acts: int = 0

    def __post_init__(self) -> None:
        """Bring up what a ticker's process has."""
        terms = read_terms({}, self.crew.hours, BadShopsFile)
        self.handbook = Handbook(self.crew, (), terms)
        parts = (self.library, self.handbook, self.clock)
        self._offers, self._sla = OfferDesk(*parts), SlaDesk(*parts)
        self._rush, self._gone, self._today = RushDesk(*parts), GoneDesk(*parts), DueToday(*parts)

    async def staff(self, *commands: Command) -> None:
        """A member does something."""
        self.acts += 1
        async with self.library.open() as books:
            work = Work(books, self.handbook, self.clock)
            await work.settle(Outcome(do=commands), None, None, f"act {self.acts}")

    async def customer(self, person: str, words: str, make: FromCustomer) -> None:
        """A customer writes; what it leads to is settled with their message."""
        self.acts += 1
        now = self.clock.now()
        said = Incoming(
            ChannelName.KF, f"{person} {self.acts}", "kf1", person, Text(words), now, False
        )
        async with self.library.open() as books:
            await books.inbox.put([said], now)
            lease = await books.inbox.lease(now, now + _CLAIM, f"act {self.acts}")
            assert lease is not None
            talk, row = lease.conversation, lease.rows[0]
            assert talk.customer is not None
            await books.conversations.heard(talk.id, now)
            work = Work(books, self.handbook, self.clock)
            await work.settle(Outcome(do=(make(talk.customer, talk.id),)), talk, row.id)
            await books.inbox.done([row.id], now)
            await books.inbox.release(lease)

    async def tick(self, due: Due) -> None:
        """What the ticker does in a second in which something is due; the rest would find nothing.

        What was due before that second is looked at as well, as every process does that was down.
        """
        now = self.clock.now()
        if due.offers and due.offers <= now:
            await self._offers.run()
        if due.promises and due.promises <= now:
            await self._sla.run()

    async def tick_slowly(self) -> None:
        """What the ticker does now and then, whatever is due."""
        await self._gone.run()
        await self._rush.run()
        await self._today.run()

    async def next_due(self) -> Due:
        """When the ticker has something to do next."""
        async with self.library.reading() as connection:
            row = (await connection.execute(_NEXT_DUE)).one()
        return Due(*row)

    async def delivered(self) -> list[Body]:
        """Everything that goes out now, in order; each once."""
        now = self.clock.now()
        bodies: list[Body] = []
        async with self.library.open() as books:
            more = True
            while more:
                claimed = await books.outbox.claim(now, now + _CLAIM, _AT_ONCE)
                bodies += [each.entry.body for each in claimed]
                behind = [await books.outbox.sent(each.entry.id, {}, now) for each in claimed]
                more = any(behind) or len(claimed) == _AT_ONCE
        return bodies
