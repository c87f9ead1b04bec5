"""A desk on the real database whose clock is turned: what goes out because something is late."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.merchant import BadShopsFile
from bot.sla.reading import read_terms
from bot.sla.ticking import SlaDesk
from desk.commands import Command, Outcome
from desk.conversations.model import Conversation, InboxRow
from desk.conversations.outgoing import SayInConversation, TellStaff, UpdateCard
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Card, Phrase, Say
from desk.sla.terms import Terms
from desk.staff.hours import Open, ServiceHours
from desk.store.database import Database
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind
from tests.clocks import FrozenClock
from tests.desk.work.house import taken_apart
from tests.fakes.staff import EVERYBODY, FakeStaff

NUMBER = "T-20261121-0001"
ROUND_THE_CLOCK = ServiceHours((Open(0, 24 * 60),) * 7)
HEAD = replace(EVERYBODY[3], duties=("department_head",))
MANAGER = replace(EVERYBODY[4], duties=("account_manager",))
PEOPLE = (*EVERYBODY[:3], HEAD, MANAGER, EVERYBODY[5])


def terms(**given: object) -> Terms:
    """The terms of a house that never closes, with what its file says beside."""
    return read_terms(given, ROUND_THE_CLOCK, BadShopsFile)


@dataclass
class LateDesk:
    """One customer and what is done and swept for them."""

    library: Database
    clock: FrozenClock
    talk: Conversation
    customer: CustomerId
    row: InboxRow
    terms: Terms = field(default_factory=terms)
    staff: FakeStaff = field(default_factory=lambda: FakeStaff(PEOPLE, ROUND_THE_CLOCK))
    turns: int = 0

    @property
    def handbook(self) -> Handbook:
        """What the desk works by."""
        return Handbook(self.staff, (), self.terms)

    async def do(self, *commands: Command) -> None:
        """Settle commands in a transaction of their own."""
        self.turns += 1
        async with self.library.open() as books:
            work = Work(books, self.handbook, self.clock)
            await work.settle(Outcome(do=commands), self.talk, self.row.id, str(self.turns))

    async def opens(
        self, kind: TicketKind = TicketKind.LOGISTICS, priority: Priority = Priority.URGENT
    ) -> None:
        """The customer gets a ticket, and everything that was said of it has gone out."""
        await self.do(OpenTicket(kind, priority, "三天没有更新物流", self.customer, self.talk.id))
        await self.outbox()

    def desk(self) -> SlaDesk:
        """Somebody who sweeps; there may be many."""
        return SlaDesk(self.library, self.handbook, self.clock)

    async def after(self, **span: float) -> list[str]:
        """Let time pass and sweep; what went out, as `who: what`."""
        self.clock.turn(timedelta(**span))
        await self.desk().run()
        return await self.outbox()

    async def outbox(self) -> list[str]:
        """Everything that could go out now, each once."""
        until = self.clock.now() + timedelta(minutes=1)
        told: list[str] = []
        async with self.library.open() as books:
            while claimed := await books.outbox.claim(self.clock.now(), until, 50):
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, self.clock.now())
                    told += _told(each.entry.body)
        return sorted(told)

    async def ticket(self) -> Ticket:
        """The first ticket as it stands."""
        found = await self.library.tickets.by_number(NUMBER)
        assert found is not None
        return found

    async def history(self) -> list[str]:
        """What happened to the first ticket."""
        return [each.what for each in await self.library.tickets.history(NUMBER)]


def _told(body: object) -> list[str]:
    """What is about promised times; what else goes out with it is tested elsewhere."""
    match body:
        case TellStaff(to, Card() as card):
            what = card.title.params.get("what")
            return [f"{','.join(to)}: {what.key}"] if isinstance(what, Phrase) else []
        case TellStaff(to, Say() as say):
            return [f"{','.join(to)}: {key}" for key in _keys(say.phrase)]
        case UpdateCard(task, replace=text) if task.startswith("sla-"):
            return [f"card: {text.key}"]
        case SayInConversation(_, say):
            return [f"customer: {key}" for key in _keys(say.phrase)]
    return []


def _keys(said: Phrase) -> list[str]:
    return [each.key for each in taken_apart(said) if each.key.startswith(("sla.", "ticket."))]
