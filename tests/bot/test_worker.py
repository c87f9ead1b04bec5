"""The worker on a real database: bursts are one turn, beginnings wait, failures fall apart."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import cast

import pytest

from bot.pump import Wake
from bot.turn.bursts import PAUSE, Burst, said_in
from bot.turn.commit import Committer
from bot.turn.decide import Decider
from bot.turn.decision import Decision
from bot.wakes import Wakes
from bot.worker import TurnWorker
from desk.commands import Outcome
from desk.conversations.incoming import Text
from desk.conversations.model import Conversation
from desk.conversations.outgoing import SayInConversation
from desk.handbook import plain_handbook
from desk.kernel.messages import Phrase, Say, phrase
from desk.store.database import Database
from desk.turns import Understanding
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import message, put


@dataclass
class Parrot:
    """Says what it heard; 在吗 is a greeting, and what holds `breaks_on` breaks it."""

    breaks_on: str = "\0"

    async def decide(self, conversation: Conversation, burst: Burst) -> Decision:
        """Decide about a burst."""
        texts = [said_in(row) for row in burst]
        if any(self.breaks_on in text for text in texts):
            raise ValueError("broken on purpose")
        intent = "greet" if texts[-1] == "在吗" else "stock_check"
        said = Say(phrase("say.joined", first="|".join(texts), then=""))
        return Decision(Outcome((said,)), Understanding(intent, 0.9, "nlu"))


@dataclass
class Room:
    """A worker with its parrot; `answers` is all that went out."""

    library: Database
    clock: FrozenClock
    parrot: Parrot
    worker: TurnWorker
    answers: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    async def hear(self, *texts: str) -> None:
        """The customer writes, each a moment after the other."""
        for text in texts:
            said = message(f"m{next(self.numbers)}", Text(text), sent_at=self.clock.now())
            await put(self.library, self.clock, said)

    async def work(self, after: timedelta = timedelta()) -> list[str]:
        """Work what is due after a while; returns what has gone out by then."""
        self.clock.turn(after)
        while leases := await self.worker.fetch(4):
            for lease in leases:
                await self.worker.work(lease)
        async with self.library.open() as books:
            until = self.clock.now() + timedelta(hours=1)
            while claimed := await books.outbox.claim(self.clock.now(), until, 20):
                for each in claimed:
                    body = each.entry.body
                    if isinstance(body, SayInConversation):
                        self.answers.append(_in_short(body.say.phrase))
                    await books.outbox.sent(each.entry.id, {}, self.clock.now())
        return self.answers


def _in_short(said: Phrase) -> str:
    """What the parrot said, or the key of what somebody else did."""
    first = said.params.get("first", said.key)
    return first.key if isinstance(first, Phrase) else str(first)


class Bells:
    """Bells that nobody has to hear: a test looks for the work itself."""

    def __init__(self) -> None:
        self.turns = Wake()

    def ring(self, name: str) -> None:
        """Tell nobody."""


@pytest.fixture
def room(library: Database, clock: FrozenClock) -> Room:
    parrot = Parrot()
    committer = Committer(library, plain_handbook(FakeStaff()), clock)
    bells = cast("Wakes", Bells())
    worker = TurnWorker(library, cast("Decider", parrot), committer, bells, clock)
    return Room(library, clock, parrot, worker)


async def test_what_waits_together_is_one_turn_with_one_answer(room: Room) -> None:
    await room.hear("学步鞋", "白色", "22码有吗")
    assert await room.work() == ["学步鞋|白色|22码有吗"]
    assert await room.work(timedelta(seconds=5)) == ["学步鞋|白色|22码有吗"]


async def test_a_beginning_waits_and_is_answered_with_the_rest(room: Room) -> None:
    await room.hear("在吗")
    assert await room.work() == []
    await room.hear("学步鞋有货吗")
    assert await room.work(PAUSE) == ["在吗|学步鞋有货吗"]


async def test_a_beginning_that_nothing_follows_is_answered_after_the_pause(room: Room) -> None:
    await room.hear("在吗")
    assert await room.work() == []
    assert await room.work(PAUSE) == ["在吗"]


async def test_a_whole_message_is_answered_at_once(room: Room) -> None:
    await room.hear("有货吗")
    assert await room.work() == ["有货吗"]
    await room.hear("22码呢")
    assert await room.work(timedelta(seconds=1)) == ["有货吗", "22码呢"]


async def test_of_a_burst_that_broke_each_message_is_tried_alone(room: Room) -> None:
    room.parrot.breaks_on = "坏"
    await room.hear("学步鞋", "坏的", "有货吗")
    assert await room.work() == []
    await room.work(timedelta(seconds=1))
    await room.work(timedelta(seconds=5))
    assert await room.work(timedelta(seconds=5)) == ["学步鞋", "fallback.person_follows", "有货吗"]


async def test_a_worker_that_died_while_a_beginning_waited_loses_nothing(room: Room) -> None:
    await room.hear("在吗")
    await room.worker.fetch(4)  # Leased, and then the process is gone.
    await room.hear("有货吗")
    assert await room.work() == []
    assert await room.work(timedelta(minutes=1)) == ["在吗|有货吗"]
