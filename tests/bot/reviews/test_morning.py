"""The service opens: once a day promised customers are handed over and reviews are told."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from bot.phrases import load_phrases
from bot.reviews.morning import MorningDesk
from bot.turn.commit import Committer
from bot.turn.decision import Decision
from bot.understanding.reader import UNSURE
from desk.commands import Command, Outcome
from desk.conversations.commands import PromisePerson
from desk.conversations.incoming import Text
from desk.conversations.model import Session
from desk.conversations.outgoing import Body, PassToPerson, SayInConversation, TellStaff
from desk.handbook import plain_handbook
from desk.kernel.messages import Card, Say, phrase
from desk.phrases.book import PhraseBook
from desk.ratings.commands import AskRating
from desk.staff.directory import Staff
from desk.staff.hours import Open, ServiceHours
from desk.store.database import Database
from desk.turns import Understanding
from tests.clocks import FrozenClock
from tests.fakes.staff import EVERYBODY, MANYUN, FakeStaff
from tests.store.making import message, worked

LATE = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
"""Saturday, 23:30 in Shanghai."""
TILL_NINE = timedelta(hours=9, minutes=30)
WISH = Understanding("human_handoff", 0.95, "nlu")
GUESS = Understanding("return_request", 0.4, UNSURE, ranking=(("return_request", 0.4),))
PLAIN = Understanding("greet", 1.0, "rule")
BOOK = PhraseBook(load_phrases())


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(LATE)


def desk_of(
    library: Database, clock: FrozenClock, people: tuple[Staff, ...] = EVERYBODY
) -> MorningDesk:
    return MorningDesk(library, plain_handbook(FakeStaff(people)), clock)


async def said(
    library: Database, clock: FrozenClock, name: str, text: str, meant: Understanding, *do: Command
) -> None:
    """One customer writes at night, and the bot answers."""
    lease = await worked(
        library, clock, message(name, Text(text), person=f"wm-{name}", sent_at=clock.now())
    )
    decision = Decision(Outcome((Say(phrase("fallback.which")),), do), meant)
    await Committer(library, plain_handbook(FakeStaff()), clock).commit(
        lease, lease.rows, decision, last=True
    )


async def sent_out(library: Database, clock: FrozenClock) -> list[Body]:
    """What waits in the outbox now; the answers of the night are delivered first."""
    async with library.open() as books:
        claimed = await books.outbox.claim(clock.now(), clock.now() + timedelta(minutes=1), 100)
        for each in claimed:
            await books.outbox.sent(each.entry.id, {}, clock.now())
    return [each.entry.body for each in claimed]


async def all_out(library: Database, clock: FrozenClock) -> list[Body]:
    """Everything, lane after lane, until nothing waits."""
    found: list[Body] = []
    while more := await sent_out(library, clock):
        found += more
    return found


async def test_at_nine_reviews_are_told_and_promised_customers_are_passed_on(
    library: Database, clock: FrozenClock
) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    await said(library, clock, "b", "那个能弄吗", GUESS)
    await all_out(library, clock)
    clock.turn(TILL_NINE)
    assert await desk_of(library, clock).run()
    bodies = await all_out(library, clock)
    told = [each for each in bodies if isinstance(each, TellStaff)]
    says = [each.reply for each in told if isinstance(each.reply, Say)]
    texts = [BOOK.render(each.phrase, clock.now()) for each in says]
    assert texts == [
        "这些对话请您复核：\n· 想找人工 1 条\n· 没听懂 1 条\n前几条：\n"
        "1 号（想找人工）“我要找人工”\n2 号（没听懂）“那个能弄吗”\n一条一条看：/复核"
    ]
    assert told[-1].to == ("amei", "xiaolu", "dazhi")
    assert [type(each.reply) for each in told].count(Card) == 1
    assert [type(each) for each in bodies if not isinstance(each, TellStaff)] == [
        SayInConversation,
        PassToPerson,
    ]


async def test_it_happens_once_however_many_tick(library: Database, clock: FrozenClock) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    clock.turn(TILL_NINE)
    first, second = desk_of(library, clock), desk_of(library, clock)
    done = await asyncio.gather(first.run(), second.run())
    assert sorted(done) == [False, True]
    assert [await first.run(), await second.run(), await desk_of(library, clock).run()] == [
        False,
        False,
        False,
    ]
    passed = [each for each in await all_out(library, clock) if isinstance(each, PassToPerson)]
    assert len(passed) == 1


async def test_before_the_opening_nothing_happens(library: Database, clock: FrozenClock) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    clock.turn(TILL_NINE - timedelta(seconds=1))
    morning = desk_of(library, clock)
    assert not await morning.run()
    clock.turn(timedelta(seconds=1))
    assert await morning.run()


async def test_it_waits_until_the_agents_are_known(library: Database, clock: FrozenClock) -> None:
    await said(library, clock, "b", "那个能弄吗", GUESS)
    clock.turn(TILL_NINE)
    assert not await desk_of(library, clock, ()).run()
    assert await desk_of(library, clock, (MANYUN,)).run()


async def test_a_quiet_night_is_not_told(library: Database, clock: FrozenClock) -> None:
    clock.turn(TILL_NINE)
    assert not await desk_of(library, clock).run()
    assert await all_out(library, clock) == []


async def test_who_asked_three_times_is_passed_on_once(
    library: Database, clock: FrozenClock
) -> None:
    for number in range(3):
        lease = await worked(
            library, clock, message(f"m{number}", Text("人工"), sent_at=clock.now())
        )
        decision = Decision(Outcome((Say(phrase("fallback.which")),), (PromisePerson(),)), WISH)
        await Committer(library, plain_handbook(FakeStaff()), clock).commit(
            lease, lease.rows, decision, last=True
        )
    assert len(await library.reviews.waiting(10)) == 1
    clock.turn(TILL_NINE)
    await desk_of(library, clock).run()
    passed = [each for each in await all_out(library, clock) if isinstance(each, PassToPerson)]
    assert len(passed) == 1


async def test_a_morning_that_breaks_is_begun_again_from_the_start(
    library: Database, clock: FrozenClock
) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    await all_out(library, clock)
    clock.turn(TILL_NINE)
    morning = MorningDesk(library, plain_handbook(Tumbling()), clock)
    with pytest.raises(RuntimeError):
        await morning.run()
    assert await all_out(library, clock) == []
    assert await morning.run()
    passed = [each for each in await all_out(library, clock) if isinstance(each, PassToPerson)]
    assert len(passed) == 1


class Tumbling(FakeStaff):
    """A directory that breaks when it is asked for agents the first time."""

    asked = 0

    @override
    def agents(self, skill: str = "") -> Sequence[Staff]:
        self.asked += 1
        if self.asked == 1:
            raise RuntimeError("the first time")
        return super().agents(skill)


async def test_whom_a_person_has_served_in_the_night_is_left_alone(
    library: Database, clock: FrozenClock
) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    (review,) = await library.reviews.waiting(1)
    ask = AskRating(review.conversation, review.customer, "amei")
    clock.turn(timedelta(minutes=20))
    await said(library, clock, "b", "在吗", PLAIN, ask)
    await all_out(library, clock)
    clock.turn(TILL_NINE)
    await desk_of(library, clock).run()
    bodies = await all_out(library, clock)
    assert not any(isinstance(each, PassToPerson) for each in bodies)


async def test_whom_a_person_holds_now_is_left_alone(library: Database, clock: FrozenClock) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    (review,) = await library.reviews.waiting(1)
    async with library.open() as books:
        await books.conversations.session(review.conversation, Session.SERVICER, "amei")
    await all_out(library, clock)
    clock.turn(TILL_NINE)
    await desk_of(library, clock).run()
    bodies = await all_out(library, clock)
    assert not any(isinstance(each, PassToPerson) for each in bodies)


async def test_after_two_days_off_the_customer_is_passed_on_without_a_word(
    library: Database, clock: FrozenClock
) -> None:
    await said(library, clock, "a", "我要找人工", WISH, PromisePerson())
    await all_out(library, clock)
    clock.turn(TILL_NINE + timedelta(days=2))
    weekend = ServiceHours((*(Open(),) * 5, None, None))
    await MorningDesk(library, plain_handbook(FakeStaff(hours=weekend)), clock).run()
    bodies = await all_out(library, clock)
    assert [type(each) for each in bodies if not isinstance(each, TellStaff)] == [PassToPerson]
