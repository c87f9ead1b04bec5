"""A new ticket follows the template that is in force for its store."""

from dataclasses import replace

from desk.kernel.roles import Role
from desk.staff.directory import Staff
from desk.tickets.model import Priority
from desk.tickets.watching import watchers
from tests.desk.tickets.templates import ASKED, NUMBER, RETURN, publish
from tests.desk.work.house import House
from tests.fakes.staff import FakeStaff


async def test_a_ticket_begins_where_its_template_begins(house: House) -> None:
    await house.do(ASKED)
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.template, ticket.template_version, ticket.step) == ("return", 1, "review")
    assert (ticket.priority, ticket.tags) == (Priority.HIGH, ("退货",))
    assert ticket.watchers == ("fangjie", "xiaolu")


async def test_what_the_opener_says_goes_before_the_template(house: House) -> None:
    await house.do(replace(ASKED, priority=Priority.NORMAL, skill="logistics"))
    ticket = house.books.tickets.kept[NUMBER]
    assert ticket.priority is Priority.NORMAL
    assert house.books.assignments.offers[0].userid == "amei"


async def test_the_template_says_who_is_asked(house: House) -> None:
    await house.do(ASKED)
    offer = house.books.assignments.offers[0]
    assert (offer.userid, offer.skill) == ("dazhi", "refund")


async def test_a_store_follows_its_own_version(house: House) -> None:
    own = replace(RETURN, tags=("徐家汇",))
    await publish(house, own, store="xujiahui")
    await house.do(replace(ASKED, store="xujiahui"))
    await house.do(replace(ASKED, order_no="E2", store="binjiang"))
    first, second = house.books.tickets.kept.values()
    assert (first.template_version, first.tags) == (2, ("徐家汇",))
    assert (second.template_version, second.tags) == (1, ("退货",))


async def test_a_running_ticket_keeps_its_version(house: House) -> None:
    await house.do(ASKED)
    await publish(house, replace(RETURN, tags=("新版",)))
    await house.do(replace(ASKED, order_no="E2"))
    first, second = house.books.tickets.kept.values()
    assert (first.template_version, second.template_version) == (1, 2)


async def test_without_a_template_of_its_kind_a_ticket_has_no_steps() -> None:
    house = House()
    await house.do(ASKED)
    ticket = house.books.tickets.kept[NUMBER]
    assert (ticket.template, ticket.step, ticket.priority) == ("", "", Priority.NORMAL)


def test_watchers_are_named_by_role_duty_or_name_and_are_of_the_store() -> None:
    here = Staff("lan", "阿兰", Role.SUPERVISOR, ("xujiahui",))
    there = Staff("gui", "老桂", Role.SUPERVISOR, ("binjiang",), duties=("account_manager",))
    head = Staff("tong", "童总", Role.SUPERVISOR)
    staff = FakeStaff((here, there, head))
    assert watchers(("supervisor",), staff, "xujiahui") == ("lan", "tong")
    assert watchers(("supervisor",), staff, "") == ("lan", "gui", "tong")
    assert watchers(("account_manager", "lan", "lan"), staff, "") == ("gui", "lan")
    assert watchers(("somebody_new",), staff, "") == ("somebody_new",)
