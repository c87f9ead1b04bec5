"""A silence is acted on once: an urgent ticket, and the customer hears of it before they ask."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.parcels.pushed import keep_and_take_in
from bot.parcels.watch import ParcelWatch
from bot.phrases import load_phrases
from desk.commands import Outcome
from desk.conversations.model import Session
from desk.conversations.outgoing import Body, SayInConversation, TellStaff
from desk.customers.model import Evidence, Identity, ProvenOrder, buyer_name
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.messages import Card
from desk.kernel.money import Fen
from desk.parcels.following import begin
from desk.parcels.model import FollowedParcel, SentOrder
from desk.phrases.book import PhraseBook
from desk.shops.carriers import Carrier
from desk.shops.port import BuyerId, Order, OrderStatus, Parcel, ParcelStatus, Scan
from desk.shops.tracking import ParcelPush, Watch, push_as_event
from desk.store.database import Database
from desk.sync.model import Source
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""
DAY = timedelta(days=1)
BOOK = PhraseBook(load_phrases())
TMALL, NUMBER = "tmall", "2816"


@dataclass
class Room:
    """A merchant's parcels, a customer, and the watch over them."""

    library: Database
    clock: FrozenClock
    out_rows: list[Body] = field(default_factory=list)

    async def sent(self, number: str = "YT1", order_no: str = NUMBER) -> FollowedParcel:
        """An order that was sent now, with a parcel that was picked up."""
        now = self.clock.now()
        order = Order(
            TMALL,
            order_no,
            OrderStatus.SHIPPED,
            BuyerId(TMALL, "b1"),
            "1234",
            now,
            now,
            now,
            Fen(100),
            (),
        )
        parcel = Parcel(
            "圆通速递", number, ParcelStatus.IN_TRANSIT, (Scan(now, "【杭州市】已揽收"),)
        )
        followed = begin(SentOrder(TMALL, order_no, now), parcel, now)
        async with self.library.open() as books:
            await books.orders.note(order, Source.PUSH, now)
            await books.parcels.put(followed)
        return followed

    async def customer(self, *, linked: bool = True) -> tuple[ConversationId, CustomerId]:
        """A customer who is held to be the buyer."""
        here, customer, _ = await conversation(self.library, self.clock)
        if linked:
            await self.customer_is_buyer(customer)
        return here.id, customer

    async def customer_is_buyer(self, customer: CustomerId) -> None:
        """The platform says so."""
        name = buyer_name(BuyerId(TMALL, "b1"))
        async with self.library.open() as books:
            shown = Identity(name, Evidence.PLATFORM_BRIDGE, self.clock.now())
            await books.customers.link(customer, shown)

    async def heard(self, conversation: ConversationId) -> None:
        async with self.library.open() as books:
            await books.conversations.heard(conversation, self.clock.now())

    def watch(self) -> ParcelWatch:
        """A watch as each process has its own."""
        return ParcelWatch(self.library, plain_handbook(FakeStaff()), self.clock)

    async def scanned(self, text: str, status: ParcelStatus = ParcelStatus.IN_TRANSIT) -> None:
        """A tracker pushes a scan made just now."""
        now = self.clock.now()
        parcel = Parcel("圆通速递", "YT1", status, (Scan(now, text),))
        push = ParcelPush(
            "kuaidi100", now.isoformat(), "yt1", Carrier.YUANTONG, parcel, Watch.GOES_ON
        )
        await keep_and_take_in(self.library, self.clock)((push_as_event(push),))

    async def out(self) -> list[Body]:
        """What went out since the last time."""
        found: list[Body] = []
        while True:
            async with self.library.open() as books:
                now = self.clock.now()
                claimed = await books.outbox.claim(now, now + timedelta(minutes=1), 500)
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, now)
            if not claimed:
                return found
            found += [each.entry.body for each in claimed]

    async def told(self) -> list[str]:
        """What customers were told since the last time."""
        return self.texts(await self.out())

    def texts(self, bodies: Sequence[Body]) -> list[str]:
        said = [each.say.phrase for each in bodies if isinstance(each, SayInConversation)]
        return [BOOK.render(each, self.clock.now()) for each in said]

    async def tickets(self) -> tuple[Ticket, ...]:
        return await self.library.tickets.unsolved(None, 10)


@pytest.fixture
def room(library: Database, clock: FrozenClock) -> Room:
    clock.at = MONDAY
    return Room(library, clock)


async def stuck_on_thursday(room: Room) -> ConversationId:
    """A parcel without news for three days, and a customer who wrote this morning."""
    here, _ = await room.customer()
    await room.sent()
    room.clock.turn(3 * DAY)
    await room.heard(here)
    return here


async def test_a_silent_parcel_becomes_one_urgent_ticket_and_one_message(room: Room) -> None:
    await stuck_on_thursday(room)
    assert await room.watch().run()

    (ticket,) = await room.tickets()
    assert (ticket.kind, ticket.priority) == (TicketKind.LOGISTICS, Priority.URGENT)
    assert (ticket.shop, ticket.order_no) == (TMALL, NUMBER)
    assert "圆通速递 YT1，3天没有新轨迹（这条线路一般48小时内会有）" in ticket.summary
    assert "最后轨迹 11-23 10:00 【杭州市】已揽收。已主动告诉顾客" in ticket.summary
    bodies = await room.out()
    (text,) = room.texts(bodies)
    assert "圆通速递 YT1 从" in text
    assert ticket.number in text
    assert any(isinstance(each, TellStaff) and isinstance(each.reply, Card) for each in bodies)

    assert not await room.watch().run()
    room.clock.turn(DAY)
    assert not await room.watch().run()
    assert await room.out() == []


async def test_two_watchers_at_once_open_one_ticket_and_say_it_once(room: Room) -> None:
    await stuck_on_thursday(room)
    await asyncio.gather(*(room.watch().run() for _ in range(4)))
    assert len(await room.tickets()) == 1
    assert len(await room.told()) == 1


async def test_a_parcel_that_is_only_on_its_way_is_left_alone(room: Room) -> None:
    await room.customer()
    await room.sent()
    room.clock.turn(DAY)
    assert not await room.watch().run()
    assert await room.tickets() == ()


async def test_by_night_nobody_is_told_and_in_the_morning_somebody_is(room: Room) -> None:
    here, _ = await room.customer()
    await room.sent()
    room.clock.turn(3 * DAY + timedelta(hours=13))
    await room.heard(here)
    assert not await room.watch().run()
    room.clock.turn(timedelta(hours=10))
    assert await room.watch().run()


async def test_when_it_moves_again_the_customer_hears_it_once_on_the_next_day(room: Room) -> None:
    here = await stuck_on_thursday(room)
    await room.watch().run()
    await room.out()
    room.clock.turn(timedelta(hours=1))
    await room.scanned("【上海市】到达上海转运中心")
    assert await room.watch().run()
    assert await room.told() == []

    room.clock.turn(DAY)
    await room.heard(here)
    assert await room.watch().run()
    (text,) = await room.told()
    assert "圆通速递 YT1 有新动态了" in text
    assert "到达上海转运中心" in text
    assert not await room.watch().run()
    (ticket,) = await room.tickets()
    history = await room.library.tickets.history(ticket.number)
    assert [each.what for each in history] == ["opened", "parcel"]


async def test_that_it_arrived_is_told_to_whoever_was_told_that_it_was_stuck(room: Room) -> None:
    here = await stuck_on_thursday(room)
    await room.watch().run()
    await room.out()
    room.clock.turn(DAY)
    await room.heard(here)
    await room.scanned("【上海市】已签收，签收人：本人", ParcelStatus.DELIVERED)
    assert await room.watch().run()
    (text,) = await room.told()
    assert "显示已签收" in text
    assert not await room.watch().run()


async def test_a_second_silence_is_a_second_message_and_joins_the_ticket(room: Room) -> None:
    here = await stuck_on_thursday(room)
    await room.watch().run()
    room.clock.turn(DAY)
    await room.heard(here)
    await room.scanned("【上海市】到达上海转运中心")
    await room.watch().run()
    await room.out()
    room.clock.turn(5 * DAY)
    await room.heard(here)
    assert await room.watch().run()
    assert len(await room.told()) == 1
    assert len(await room.tickets()) == 1


async def test_of_two_stuck_parcels_a_customer_hears_of_one_a_day(room: Room) -> None:
    here, _ = await room.customer()
    await room.sent("YT1", "1")
    await room.sent("YT2", "2")
    room.clock.turn(3 * DAY)
    await room.heard(here)
    await asyncio.gather(room.watch().run(), room.watch().run())
    assert len(await room.told()) == 1
    summaries = [each.summary for each in await room.tickets()]
    assert len(summaries) == 2
    assert sum("已主动告诉顾客" in each for each in summaries) == 1
    assert sum("今天已给顾客发过快递消息" in each for each in summaries) == 1


async def test_who_has_asked_already_is_not_told_and_their_ticket_becomes_urgent(
    room: Room,
) -> None:
    here, customer, row = await conversation(room.library, room.clock)
    await room.customer_is_buyer(customer)
    await room.sent()
    asked = OpenTicket(
        TicketKind.LOGISTICS, Priority.HIGH, "取不出快递", customer, here.id, TMALL, NUMBER
    )
    async with room.library.open() as books:
        work = Work(books, plain_handbook(FakeStaff()), room.clock)
        await work.settle(Outcome(do=(asked,)), None, row.id)
    room.clock.turn(3 * DAY)
    await room.heard(here.id)
    await room.out()
    assert await room.watch().run()
    assert await room.told() == []
    (ticket,) = await room.tickets()
    assert ticket.priority is Priority.URGENT
    history = await room.library.tickets.history(ticket.number)
    assert [each.what for each in history] == ["opened", "raised_urgent", "parcel"]
    assert "顾客自己已经问过" in history[-1].note


async def test_after_two_days_without_a_word_the_agent_is_asked_to_call(room: Room) -> None:
    await room.customer()
    await room.sent()
    room.clock.turn(3 * DAY)
    assert await room.watch().run()
    (ticket,) = await room.tickets()
    assert "系统现在不能给顾客发消息，请按订单上的电话联系顾客" in ticket.summary
    assert ticket.customer is not None
    assert await room.told() == []


async def test_nobody_is_written_to_while_a_person_serves_them(room: Room) -> None:
    here = await stuck_on_thursday(room)
    async with room.library.open() as books:
        await books.conversations.session(here, Session.SERVICER, "amei")
    await room.watch().run()
    assert await room.told() == []
    assert len(await room.tickets()) == 1


async def test_who_asked_for_no_messages_gets_none(room: Room) -> None:
    here = await stuck_on_thursday(room)
    async with room.library.open() as books:
        talk = await books.conversations.get(here)
        assert talk is not None
        assert talk.customer is not None
        await books.customers.stop_pushes(talk.customer, room.clock.now(), on=True)
    await room.watch().run()
    assert await room.told() == []
    (ticket,) = await room.tickets()
    assert "顾客说过不要主动发消息" in ticket.summary


async def test_a_stranger_s_order_is_a_ticket_without_a_customer(room: Room) -> None:
    here, _ = await room.customer(linked=False)
    await room.sent()
    room.clock.turn(3 * DAY)
    await room.heard(here)
    await room.watch().run()
    (ticket,) = await room.tickets()
    assert ticket.customer is None
    assert "没找到顾客的微信" in ticket.summary
    assert await room.told() == []


async def test_who_has_proven_the_order_is_told_where_it_is_open(room: Room) -> None:
    here, customer = await room.customer(linked=False)
    await room.sent()
    proof = ProvenOrder(here, TMALL, NUMBER, None, room.clock.now() + 30 * DAY)
    async with room.library.open() as books:
        await books.customers.prove_order(customer, proof, room.clock.now())
    room.clock.turn(3 * DAY)
    await room.heard(here)
    await room.watch().run()
    assert len(await room.told()) == 1


async def test_a_silence_from_long_before_is_left_alone(room: Room) -> None:
    await room.customer()
    parcel = await room.sent()
    room.clock.turn(30 * DAY)
    async with room.library.open() as books:
        await books.parcels.put(replace(parcel, check_at=room.clock.now()))
    assert not await room.watch().run()
    assert await room.tickets() == ()
