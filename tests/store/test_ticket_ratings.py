"""A ticket has one rating, whoever asks, taps and clicks at the same time."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.web.acts import Acts
from bot.web.facts import Facts, read_facts
from bot.web.forms import Form
from desk.commands import Command, Outcome
from desk.front import Desk, Work
from desk.handbook import plain_handbook
from desk.kernel.ids import ConversationId, CustomerId
from desk.ratings.commands import AskOfTicket, RateService, RateTicket
from desk.ratings.model import Rating, rating_of
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.store.database import Database
from desk.tickets.commands import FinishTicket, OpenTicket, TakeTicket
from desk.tickets.links import link_to
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.clocks import NOON, FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

NUMBER = "T-20261121-0001"
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Case:
    """A solved ticket in the database."""

    library: Database
    clock: FrozenClock
    talk: ConversationId
    customer: CustomerId

    async def do(self, *commands: Command, seed: str) -> None:
        """Settle commands in a transaction of their own."""
        async with self.library.open() as books:
            work = Work(books, plain_handbook(FakeStaff()), self.clock)
            await work.settle(Outcome(do=commands), None, None, seed)

    async def ticket(self) -> Ticket:
        """The ticket as it stands."""
        found = await self.library.tickets.by_number(NUMBER)
        assert found is not None
        return found

    async def rating(self) -> Rating:
        """Its rating."""
        found = await self.library.ratings.of_ticket((await self.ticket()).id)
        assert found is not None
        return found

    def acts(self) -> Acts:
        """What clicks on its page do."""
        return Acts(self.library, plain_handbook(FakeStaff()), self.clock, lambda: None)

    async def facts(self) -> Facts:
        """What its page is made of."""
        desk = Desk(
            clock=self.clock,
            shops=ShopFloor((), self.clock, MemoryCache(self.clock)),
            stores=(),
            policies=(),
            staff=FakeStaff(),
            conversations=self.library.conversations,
            customers=self.library.customers,
            tickets=self.library.tickets,
            grants=self.library.grants,
            insights=self.library.insights,
            reviews=self.library.reviews,
            ratings=self.library.ratings,
            parcels=self.library.parcels,
            templates=self.library.templates,
        )
        found = await read_facts(link_to(await self.ticket()), desk, self.clock.now())
        assert found is not None
        return found

    async def tickets(self) -> tuple[Ticket, ...]:
        """All tickets of the customer."""
        return await self.library.tickets.of_customer(self.customer, 10)


@pytest.fixture
async def case(library: Database, clock: FrozenClock) -> Case:
    talk, customer, _ = await conversation(library, clock)
    made = Case(library, clock, talk.id, customer)
    asked = OpenTicket(TicketKind.INVOICE, Priority.NORMAL, "开票", customer, talk.id)
    await made.do(asked, seed="open")
    await made.do(TakeTicket(NUMBER, "amei"), FinishTicket(NUMBER, "amei"), seed="finish")
    return made


async def test_the_rating_that_was_asked_comes_back_as_it_was(case: Case) -> None:
    ticket = await case.ticket()
    assert await case.rating() == Rating(
        rating_of(ticket.id), case.talk, case.customer, "amei", NOON, ticket=ticket.id
    )


async def test_asked_again_it_is_the_same_rating_with_a_newer_moment(case: Case) -> None:
    case.clock.turn(MINUTE)
    ticket = await case.ticket()
    await case.do(AskOfTicket(ticket.id, case.talk, case.customer, "dazhi"), seed="again")
    rating = await case.rating()
    assert (rating.asked_at, rating.servicer) == (NOON + MINUTE, "dazhi")
    await case.do(RateService(rating.id, 5), seed="rate")
    case.clock.turn(MINUTE)
    await case.do(AskOfTicket(ticket.id, case.talk, case.customer, "amei"), seed="third")
    kept = await case.rating()
    assert (kept.asked_at, kept.servicer, kept.score) == (NOON + MINUTE, "dazhi", 5)


async def test_of_ten_clicks_at_once_one_counts(case: Case) -> None:
    facts, acts = await case.facts(), case.acts()
    forms = [Form("rate", score, f"第{score}") for score in (1, 2, 3, 4, 5) * 2]
    said = Counter(await asyncio.gather(*(acts.act(facts, form) for form in forms)))
    rating = await case.rating()
    assert rating.words == f"第{rating.score}"
    assert said["rated"] + said["rated_low"] in (1, 2)  # The same form twice is told thanks twice.
    assert sum(said.values()) == 10
    low = rating.score is not None and rating.score <= 2
    assert len(await case.tickets()) == (2 if low else 1)


async def test_a_low_click_that_comes_twice_calls_back_once(case: Case) -> None:
    facts, acts = await case.facts(), case.acts()
    form = Form("rate", 1, "没人理我")
    await asyncio.gather(*(acts.act(facts, form) for _ in range(5)))
    back, first = await case.tickets()
    assert first.number == NUMBER
    assert back.summary.startswith(f"顾客对工单 {NUMBER} 的处理（阿美处理）打了 1 分")
    assert len(await case.library.tickets.history(back.number)) == 1


async def test_of_ten_who_open_it_again_at_once_one_does(case: Case) -> None:
    facts, acts = await case.facts(), case.acts()
    await asyncio.gather(*(acts.act(facts, Form("reopen", None, "")) for _ in range(10)))
    ticket = await case.ticket()
    assert (ticket.state, ticket.owner) == (TicketState.TAKEN, "amei")
    history = await case.library.tickets.history(NUMBER)
    assert [each.what for each in history].count("reopened") == 1


async def test_a_rating_on_the_page_needs_no_question_before_it(
    library: Database, clock: FrozenClock, case: Case
) -> None:
    other = OpenTicket(TicketKind.RETURN, Priority.NORMAL, "退货", case.customer, case.talk)
    await case.do(other, seed="other")
    ticket = (await case.tickets())[0]
    command = RateTicket(ticket.id, case.talk, case.customer, "amei", 4, "好")
    await case.do(command, seed="rate")
    rating = await library.ratings.of_ticket(ticket.id)
    assert rating is not None
    assert (rating.score, rating.words, rating.asked_at) == (4, "好", clock.now())


async def test_figures_count_it_for_the_owner_on_the_day_it_was_given(case: Case) -> None:
    facts = await case.facts()
    await case.acts().act(facts, Form("rate", 2, "慢"))
    figures = await case.library.insights.figures(NOON, NOON + DAY, timedelta(seconds=90))
    assert (figures.ratings, figures.ratings_sum) == (1, 2)
    (low,) = figures.low_ratings
    assert (low.servicer, low.score, low.words) == ("amei", 2, "慢")
