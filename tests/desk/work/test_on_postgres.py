"""The same Work on the real database: what races and comes twice stays one."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, HandOver, Redeliver, Remember
from desk.conversations.model import Conversation, InboxRow, Option
from desk.conversations.outgoing import IssueCoupon, OutboxEntry, SayInConversation
from desk.coupons.commands import GrantCoupon, SettleGrant
from desk.coupons.model import GrantState
from desk.customers.commands import KeepApart, LinkName, MergeCustomers, UnmergeCustomer
from desk.customers.model import Evidence, buyer_name
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.errors import DeskError
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Say, phrase
from desk.shops.port import BuyerId
from desk.shops.powers import CouponIssue, IssuedCoupon
from desk.store.database import Database
from desk.tickets.commands import FinishTicket, OpenTicket, TakeTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import FrozenClock
from tests.desk.work.house import FULL, SORRY, keys, taken_apart
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

NUMBER = "T-20261121-0001"
BUYER = BuyerId("youzan-main", "yz-777")


@dataclass
class Shopkeeper:
    """One customer's conversation in the database, and work done for it."""

    library: Database
    clock: FrozenClock
    conversation: Conversation
    customer: CustomerId
    row: InboxRow

    async def do(self, *commands: Command, seed: str = "", say: tuple[Say, ...] = ()) -> None:
        """Settle an outcome in a transaction of its own."""
        async with self.library.open() as books:
            work = Work(books, plain_handbook(FakeStaff(), (FULL, SORRY)), self.clock)
            await work.settle(Outcome(say, commands), self.conversation, self.row.id, seed)

    async def outbox(self) -> tuple[OutboxEntry, ...]:
        """Everything that could go out now, one after another."""
        entries: list[OutboxEntry] = []
        until = self.clock.now() + timedelta(minutes=1)
        async with self.library.open() as books:
            while claimed := await books.outbox.claim(self.clock.now(), until, 50):
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, self.clock.now())
                entries += [each.entry for each in claimed]
        return tuple(entries)

    @property
    def delayed(self) -> OpenTicket:
        """A ticket of this customer."""
        return OpenTicket(
            kind=TicketKind.LOGISTICS,
            priority=Priority.URGENT,
            summary="三天没有更新物流",
            customer=self.customer,
            conversation=self.conversation.id,
            order_no="E1",
        )


@pytest.fixture
async def keeper(library: Database, clock: FrozenClock) -> Shopkeeper:
    return Shopkeeper(library, clock, *await conversation(library, clock))


async def test_two_turns_at_once_open_one_ticket(keeper: Shopkeeper) -> None:
    await asyncio.gather(
        keeper.do(keeper.delayed, seed="first"), keeper.do(keeper.delayed, seed="second")
    )
    tickets = await keeper.library.tickets.of_customer(keeper.customer, 10)
    assert [ticket.number for ticket in tickets] == [NUMBER]
    history = await keeper.library.tickets.history(NUMBER)
    assert sorted(event.what for event in history) == ["joined", "opened"]


async def test_a_ticket_that_is_raised_while_it_is_taken_is_both(keeper: Shopkeeper) -> None:
    await keeper.do(replace(keeper.delayed, priority=Priority.NORMAL), seed="first")
    await asyncio.gather(
        keeper.do(TakeTicket(NUMBER, "amei"), seed="taken"),
        keeper.do(keeper.delayed, seed="raised"),
    )
    ticket = await keeper.library.tickets.by_number(NUMBER)
    assert ticket is not None
    assert (ticket.state, ticket.owner) == (TicketState.TAKEN, "amei")
    assert ticket.priority is Priority.URGENT
    assert ticket.due_at == keeper.clock.now() + timedelta(hours=2)


async def test_a_turn_that_is_settled_again_writes_the_same_rows(keeper: Shopkeeper) -> None:
    hello = Say(phrase("welcome.hello"))
    await keeper.do(keeper.delayed, say=(hello,))
    await keeper.do(keeper.delayed, say=(hello,))
    lane = [each.body for each in await keeper.outbox() if each.lane == str(keeper.conversation.id)]
    (said,) = [body.say.phrase for body in lane if isinstance(body, SayInConversation)]
    assert keys(taken_apart(said)) == ("welcome.hello", "ticket.opened")


async def test_of_ten_agents_at_once_one_takes_the_ticket(keeper: Shopkeeper) -> None:
    await keeper.do(keeper.delayed)
    await asyncio.gather(
        *(
            keeper.do(TakeTicket(NUMBER, "amei" if n % 2 else "dazhi"), seed=str(n))
            for n in range(10)
        )
    )
    history = await keeper.library.tickets.history(NUMBER)
    assert [event.what for event in history] == ["opened", "taken"]
    ticket = await keeper.library.tickets.by_number(NUMBER)
    assert ticket is not None
    assert (ticket.state, ticket.owner) == (TicketState.TAKEN, history[1].actor)


async def test_a_ticket_is_finished_once(keeper: Shopkeeper) -> None:
    await keeper.do(keeper.delayed)
    await asyncio.gather(
        keeper.do(FinishTicket(NUMBER, "amei"), seed="a"),
        keeper.do(FinishTicket(NUMBER, "fangjie"), seed="b"),
    )
    history = await keeper.library.tickets.history(NUMBER)
    assert [event.what for event in history] == ["opened", "solved"]


async def test_a_coupon_is_asked_for_once_and_told_once(keeper: Shopkeeper) -> None:
    grant = GrantCoupon(keeper.customer, keeper.conversation.id, "full-200-20", "2026-11-21", BUYER)
    await asyncio.gather(*(keeper.do(grant, seed=str(number)) for number in range(5)))
    errands = [e.body for e in await keeper.outbox() if isinstance(e.body, IssueCoupon)]
    assert len(errands) == 1
    answered = SettleGrant(errands[0].grant, IssuedCoupon(CouponIssue.ISSUED, code="HB1"))
    await asyncio.gather(*(keeper.do(answered, seed=f"s{number}") for number in range(3)))
    assert len(await keeper.outbox()) == 1
    (kept,) = await keeper.library.grants.of_customer(keeper.customer)
    assert (kept.state, kept.code) == (GrantState.ISSUED, "HB1")


async def test_two_with_strong_evidence_for_one_buyer_are_one_person(
    keeper: Shopkeeper, library: Database, clock: FrozenClock
) -> None:
    other = Shopkeeper(library, clock, *await conversation(library, clock, "wm2"))
    bridge = Evidence.PLATFORM_BRIDGE
    await other.do(LinkName(other.customer, buyer_name(BUYER), bridge))
    await keeper.do(LinkName(keeper.customer, buyer_name(BUYER), bridge))
    mine = await library.customers.get(keeper.customer)
    assert mine is not None
    assert (set(mine.person), mine.buyers) == ({keeper.customer, other.customer}, (BUYER,))
    owner = await library.customers.by_buyer(BUYER.shop, BUYER.buyer)
    assert owner is not None
    assert owner.id == other.customer


async def test_a_person_kept_apart_from_the_owner_of_a_buyer_waits_for_a_colleague(
    keeper: Shopkeeper, library: Database, clock: FrozenClock
) -> None:
    other = Shopkeeper(library, clock, *await conversation(library, clock, "wm2"))
    bridge = Evidence.PLATFORM_BRIDGE
    await other.do(LinkName(other.customer, buyer_name(BUYER), bridge))
    await other.do(KeepApart(other.customer, keeper.customer, "amei"))
    await keeper.do(LinkName(keeper.customer, buyer_name(BUYER), bridge))
    mine = await library.customers.get(keeper.customer)
    assert mine is not None
    assert (mine.person, mine.links) == ((keeper.customer,), ())
    assert len(await library.tickets.of_customer(keeper.customer, 10)) == 1


async def test_a_person_reads_what_both_their_customers_did_until_they_are_split(
    keeper: Shopkeeper, library: Database, clock: FrozenClock
) -> None:
    other = Shopkeeper(library, clock, *await conversation(library, clock, "wm2"))
    await other.do(other.delayed)
    await keeper.do(MergeCustomers(keeper.customer, other.customer, "xiaolu"))
    read = library.tickets.of_customer
    assert await read(keeper.customer, 10) == await read(other.customer, 10) != ()
    assert len(await library.conversations.of_customer(keeper.customer)) == 2
    await keeper.do(UnmergeCustomer(keeper.customer, "xiaolu"), seed="again")
    assert await read(keeper.customer, 10) == ()
    assert len(await read(other.customer, 10)) == 1
    assert len(await library.conversations.of_customer(keeper.customer)) == 1


async def test_question_and_focus_come_back_as_they_were(keeper: Shopkeeper) -> None:
    option = Option("a1", phrase("order.label", title="学步鞋"), {"order_id": "E1"})
    ask = Ask("order_status", "order_id", (option,), {"size": "22"})
    await keeper.do(Remember({"product": "学步鞋"}), ask, say=(Say(phrase("order.which")),))
    async with keeper.library.open() as books:
        kept = await books.conversations.get(keeper.conversation.id)
    assert kept is not None
    assert kept.dialogue.focus == {"product": "学步鞋"}
    pending = kept.dialogue.pending
    assert pending is not None
    assert (pending.options, pending.slots) == ((option,), {"size": "22"})


async def test_the_session_is_passed_on_after_the_last_word(keeper: Shopkeeper) -> None:
    handed = HandOver(keeper.conversation.id, keeper.customer, "顾客要求人工", "想退货")
    await keeper.do(handed, keeper.delayed, say=(Say(phrase("handover.started")),))
    lane = [
        type(each.body).__name__
        for each in await keeper.outbox()
        if each.lane == str(keeper.conversation.id)
    ]
    assert lane == ["SayInConversation", "PassToPerson"]


async def test_a_dead_letter_is_found_by_the_end_of_its_id(keeper: Shopkeeper) -> None:
    await keeper.do(say=(Say(phrase("welcome.hello")),))
    async with keeper.library.open() as books:
        (claimed,) = await books.outbox.claim(
            keeper.clock.now(), keeper.clock.now() + timedelta(minutes=1), 1
        )
        await books.outbox.dead(claimed.entry.id, "45009", keeper.clock.now())
    await keeper.do(Redeliver(str(claimed.entry.id)[-8:]), seed="staff")
    async with keeper.library.open() as books:
        assert await books.outbox.dead_letters(10) == ()
    assert claimed.entry.id in [each.id for each in await keeper.outbox()]


async def test_what_fails_leaves_nothing_behind(keeper: Shopkeeper) -> None:
    unknown = GrantCoupon(keeper.customer, keeper.conversation.id, "no-such", "x", BUYER)
    with pytest.raises(DeskError, match=r"coupon\.unknown_policy"):
        await keeper.do(keeper.delayed, unknown)
    assert await keeper.library.tickets.of_customer(keeper.customer, 10) == ()
    assert await keeper.outbox() == ()
