"""Fifty who click at once, tickers that look at once: on the real database each thing is once."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.assignment.due import OfferDesk
from bot.assignment.gone import MISSED_FOR, GoneDesk
from bot.assignment.rush import RushDesk
from desk.assignment.commands import (
    DismissStaff,
    GiveTicket,
    ReturnTicket,
    SetPresence,
    SwitchSurge,
)
from desk.assignment.model import Cause, Exclusion, Presence
from desk.commands import Command, Outcome
from desk.conversations.incoming import Media
from desk.conversations.model import Conversation, InboxRow
from desk.conversations.outgoing import Body, SayInConversation, TellStaff
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Card, Say
from desk.kernel.roles import Role
from desk.shops.stores import Store
from desk.staff.directory import Staff
from desk.staff.shifts import Shift
from desk.store.database import Database
from desk.tickets.commands import FinishTicket, OpenTicket, ReopenTicket, TakeTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import FrozenClock
from tests.desk.work.house import taken_apart
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation, message, put

FIFTY = tuple(
    Staff(f"agent{n:02}", f"客服{n}", Role.AGENT, skills=("after_sales",)) for n in range(50)
)
ABOVE = (Staff("fangjie", "方姐", Role.SUPERVISOR), Staff("manyun", "满云", Role.MANAGER))


class Shop:
    """A house of fifty agents on the real database."""

    def __init__(self, library: Database, clock: FrozenClock, staff: FakeStaff) -> None:
        self.library, self.clock, self.staff = library, clock, staff
        self.turns = 0
        self.chat: Conversation
        self.customer: CustomerId
        self.row: InboxRow

    async def do(self, *commands: Command, seed: str = "") -> None:
        """Settle an outcome in a transaction of its own."""
        self.turns += 1
        async with self.library.open() as books:
            work = Work(books, plain_handbook(self.staff), self.clock)
            seed = seed or str(self.turns)
            await work.settle(Outcome(do=commands), self.chat, self.row.id, seed)

    def wish(self, order_no: str = "E1", kind: TicketKind = TicketKind.RETURN) -> OpenTicket:
        """A ticket of the customer."""
        return OpenTicket(
            kind, Priority.NORMAL, "要退货", self.customer, self.chat.id, order_no=order_no
        )

    def offers(self) -> OfferDesk:
        """The ticker's part in a process of its own."""
        return OfferDesk(self.library, plain_handbook(self.staff), self.clock)

    async def winners(self, number: str) -> list[tuple[Cause, str]]:
        """Who was chosen, first decision first."""
        kept = await self.library.assignments.decisions(number, 100)
        return [(each.cause, each.decision.winner) for each in reversed(kept)]

    async def outbox(self) -> list[Body]:
        """Everything that could go out now."""
        bodies: list[Body] = []
        async with self.library.open() as books:
            until = self.clock.now() + timedelta(minutes=1)
            while claimed := await books.outbox.claim(self.clock.now(), until, 200):
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, self.clock.now())
                bodies += [each.entry.body for each in claimed]
        return bodies


@pytest.fixture
async def shop(library: Database, clock: FrozenClock) -> Shop:
    made = Shop(library, clock, FakeStaff((*FIFTY, *ABOVE)))
    made.chat, made.customer, made.row = await conversation(library, clock)
    return made


def told(bodies: list[Body]) -> Counter[str]:
    """How many were told what, by the phrases' keys."""
    return Counter(
        body.reply.phrase.key if isinstance(body.reply, Say) else body.reply.subtitle.key
        for body in bodies
        if isinstance(body, TellStaff)
    )


async def test_of_fifty_who_take_a_ticket_at_once_one_has_it_and_49_hear_who(shop: Shop) -> None:
    await shop.do(shop.wish())
    number = "T-20261121-0001"
    await asyncio.gather(
        *(shop.do(TakeTicket(number, each.userid), seed=each.userid) for each in FIFTY)
    )
    ticket = await shop.library.tickets.by_number(number)
    assert ticket is not None
    assert ticket.owner in {each.userid for each in FIFTY}
    history = await shop.library.tickets.history(number)
    assert [each.what for each in history] == ["opened", "taken"]
    said = told(await shop.outbox())
    assert said["ticket.take.first"] == 49
    assert said["ticket.card.yours"] == 1


async def test_fifty_tickets_are_spread_over_fifty_agents(shop: Shop) -> None:
    for number in range(50):
        await shop.do(shop.wish(f"E{number}"))
    cards = [body for body in await shop.outbox() if isinstance(body, TellStaff)]
    assert Counter(body.to for body in cards) == {(each.userid,): 1 for each in FIFTY}


async def test_an_offer_that_is_due_is_settled_once_by_many_tickers(shop: Shop) -> None:
    for number in range(6):
        await shop.do(shop.wish(f"E{number}"))
    await shop.outbox()
    shop.clock.turn(timedelta(minutes=30))
    settled = await asyncio.gather(*(shop.offers().run() for _ in range(4)))
    assert sum(settled) == 6
    for number in range(1, 7):
        winners = await shop.winners(f"T-20261121-{number:04}")
        assert [cause for cause, _ in winners] == [Cause.OPENED, Cause.TIMED_OUT]
        assert len({winner for _, winner in winners}) == 2
    assert told(await shop.outbox())["assign.card.asked"] == 6
    assert await shop.offers().run() == 0


async def test_two_tickers_see_three_in_a_row_and_pass_on_the_rest(
    library: Database, clock: FrozenClock
) -> None:
    lazy = Staff("lazy", "懒懒", Role.AGENT)
    spare = Staff("spare", "小备", Role.AGENT)
    shop = Shop(library, clock, FakeStaff((lazy, spare, *ABOVE)))
    shop.chat, shop.customer, shop.row = await conversation(library, clock)
    await shop.do(SetPresence("spare", Presence.AWAY, "spare"))
    for number in range(4):
        await shop.do(shop.wish(f"E{number}"))
        clock.turn(timedelta(seconds=1))
    await shop.do(SetPresence("spare", Presence.ON_DUTY, "spare"))
    clock.turn(timedelta(minutes=30) - timedelta(seconds=2))
    await asyncio.gather(shop.offers().run(), shop.offers().run())
    async with library.step() as books:
        assert await books.presence.presence("lazy") is Presence.BUSY
        assert len(await books.assignments.asked("spare")) == 4
    assert told(await shop.outbox())["assign.struck"] == 1


async def test_a_ticket_that_is_taken_while_its_offer_lapses_is_put_before_nobody_else(
    shop: Shop,
) -> None:
    await shop.do(shop.wish())
    ((_, first),) = await shop.winners("T-20261121-0001")
    shop.clock.turn(timedelta(minutes=30))
    await asyncio.gather(shop.do(TakeTicket("T-20261121-0001", first)), shop.offers().run())
    ticket = await shop.library.tickets.by_number("T-20261121-0001")
    assert ticket is not None
    assert ticket.owner == first
    async with shop.library.step() as books:
        assert await books.assignments.holders() == (first,)


async def test_the_decision_is_kept_with_everybodys_terms(shop: Shop) -> None:
    await shop.do(SetPresence("agent00", Presence.BUSY, "agent00"))
    await shop.do(shop.wish("E1"))
    (kept,) = await shop.library.assignments.decisions("T-20261121-0001", 5)
    judged = {each.userid: each for each in kept.decision.judged}
    assert len(judged) == 50
    assert judged["agent00"].excluded is Exclusion.BUSY
    assert kept.decision.winner == "agent01"
    assert [each.name for each in judged["agent01"].terms] == ["skill", "load"]
    assert judged["agent01"].score > 0


async def test_who_served_the_customer_is_chosen_again_until_they_gave_one_back(
    shop: Shop,
) -> None:
    await shop.do(shop.wish("E1"))
    await shop.do(GiveTicket("T-20261121-0001", "agent33", "fangjie"))
    await shop.do(TakeTicket("T-20261121-0001", "agent33"))
    await shop.do(shop.wish("E2"))
    assert await shop.winners("T-20261121-0002") == [(Cause.OPENED, "agent33")]
    await shop.do(ReturnTicket("T-20261121-0002", "agent33", "今天不行"))
    (_, (cause, winner)) = await shop.winners("T-20261121-0002")
    assert (cause, winner) == (Cause.RETURNED, "agent00")


async def test_a_place_that_the_customer_sent_brings_those_nearby(
    library: Database, clock: FrozenClock
) -> None:
    near = Staff("near", "近", Role.AGENT, ("xujiahui",))
    far = Staff("far", "远", Role.AGENT, ("binjiang",))
    staff = FakeStaff((far, near, *ABOVE))
    staff.stores = (
        Store("xujiahui", "徐家汇店", "上海", "", "", "", "", 31.1932, 121.4365),
        Store("binjiang", "滨江店", "杭州", "", "", "", "", 30.2084, 120.2106),
    )
    shop = Shop(library, clock, staff)
    shop.chat, shop.customer, shop.row = await conversation(library, clock)
    await shop.do(shop.wish("E1"))
    assert await shop.winners("T-20261121-0001") == [(Cause.OPENED, "far")]
    where = Media("location", {"latitude": "31.2050", "longitude": "121.4450"})
    await put(library, clock, message("here", where))
    await shop.do(shop.wish("E2"))
    assert await shop.winners("T-20261121-0002") == [(Cause.OPENED, "near")]


async def test_a_surge_begins_by_itself_and_ends_by_itself_but_not_what_people_began(
    shop: Shop,
) -> None:
    rule = shop.staff.sharing.surge
    shop.staff.sharing = replace(shop.staff.sharing, surge=replace(rule, tickets=4))
    rush = RushDesk(shop.library, plain_handbook(shop.staff), shop.clock)
    for number in range(4):
        assert not await rush.run()
        await shop.do(shop.wish(f"E{number}"))
    assert sum(await asyncio.gather(rush.run(), rush.run())) >= 1
    assert told(await shop.outbox())["surge.on"] == 1
    assert not await rush.run()
    shop.clock.turn(timedelta(minutes=11))
    assert await rush.run()
    await shop.do(SwitchSurge("manyun", on=True))
    assert not await rush.run()
    async with shop.library.step() as books:
        assert await books.presence.surge_by() == "manyun"


async def test_who_vanishes_from_the_staff_hands_over_after_half_an_hour(shop: Shop) -> None:
    await shop.do(shop.wish("E1"))
    await shop.do(TakeTicket("T-20261121-0001", "agent00"))
    left = FakeStaff((*FIFTY[1:], *ABOVE))
    gone = GoneDesk(shop.library, plain_handbook(left), shop.clock)
    assert await gone.run() == 0
    shop.clock.turn(MISSED_FOR)
    left.is_whole = False
    assert await gone.run() == 0
    left.is_whole = True
    assert await gone.run() == 1
    assert (await shop.winners("T-20261121-0001"))[-1] == (Cause.LEFT, "agent01")
    ticket = await shop.library.tickets.by_number("T-20261121-0001")
    assert ticket is not None
    assert ticket.owner == ""
    assert told(await shop.outbox())["assign.dismissed"] == 1


async def test_with_nobody_there_the_customer_is_told_in_one_message(shop: Shop) -> None:
    for each in FIFTY:
        await shop.do(SetPresence(each.userid, Presence.AWAY, each.userid))
    await shop.outbox()
    await shop.do(shop.wish())
    bodies = await shop.outbox()
    (said,) = [body.say.phrase for body in bodies if isinstance(body, SayInConversation)]
    assert [each.key for each in taken_apart(said)] == ["ticket.opened", "assign.customer.busy"]
    (card,) = [body for body in bodies if isinstance(body, TellStaff)]
    assert isinstance(card.reply, Card)
    assert card.to == ("fangjie", "manyun")


async def test_what_only_somebody_knew_who_left_goes_to_the_others(
    library: Database, clock: FrozenClock
) -> None:
    expert = Staff("expert", "老师傅", Role.AGENT, skills=("after_sales",))
    other = Staff("other", "小新", Role.AGENT)
    shop = Shop(library, clock, FakeStaff((expert, other, *ABOVE)))
    shop.chat, shop.customer, shop.row = await conversation(library, clock)
    await shop.do(shop.wish("E1"))
    assert await shop.winners("T-20261121-0001") == [(Cause.OPENED, "expert")]
    await shop.do(DismissStaff("expert", "manyun"))
    assert (await shop.winners("T-20261121-0001"))[-1] == (Cause.LEFT, "other")


async def test_who_waits_over_night_is_looked_at_when_a_shift_begins_and_not_each_minute(
    library: Database, clock: FrozenClock
) -> None:
    at_one = Staff("late", "晚晚", Role.AGENT, shifts=(Shift(12 * 60 + 10, 18 * 60),))
    shop = Shop(library, clock, FakeStaff((at_one, *ABOVE)))
    shop.chat, shop.customer, shop.row = await conversation(library, clock)
    await shop.do(shop.wish("E1"))
    for _ in range(9):
        clock.turn(timedelta(minutes=1))
        assert await shop.offers().run() == 0
    clock.turn(timedelta(minutes=1))
    assert await shop.offers().run() == 1
    assert (await shop.winners("T-20261121-0001"))[-1] == (Cause.LOOKED_AGAIN, "late")


async def test_what_is_not_solved_after_all_does_not_go_back_to_who_left(
    library: Database, clock: FrozenClock
) -> None:
    both = (Staff("expert", "老师傅", Role.AGENT), Staff("other", "小新", Role.AGENT))
    shop = Shop(library, clock, FakeStaff((*both, *ABOVE)))
    shop.chat, shop.customer, shop.row = await conversation(library, clock)
    await shop.do(shop.wish("E1"))
    await shop.do(FinishTicket("T-20261121-0001", "expert"))
    await shop.do(DismissStaff("expert", "manyun"))
    await shop.do(ReopenTicket("T-20261121-0001", "customer", "没解决"))
    ticket = await library.tickets.by_number("T-20261121-0001")
    assert ticket is not None
    assert (ticket.owner, ticket.state) == ("", TicketState.OPEN)
    assert (await shop.winners("T-20261121-0001"))[-1] == (Cause.REOPENED, "other")
