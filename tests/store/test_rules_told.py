"""What happens outside of commands is told to rules too: orders, parcels, deadlines, ratings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.parcels.watch import ParcelWatch
from bot.rules.reading import house_book
from bot.sla.reading import read_terms
from bot.sla.ticking import SlaDesk
from bot.sync.booking import Booking
from desk.customers.commands import LinkName
from desk.customers.model import Evidence, buyer_name
from desk.handbook import Handbook, plain_handbook
from desk.kernel.money import Fen
from desk.parcels.following import begin
from desk.parcels.model import SentOrder
from desk.ratings.commands import AskRating, RateService
from desk.ratings.model import GOOD
from desk.rules.book import RuleBook
from desk.rules.happened import happening_of
from desk.rules.happenings import On
from desk.rules.runs import Did, End
from desk.shops.port import OrderStatus, Parcel, ParcelStatus, Refund, RefundStatus, Scan
from desk.staff.hours import ServiceHours
from desk.store.database import Database
from desk.sync.model import Source
from desk.templates.model import Step, Template, Transition
from desk.templates.versions import EVERYWHERE, Stamp
from desk.tickets.commands import FinishTicket, ReopenTicket, TakeTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from desk.tickets.steps.commands import StepTicket
from tests.bot.sync.shop_desk import BUYER, an_order
from tests.clocks import FrozenClock
from tests.desk.rules.making import Refused, rules
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation
from tests.store.ruled import Shop

DAY = timedelta(days=1)


@pytest.fixture
async def shop(library: Database, clock: FrozenClock) -> Shop:
    return Shop(library, clock, *await conversation(library, clock))


def handbook(book: RuleBook) -> Handbook:
    return replace(plain_handbook(FakeStaff()), rules=book)


async def heard(shop: Shop) -> list[str]:
    """What rules told the staff."""
    told = [phrase for _, phrase in await shop.told() if phrase.key == "rule.told"]
    return [str(each.params["text"]) for each in told]


ORDERS = rules(
    """
    - id: big
      on: order_changed
      only: {status: paid}
      when: was.status != "paid" && order.payment >= 10000
      then: [{tell: {to: [manager], text: "{customer}的大单 {order}"}}]
    - id: refunded
      on: refund_changed
      when: refund.status == "requested" && refund.amount > 500 && customer.refunds >= 0
      then:
        - {open_ticket: refund, quiet: true, summary: "申请退款，订单 {order}"}
        - {tag: 退款}
    """
)


async def test_an_order_that_changes_is_told_once_with_whose_it_is(shop: Shop) -> None:
    bridge = Evidence.PLATFORM_BRIDGE
    await shop.do(ORDERS, LinkName(shop.customer, buyer_name(BUYER), bridge))
    booking = Booking(shop.library, handbook(ORDERS), shop.clock)
    order = replace(an_order("A1", shop.clock.now()), created_at=shop.clock.now())
    await booking.order(order, Source.PUSH)
    await booking.order(order, Source.PULL)
    assert await heard(shop) == ["顾客的大单 A1"]
    refund = Refund("r1", RefundStatus.REQUESTED, Fen(900), shop.clock.now())
    later = replace(order, refunds=(refund,), updated_at=shop.clock.turn(DAY))
    await booking.order(later, Source.PUSH)
    refunding = replace(refund, status=RefundStatus.REFUNDING)
    gone = replace(order, refunds=(refunding,), updated_at=shop.clock.turn(DAY))
    await booking.order(gone, Source.PUSH)
    (ticket,) = await shop.tickets()
    assert (ticket.kind, ticket.order_no, ticket.tags) == (TicketKind.REFUND, "A1", ("退款",))
    assert ticket.conversation is None
    (run,) = await shop.library.rules.of_rule("refunded", 9)
    assert (run.subject, run.customer, run.end) == ("A1", shop.customer, End.DONE)
    assert await heard(shop) == []


async def test_orders_from_before_the_house_was_there_are_no_news(shop: Shop) -> None:
    booking = Booking(shop.library, handbook(ORDERS), shop.clock)
    old = an_order("A1", shop.clock.now() - DAY)
    await booking.order(old, Source.PULL)
    assert await shop.ends("big") == []


async def test_a_parcel_that_is_stuck_is_told(shop: Shop) -> None:
    shop.clock.turn(2 * DAY - timedelta(hours=2))
    book = rules(
        """
        - id: stuck
          on: parcel_stuck
          only: {shop: jd, status: shipped}
          when: parcel.silent_hours >= 48
          then: [{tell: {to: [supervisor], text: "{order} 卡住了"}}]
        """
    )
    now = shop.clock.now()
    order = replace(an_order("A1", now), status=OrderStatus.SHIPPED, shipped_at=now)
    parcel = Parcel("圆通速递", "YT1", ParcelStatus.IN_TRANSIT, (Scan(now, "【杭州市】已揽收"),))
    async with shop.library.open() as books:
        await books.orders.note(order, Source.PUSH, now)
        await books.parcels.put(begin(SentOrder("jd", "A1", now), parcel, now))
    shop.clock.turn(3 * DAY)
    watch = ParcelWatch(shop.library, handbook(book), shop.clock)
    assert await watch.run()
    assert await heard(shop) == ["A1 卡住了"]
    await watch.run()
    assert await shop.ends("stuck") == [End.DONE]


async def test_a_deadline_is_told_when_it_warns_and_when_it_is_broken(shop: Shop) -> None:
    book = rules(
        """
        - id: late
          on: ticket_late
          only: {kind: return}
          when: late.which == "first"
          then: [{tag: 快超时}, {tell: {to: [manager], text: "{number} 没人响应"}}]
        """
    )
    terms = read_terms({}, ServiceHours(), Refused)
    desk = SlaDesk(shop.library, replace(handbook(book), terms=terms), shop.clock)
    await shop.do(book, shop.opens())
    for _ in range(12):
        shop.clock.turn(timedelta(minutes=30))
        await desk.run()
        await desk.run()
    (ticket,) = await shop.tickets()
    assert ticket.tags == ("快超时",)
    runs = await shop.library.rules.of_rule("late", 9)
    assert [each.end for each in runs] == [End.DONE, End.DONE]
    assert await heard(shop) == [f"{ticket.number} 没人响应"] * 2


async def test_what_customers_think_of_it_is_told_good_or_bad(shop: Shop) -> None:
    book = rules(
        """
        - {id: good, on: rated, only: {score: 5}, then: [{tell: {to: [manager], text: 五分}}]}
        - {id: low, on: rated, when: rating.score <= 2, then: [{tag: 差评}]}
        """
    )
    await shop.do(book, AskRating(shop.conversation.id, shop.customer, "amei"))
    rating = await shop.library.ratings.last_asked(shop.conversation.id, shop.clock.now() - DAY)
    assert rating is not None
    await shop.do(book, RateService(rating.id, GOOD), cause="rated")
    assert await heard(shop) == ["五分"]
    await shop.do(book, shop.opens(), cause="opened")
    await shop.do(book, RateService(rating.id, 1, "太慢"), cause="rated again")
    (ticket,) = await shop.tickets()
    assert ticket.tags == ("差评",)


async def test_solving_and_reopening_are_told(shop: Shop) -> None:
    book = rules(
        """
        - {id: solved, on: ticket_solved, then: [{tag: 已解决}]}
        - {id: again, on: ticket_reopened, when: ticket.reopened >= 1,
           then: [{untag: 已解决}, {priority: urgent}]}
        """
    )
    await shop.do(book, shop.opens())
    (ticket,) = await shop.tickets()
    await shop.do(book, TakeTicket(ticket.number, "amei"), FinishTicket(ticket.number, "amei"))
    assert (await shop.tickets())[0].tags == ("已解决",)
    await shop.do(book, ReopenTicket(ticket.number, "customer", "没有"), cause="again")
    (again,) = await shop.tickets()
    assert (again.tags, again.priority) == ((), Priority.URGENT)


async def test_the_manager_hears_at_once_of_a_vips_urgent_complaint(shop: Shop) -> None:
    book, bridge = house_book(), Evidence.PLATFORM_BRIDGE
    urgent = replace(shop.opens(TicketKind.COMPLAINT), priority=Priority.URGENT)
    await shop.do(book, urgent)
    assert await shop.ends("vip_complaint") == []
    await shop.do(book, LinkName(shop.customer, buyer_name(BUYER), bridge), cause="linked")
    async with shop.library.open() as books:
        paid = replace(an_order("A1", shop.clock.now()), payment=Fen(600_000))
        await books.orders.note(paid, Source.PUSH, shop.clock.now())
    await shop.told()
    await shop.do(book, urgent, cause="again")
    (told,) = [each for each in await shop.told() if each[1].key == "rule.told"]
    assert told[0] == ("manyun",)
    assert "VIP 顾客" in str(told[1].params["text"])
    (ticket,) = await shop.tickets()
    assert (ticket.tags, ticket.watchers) == (("VIP",), ("manyun",))
    (run,) = await shop.library.rules.of_rule("vip_complaint", 9)
    assert run.did == (Did("told", "manyun"), Did("watched", "manyun"), Did("tagged", "VIP"))


async def test_a_step_is_told_with_where_it_came_from(shop: Shop) -> None:
    book = rules(
        """
        - {id: sent, on: ticket_step, only: {step: sent}, when: step.before == "asked",
           then: [{tag: 已寄出}]}
        """
    )
    template = Template(
        "repair",
        0,
        "报修",
        TicketKind.REPAIR,
        Priority.NORMAL,
        steps=(Step("asked", "登记", TicketState.OPEN), Step("sent", "寄出", TicketState.TAKEN)),
        transitions=(Transition("asked", "sent", "寄出"),),
    )
    stamp = Stamp("manyun", shop.clock.now())
    async with shop.library.open() as books:
        await books.templates.alone()
        published = await books.templates.publish(template, stamp)
        version = published.template.version
        await books.templates.put_in_force("repair", version, EVERYWHERE, stamp)
    await shop.do(book, shop.opens(TicketKind.REPAIR))
    (ticket,) = await shop.tickets()
    await shop.do(book, StepTicket(ticket.number, "fangjie", "sent"), cause="moved")
    (ticket,) = await shop.tickets()
    assert (ticket.step, ticket.tags) == ("sent", ("已寄出",))


def test_what_rules_are_not_about_is_nothing_to_them() -> None:
    assert happening_of(object()) is None
    assert {each.value for each in On} >= {"message", "ticket_late"}
