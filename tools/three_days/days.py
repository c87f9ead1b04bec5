"""The three days as a whole: who is there, what happens to them, and what is left in the rows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desk.conversations.outgoing import Body
from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import ConversationId
from desk.kernel.messages import Card
from desk.store.database import Database
from tools.three_days import trail
from tools.three_days.actors import Colleague, heard_by_customer, read_by_staff
from tools.three_days.cases import Case, cases
from tools.three_days.customers import Customer
from tools.three_days.house import Desk, TurnedClock
from tools.three_days.people import TEMPERS
from tools.three_days.play import Pause, Stage

BEGIN = datetime(2026, 11, 19, tzinfo=SHANGHAI).astimezone(UTC)
"""A Thursday's midnight in Shanghai."""
_DOWN = (timedelta(hours=35, minutes=10), timedelta(hours=35, minutes=50))
_COME = {"amei": 9, "xiaolu": 10, "fangjie": 9.5, "dazhi": 13}
"""The hour at which each one's day begins."""


@dataclass(frozen=True, slots=True)
class Script:
    """How long, how many, and by which dice; hours are counted from BEGIN."""

    seed: int = 1
    hours: int = 72
    tickets: int = 200


class Days:
    """Plays a script on an empty, migrated database."""

    def __init__(self, library: Database, script: Script) -> None:
        self._library, self._script = library, script
        self._desk = Desk(library, TurnedClock(BEGIN))
        end = BEGIN + timedelta(hours=script.hours)
        pause = Pause(BEGIN + _DOWN[0], BEGIN + _DOWN[1])
        self._stage = Stage(self._desk, script.seed, BEGIN, end, pause)
        self._staff = {userid: Colleague(self._stage, userid) for userid in TEMPERS}
        self._cases = cases(script.seed, BEGIN, script.hours, script.tickets)
        self._customers = {each.person: Customer(self._stage, each) for each in self._cases}
        self._persons: dict[ConversationId, str] = {}

    @property
    def cases(self) -> tuple[Case, ...]:
        """What the customers came with."""
        return self._cases

    async def play(self) -> trail.Trail:
        """Play it from beginning to end."""
        await trail.watch(self._library)
        self._plan()
        await self._stage.play(self._hear)
        times, stage = (BEGIN, self._stage.end), self._stage
        pause = (stage.pause.since, stage.pause.until)
        return await trail.read(self._library, stage.moments, times, stage.ticks, pause)

    def _plan(self) -> None:
        for customer in self._customers.values():
            customer.comes()
        for userid, hour in _COME.items():
            self._stage.each_day(hour + 0.01, f"{userid} comes", self._staff[userid].comes)
        self._on(39, "dazhi is busy", "dazhi", busy=True)
        self._on(40.5, "dazhi is there", "dazhi", busy=False)
        self._stage.at(BEGIN + timedelta(hours=62), "xiaolu leaves", self._staff["xiaolu"].leaves)

    def _on(self, hours: float, name: str, userid: str, *, busy: bool) -> None:
        who = self._staff[userid]
        self._stage.at(BEGIN + timedelta(hours=hours), name, who.is_busy if busy else who.is_there)

    async def _hear(self) -> None:
        for body in await self._desk.delivered():
            await self._one(body)

    async def _one(self, body: Body) -> None:
        for said in heard_by_customer(body):
            if person := await self._person(body):
                self._customers[person].hears(said)
        told = read_by_staff(body)
        for userid in told.to if told else ():
            who = self._staff[userid]
            match told.reply if told else None:
                case Card() as card:
                    who.reads(card)
                case say if say is not None and say.phrase.key == "assign.struck":
                    who.strikes_back()
                case _:
                    who.goes_on()

    async def _person(self, body: Body) -> str:
        where = getattr(body, "conversation", None)
        if where is None:
            return ""
        if where not in self._persons:
            async with self._library.step() as books:
                found = await books.conversations.get(where)
            self._persons[where] = found.person if found else ""
        return self._persons[where]
