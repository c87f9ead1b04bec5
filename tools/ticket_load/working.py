"""What is timed: a desk of fifty on the filled store."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import text

from bot.assignment.due import OfferDesk
from bot.merchant import BadShopsFile
from bot.sla.reading import read_terms
from bot.sla.ticking import SlaDesk
from desk.assignment.commands import FindOwner
from desk.assignment.model import Cause
from desk.commands import Command, Outcome
from desk.conversations.incoming import ChannelName, Incoming, Text
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.roles import Role
from desk.staff.directory import Staff
from desk.store.database import Database
from desk.tickets.commands import OpenTicket, TakeTicket
from desk.tickets.listing import Listing
from desk.tickets.model import Priority, TicketKind
from tests.fakes.staff import FakeStaff
from tools.three_days.house import TurnedClock
from tools.ticket_load.filling import AGENTS

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
"""A Friday noon in Shanghai."""
_LISTED = 50
_SKILLS = ("logistics", "after_sales", "refund")
_WARM = 20
_LOOKED_FOR = Cause.RETURNED
_MAKE_DUE = text(
    """UPDATE ticket_deadlines SET look_at = :now - interval '1 second',
    due_at = :now - interval '1 second', warned_at = :now - interval '1 hour'
    WHERE ctid IN (SELECT ctid FROM ticket_deadlines WHERE ticket_deadlines.look_at IS NOT NULL
    AND breached_at IS NULL AND due_at > :now ORDER BY look_at DESC LIMIT 10)"""
)
_SCAN = text("SELECT * FROM tickets WHERE state NOT IN ('solved', 'closed')")

Timed = dict[str, float]
Piece = Callable[[], Awaitable[float]]
"""A piece of work that tells how many seconds it took."""


def _people() -> tuple[Staff, ...]:
    agents = (
        Staff(f"agent{n:03}", f"客服{n}", Role.AGENT, skills=_SKILLS[n % 3 :], capacity=200)
        for n in range(AGENTS)
    )
    return (
        *agents,
        Staff("fangjie", "方姐", Role.SUPERVISOR),
        Staff("manyun", "满云", Role.MANAGER),
    )


@dataclass
class Load:
    """One store, one desk; every piece of work is a transaction of its own, as in the house."""

    library: Database
    rounds: int
    tickets: int

    def __post_init__(self) -> None:
        """Bring up the desk."""
        self._clock, staff = TurnedClock(NOW), FakeStaff(_people())
        terms = read_terms({}, staff.hours, BadShopsFile)
        self._handbook = Handbook(staff, (), terms)
        self._turns = 0
        self._opened: list[str] = []

    async def figures(self) -> dict[str, Timed]:
        """Milliseconds at p50 and p95, by what was done."""
        free = iter(await self.library.tickets.unsolved("", 3 * self.rounds))
        found = {
            "nothing": await self._timed(partial(_took, self._nothing)),
            "open": await self._timed(self._open),
            "assign": await self._timed(lambda: self._settled(FindOwner(next(free), _LOOKED_FOR))),
            "take": await self._timed(self._take),
        }
        for name, asks in self._lists().items():
            found[name] = await self._timed(partial(_took, asks))
        found["idle"] = await self._timed(partial(_took, self._sweep))
        found["scan"] = await self._timed(partial(_took, self._scan))
        found["due"] = await self._timed(self._due, rounds=30)
        return found

    def _lists(self) -> dict[str, Callable[[], Awaitable[object]]]:
        tickets = self.library.tickets
        return {
            "one": lambda: tickets.by_number(self._number()),
            "history": lambda: tickets.history(self._number()),
            "owner": lambda: tickets.unsolved(f"agent{self._next() % AGENTS:03}", _LISTED),
            "nobody": lambda: tickets.unsolved("", _LISTED),
            "unsolved": lambda: tickets.unsolved(None, _LISTED),
            "store": lambda: tickets.listed(Listing(store=f"store{self._next() % 40}"), _LISTED),
            "late": lambda: tickets.listed(Listing(due_before=NOW + timedelta(days=30)), _LISTED),
            "customer": self._of_customer,
        }

    async def _of_customer(self) -> None:
        ticket = await self.library.tickets.by_number(self._number())
        assert ticket is not None
        assert ticket.customer is not None
        await self.library.tickets.of_customer(ticket.customer, _LISTED)

    async def _open(self) -> float:
        """A customer's first message leads to a ticket: deadlines, decision, offer and all."""
        person, now = f"wm{self._next()}", NOW
        said = Incoming(ChannelName.KF, person, "kf1", person, Text("物流不动"), now)
        async with self.library.open() as books:
            await books.inbox.put([said], now)
            lease = await books.inbox.lease(now, now + timedelta(minutes=1), person)
        assert lease is not None
        talk, customer = lease.conversation, lease.conversation.customer
        assert customer is not None
        opens = OpenTicket(
            TicketKind.LOGISTICS, Priority.NORMAL, "物流不动", customer, talk.id, order_no=person
        )
        began = time.perf_counter()
        async with self.library.open() as books:
            work = Work(books, self._handbook, self._clock)
            await work.settle(Outcome(do=(opens,)), talk, lease.rows[0].id)
        took = time.perf_counter() - began
        async with self.library.open() as books:
            await books.inbox.done([lease.rows[0].id], now)
            await books.inbox.release(lease)
        self._opened.append(person)
        return took

    async def _take(self) -> float:
        """Somebody takes one that was opened."""
        customer = await self.library.customers.by_external_userid(self._opened.pop())
        assert customer is not None
        (ticket,) = await self.library.tickets.of_customer(customer.id, 1)
        return await self._settled(TakeTicket(ticket.number, "agent000"))

    async def _settled(self, command: Command) -> float:
        began = time.perf_counter()
        async with self.library.open() as books:
            work = Work(books, self._handbook, self._clock)
            await work.settle(Outcome(do=(command,)), None, None, f"turn {self._next()}")
        return time.perf_counter() - began

    async def _sweep(self) -> None:
        """What the ticker does in a second in which nothing is due."""
        await OfferDesk(self.library, self._handbook, self._clock).run()
        await SlaDesk(self.library, self._handbook, self._clock).run()

    async def _due(self) -> float:
        """The same when ten deadlines have just been broken."""
        async with self.library.reading() as connection:
            await connection.execute(_MAKE_DUE, {"now": NOW})
        return await _took(self._sweep)

    async def _nothing(self) -> None:
        """A statement that asks for nothing: what a round trip costs just now."""
        async with self.library.reading() as connection:
            await connection.execute(text("SELECT 1"))

    async def _scan(self) -> None:
        """The peer: read what is unsolved and look at each, as a sweep without due rows has to."""
        async with self.library.reading() as connection:
            rows = await connection.execute(_SCAN)
            assert not any(row.due_at < datetime.min.replace(tzinfo=UTC) for row in rows)

    async def _timed(self, piece: Piece, rounds: int = 0) -> Timed:
        for _ in range(_WARM):
            await piece()
        took = [1000 * await piece() for _ in range(rounds or self.rounds)]
        cuts = statistics.quantiles(took, n=20)
        return {"p50": round(cuts[9], 2), "p95": round(cuts[18], 2)}

    def _number(self) -> str:
        """The number of one of the filled tickets, all over the past."""
        return f"P-{self._next() * 7919 % self.tickets + 1}"

    def _next(self) -> int:
        self._turns += 1
        return self._turns


async def _took(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began
