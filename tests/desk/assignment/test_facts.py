"""What a ticket asks for, and who may be asked at all."""

from dataclasses import replace

import pytest

from desk.assignment.facts import candidates, pool, wanted
from desk.assignment.model import Around
from desk.kernel.places import Place
from desk.kernel.roles import Role
from desk.staff.directory import Staff
from desk.tickets.model import Ticket, TicketKind
from tests.clocks import NOON
from tests.desk.assignment.people import TICKET
from tests.desk.routing.house import JIADING, NEAR_XUJIAHUI, STORES
from tests.fakes.staff import FakeStaff

TRUSTED = Staff("trusted", "信", Role.AGENT, ("xujiahui",), ("complaint",))
PLAIN = Staff("plain", "平", Role.AGENT, ("xujiahui",))
OFFICE = Staff("office", "总", Role.AGENT, (), ("complaint",))
PACKER = Staff("packer", "仓", Role.AGENT, ("jiading",), ("leader",), region="上海市")
ABOVE = Staff("above", "主", Role.SUPERVISOR, (), ("complaint",))
MANAGER = Staff("manager", "店", Role.MANAGER)
STAFF = FakeStaff((TRUSTED, PLAIN, OFFICE, PACKER, ABOVE, MANAGER))
STAFF.stores = STORES


@pytest.mark.parametrize(
    ("ticket", "asked"),
    [
        (replace(TICKET, kind=TicketKind.COMPLAINT), ["above"]),
        (replace(TICKET, kind=TicketKind.COMPLAINT, store="xujiahui"), ["above", "trusted"]),
        (replace(TICKET, kind=TicketKind.PRIVACY), ["above"]),
        (TICKET, ["trusted", "plain", "office", "packer"]),
    ],
    ids=["complaint", "complaint of a store", "privacy", "any"],
)
def test_who_may_be_asked(ticket: Ticket, asked: list[str]) -> None:
    assert [each.userid for each in pool(STAFF, ticket)] == asked


def test_the_region_is_the_tickets_else_that_of_the_place() -> None:
    here = Around(place=NEAR_XUJIAHUI)
    assert wanted(replace(TICKET, region="杭州市"), (), STAFF, here, "").region == "杭州"
    assert wanted(TICKET, (), STAFF, here, "").region == "上海"
    assert wanted(TICKET, (), STAFF, Around(place=Place(36.06, 103.83)), "").region == ""


def test_store_and_warehouse_are_asked_for() -> None:
    ticket = replace(TICKET, store="xujiahui", tags=("团长",))
    asks = wanted(ticket, (PACKER,), STAFF, Around(), "leader", "jiading")
    assert (asks.store, asks.leader, asks.warehouse) == ("xujiahui", True, "jiading")
    assert asks.skill == "leader"
    assert not wanted(TICKET, (), STAFF, Around(), "").leader


def test_who_works_at_a_warehouse_is_where_it_is() -> None:
    (who,) = candidates((PACKER,), STAFF, Around(), NOON, (JIADING,))
    assert (who.places, who.region) == ((JIADING.place,), "上海")
