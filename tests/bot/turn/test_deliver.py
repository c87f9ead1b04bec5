"""Rows of the outbox reach people once, within what is allowed; what cannot is reported."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.phrases import load_phrases
from bot.turn.deliver import REPLIES_PER_MESSAGE, DeliveryWorker
from bot.turn.pace import Pace
from bot.turn.ports import (
    Delivery,
    Doubtful,
    Later,
    Never,
    NoRoute,
    Profile,
    RenderedCard,
    Sent,
)
from bot.turn.render import Renderer
from bot.turn.settle import MOST_ATTEMPTS, Settler
from bot.wakes import Wakes
from bot.wecom.render import split_text
from desk.conversations.model import Conversation, Session
from desk.conversations.outgoing import (
    Body,
    SayInConversation,
    TellStaff,
    UpdateCard,
    Welcome,
)
from desk.handbook import plain_handbook
from desk.kernel.messages import Card, Say, phrase
from desk.phrases.book import PhraseBook
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.store.database import Database
from desk.tickets.model import TicketState
from tests.clocks import FrozenClock
from tests.desk.tickets.test_flow import PLAIN
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation, entry

HELLO = Say(phrase("session.ended"))


@dataclass
class Scripted:
    """Both channels: they note what they are asked, and answer what the test says."""

    ends: list[Delivery] = field(default_factory=list)
    said: list[tuple[str, bool]] = field(default_factory=list)
    told: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    held: tuple[Session, str] | None = None

    def end(self) -> Delivery:
        return self.ends.pop(0) if self.ends else Sent({"response_code": "rc1"})

    async def say(
        self,
        account: str,
        person: str,
        msgid: str,
        text: str,
        menu: tuple[tuple[str, str], ...],
        *,
        doubtful: bool,
    ) -> Delivery:
        self.said.append((msgid, doubtful))
        return self.end()

    async def welcome(
        self, code: str, msgid: str, text: str, menu: tuple[tuple[str, str], ...]
    ) -> Delivery:
        self.said.append((code, False))
        return self.end()

    async def pass_to_person(self, account: str, person: str, preferred: Sequence[str]) -> Delivery:
        return Sent({"session": "3", "servicer": "amei"})

    async def session(self, account: str, person: str) -> tuple[Session, str] | None:
        return self.held

    async def profiles(self, people: Sequence[str]) -> Mapping[str, Profile]:
        return {}

    async def text(self, to: Sequence[str], text: str) -> Delivery:
        self.told.append((tuple(to), text))
        return self.end()

    async def markdown(self, to: Sequence[str], text: str) -> Delivery:
        return await self.text(to, text)

    async def card(self, to: Sequence[str], card: RenderedCard) -> Delivery:
        return await self.text(to, card.title)

    async def close_card(self, code: str, to: Sequence[str], text: str) -> Delivery:
        self.closed.append(code)
        return self.end()


@dataclass
class Bench:
    """The worker with everything around it."""

    library: Database
    clock: FrozenClock
    channel: Scripted
    worker: DeliveryWorker

    async def put(self, body: Body, lane: str = "lane") -> None:
        async with self.library.open() as books:
            await books.outbox.put((entry(lane, body),), self.clock.now())

    async def work(self) -> None:
        """Deliver what is due until nothing is."""
        while claimed := await self.worker.fetch(10):
            for each in claimed:
                await self.worker.work(each)

    async def states(self) -> list[str]:
        async with self.library.reading() as connection:
            rows = await connection.execute(text("SELECT state FROM outbox ORDER BY created_at"))
            return [row.state for row in rows]


@pytest.fixture
async def bench(library: Database, redis_url: str, clock: FrozenClock) -> AsyncIterator[Bench]:
    redis = Redis.from_url(redis_url)
    channel, wakes, staff = Scripted(), Wakes(redis), FakeStaff()
    worker = DeliveryWorker(
        library,
        channel,
        channel,
        ShopFloor((), clock, MemoryCache(clock)),
        Renderer(PhraseBook(load_phrases()), clock, split_text),
        Settler(library, plain_handbook(staff), clock),
        Pace(redis, clock),
        wakes,
        clock,
    )
    yield Bench(library, clock, channel, worker)
    await redis.aclose()


async def heard(bench: Bench) -> Conversation:
    """A conversation in which the customer has just written."""
    talk, _, _ = await conversation(bench.library, bench.clock)
    async with bench.library.open() as books:
        await books.conversations.heard(talk.id, bench.clock.now())
    return talk


async def test_a_reply_goes_out_once_and_is_done(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    await bench.work()
    assert len(bench.channel.said) == 1
    assert await bench.states() == ["sent"]


async def test_a_doubtful_end_is_tried_again_under_the_same_msgid(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, HELLO))
    bench.channel.ends = [Doubtful("lost"), Sent()]
    await bench.work()
    bench.clock.turn(timedelta(seconds=5))
    await bench.work()
    (first, sure), (second, unsure) = bench.channel.said
    assert first == second
    assert len(first) == 32
    assert (sure, unsure) == (False, True)
    assert await bench.states() == ["sent"]


async def test_the_sixth_reply_has_no_route_and_the_staff_get_its_text(bench: Bench) -> None:
    talk = await heard(bench)
    for _ in range(REPLIES_PER_MESSAGE + 1):
        await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    assert len(bench.channel.said) == REPLIES_PER_MESSAGE
    assert (await bench.states()).count("unroutable") == 1
    meant = PhraseBook(load_phrases()).render(HELLO.phrase, bench.clock.now())
    assert any(meant in told for _, told in bench.channel.told)


async def test_a_retry_is_not_charged_twice(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, HELLO))
    bench.channel.ends = [Doubtful("lost"), Doubtful("lost"), Sent()]
    for _ in range(3):
        await bench.work()
        bench.clock.turn(timedelta(seconds=10))
    for _ in range(REPLIES_PER_MESSAGE - 1):
        await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    assert set(await bench.states()) == {"sent"}


async def test_a_reply_whose_parts_do_not_all_fit_the_budget_takes_nothing_of_it(
    bench: Bench,
) -> None:
    talk = await heard(bench)
    for _ in range(REPLIES_PER_MESSAGE - 1):
        await bench.put(SayInConversation(talk.id, HELLO))
    long_text = phrase("cmd.unknown", word="长" * 1500)
    await bench.put(SayInConversation(talk.id, Say(long_text)))
    await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    assert len(bench.channel.said) == REPLIES_PER_MESSAGE


async def test_two_days_after_the_last_word_nothing_is_sent(bench: Bench) -> None:
    talk = await heard(bench)
    bench.clock.turn(timedelta(hours=48))
    await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    assert bench.channel.said == []
    assert (await bench.states())[0] == "unroutable"


async def test_while_a_person_holds_the_session_the_person_is_told_instead(bench: Bench) -> None:
    talk = await heard(bench)
    async with bench.library.open() as books:
        await books.conversations.session(talk.id, Session.SERVICER, "amei")
    bench.channel.held = (Session.SERVICER, "amei")
    await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    assert bench.channel.said == []
    assert [to for to, _ in bench.channel.told] == [("amei",)]


async def test_a_session_that_ended_unseen_does_not_silence_the_bot(bench: Bench) -> None:
    talk = await heard(bench)
    async with bench.library.open() as books:
        await books.conversations.session(talk.id, Session.SERVICER, "amei")
    bench.channel.held = (Session.NEW, "")
    await bench.put(SayInConversation(talk.id, HELLO))
    await bench.work()
    assert len(bench.channel.said) == 1


async def test_a_welcome_that_is_too_late_is_not_sent(bench: Bench) -> None:
    talk = await heard(bench)
    async with bench.library.open() as books:
        late = entry("lane", Welcome(talk.id, "code", HELLO), urgent=True)
        expired = late.__class__(
            late.id, late.lane, late.body, None, late.due_at, True, bench.clock.now()
        )
        await books.outbox.put((expired,), bench.clock.now())
    await bench.work()
    assert bench.channel.said == []
    assert await bench.states() == ["unroutable"]


async def test_what_is_refused_for_ever_is_a_dead_letter_at_once(bench: Bench) -> None:
    await bench.put(TellStaff(("amei",), HELLO))
    bench.channel.ends = [Never("81013")]
    await bench.work()
    assert await bench.states() == ["dead"]


async def test_a_doubtful_message_to_staff_goes_again_word_for_word(bench: Bench) -> None:
    await bench.put(TellStaff(("amei",), HELLO))
    bench.channel.ends = [Doubtful("lost"), Sent()]
    await bench.work()
    bench.clock.turn(timedelta(seconds=5))
    await bench.work()
    (_, first), (_, second) = bench.channel.told
    assert first == second


async def test_what_stays_doubtful_becomes_a_dead_letter_in_the_end(bench: Bench) -> None:
    await bench.put(TellStaff(("amei",), HELLO))
    bench.channel.ends = [Doubtful("lost")] * (MOST_ATTEMPTS + 5)
    for _ in range(MOST_ATTEMPTS + 3):
        await bench.work()
        bench.clock.turn(timedelta(minutes=6))
    assert len(bench.channel.told) == MOST_ATTEMPTS
    assert await bench.states() == ["dead"]


async def test_a_row_that_breaks_something_is_given_up_and_frees_its_lane(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, Say(phrase("no.such_phrase"))))
    await bench.put(SayInConversation(talk.id, HELLO))
    for _ in range(MOST_ATTEMPTS):
        await bench.work()
        bench.clock.turn(timedelta(minutes=6))
    await bench.work()
    assert (await bench.states())[:2] == ["dead", "sent"]
    assert len(bench.channel.said) == 1


async def test_a_reply_that_is_given_up_is_told_to_the_staff(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, HELLO))
    bench.channel.ends = [Doubtful("lost")] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS):
        await bench.work()
        bench.clock.turn(timedelta(minutes=6))
    await bench.work()
    assert await bench.states() == ["dead", "sent"]
    [(_, told)] = bench.channel.told
    assert "没能确认送达" in told


async def test_what_a_ticket_could_not_tell_is_told_to_who_has_it(bench: Bench) -> None:
    talk = await heard(bench)
    ticket = replace(PLAIN, conversation=talk.id, customer=talk.customer, owner="amei")
    async with bench.library.open() as books:
        await books.tickets.add(replace(ticket, state=TicketState.TAKEN))
    said = Say(phrase("ticket.resumed", number=PLAIN.number, due=bench.clock.now()))
    await bench.put(SayInConversation(talk.id, said))
    bench.channel.ends = [Never("95018")]
    await bench.work()
    [(to, _)] = bench.channel.told
    assert to == ("amei",)


async def test_an_hour_without_a_connection_to_wecom_loses_no_reply(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, HELLO))
    bench.channel.ends = [Later("wecom.no_connection", timedelta(seconds=2))] * 100
    began = bench.clock.now()
    while bench.clock.now() - began < timedelta(hours=1):
        await bench.work()
        bench.clock.turn(timedelta(seconds=30))
    bench.channel.ends = []
    bench.clock.turn(timedelta(minutes=6))
    await bench.work()
    assert await bench.states() == ["sent"]


async def test_a_rate_limit_costs_time_and_no_attempt(bench: Bench) -> None:
    await bench.put(TellStaff(("amei",), HELLO))
    limited: list[Delivery] = [Later("45009", timedelta(minutes=1), free=True)] * 20
    bench.channel.ends = [*limited, Sent()]
    for _ in range(21):
        await bench.work()
        bench.clock.turn(timedelta(minutes=1))
    assert await bench.states() == ["sent"]


async def test_while_nobody_is_known_by_name_everybody_who_sees_the_app_is_told(
    bench: Bench,
) -> None:
    card = Card("ticket-2", phrase("session.ended"), phrase("session.ended"))
    await bench.put(TellStaff((), card), "card")
    await bench.put(UpdateCard("ticket-2", phrase("session.ended")), "card")
    await bench.work()
    assert [to for to, _ in bench.channel.told] == [("@all",)]
    assert bench.channel.closed == ["rc1"]


async def test_a_card_is_closed_with_the_code_it_was_sent_with(bench: Bench) -> None:
    card = Card("ticket-1", phrase("session.ended"), phrase("session.ended"))
    await bench.put(TellStaff(("amei",), card), "card")
    await bench.put(UpdateCard("ticket-1", phrase("session.ended")), "card")
    await bench.put(UpdateCard("ticket-1", phrase("session.ended")), "card")
    await bench.work()
    assert bench.channel.closed == ["rc1"]


async def test_a_card_that_could_not_be_closed_yet_keeps_its_code(bench: Bench) -> None:
    card = Card("ticket-3", phrase("session.ended"), phrase("session.ended"))
    await bench.put(TellStaff(("amei",), card), "card")
    await bench.put(UpdateCard("ticket-3", phrase("session.ended")), "card")
    bench.channel.ends = [
        Sent({"response_code": "rc1"}),
        Later("busy", timedelta(seconds=2)),
        Sent(),
    ]
    await bench.work()
    bench.clock.turn(timedelta(minutes=1))
    await bench.work()
    assert bench.channel.closed == ["rc1", "rc1"]
    assert await bench.states() == ["sent", "sent"]


async def test_a_row_whose_session_was_lost_on_the_way_is_reported(bench: Bench) -> None:
    talk = await heard(bench)
    await bench.put(SayInConversation(talk.id, HELLO))
    bench.channel.ends = [NoRoute("session", Session.SERVICER, "amei")]
    await bench.work()
    async with bench.library.open() as books:
        now = await books.conversations.get(talk.id)
    assert now is not None
    assert (now.session, now.servicer) == (Session.SERVICER, "amei")
    assert [to for to, _ in bench.channel.told] == [("amei",)]


async def test_a_row_from_before_its_phrase_got_a_blank_is_sent_and_logged(bench: Bench) -> None:
    old = phrase("ticket.card.yours", number="GD1", summary="顾客要换货")
    with capture_logs() as lines:
        await bench.put(TellStaff(("amei",), Say(old)))
        await bench.work()
    assert await bench.states() == ["sent"]
    assert bench.channel.told[0][1].startswith("GD1，您已接单\n顾客要换货\n")
    left = [each for each in lines if each["event"] == "phrase.blank_left_empty"]
    assert [(each["phrase"], each["blank"]) for each in left] == [("ticket.card.yours", "added")]
