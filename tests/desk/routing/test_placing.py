"""Where a ticket is put when it is opened, and how that was found."""

from dataclasses import replace

import pytest

from desk.kernel.money import Fen
from desk.routing.model import Routing
from desk.routing.placed import By, Known, Placed
from desk.routing.placing import place
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from tests.desk.routing.house import GROUND, NEAR_WUJIAOCHANG, NEAR_XUJIAHUI, said, wish

VIP = {"paid": Fen(500000)}


@pytest.mark.parametrize(
    ("asked", "known", "store", "by"),
    [
        (wish(), said("徐家汇店的店员骂人"), "xujiahui", By.NAMED),
        (wish(), said("太气人了", place=NEAR_WUJIAOCHANG), "wujiaochang", By.NEAREST),
        (wish(), said("我在杭州，要投诉"), "binjiang", By.IN_CITY),
        (wish(), said("太气人了"), "", By.NOTHING),
        (wish(TicketKind.CONSULT), said("徐家汇店有没有现货"), "xujiahui", By.NAMED),
        (wish(TicketKind.CONSULT), said("我在杭州"), "", By.NOTHING),
        (wish(TicketKind.LOGISTICS), said("徐家汇店附近的快递"), "", By.NOTHING),
        (wish(TicketKind.EMERGENCY), said("徐家汇店着火了"), "", By.NOTHING),
        (wish(store="binjiang"), said("徐家汇店"), "binjiang", By.GIVEN),
        (wish(TicketKind.REPAIR), said(titles=("推车",)), "binjiang", By.ROUTE),
        (wish(TicketKind.LOGISTICS), said(titles=("数学课",)), "wujiaochang", By.GOODS),
        (wish(TicketKind.APPOINTMENT), said("徐家汇店的数学课"), "xujiahui", By.NAMED),
        (wish(), said("我在杭州", visited="xujiahui"), "xujiahui", By.APPOINTMENT),
        (wish(), said("五角场店的人骂我", visited="xujiahui"), "wujiaochang", By.NAMED),
        (
            wish(TicketKind.APPOINTMENT),
            said("我在杭州", visited="xujiahui"),
            "binjiang",
            By.IN_CITY,
        ),
        (wish(TicketKind.RETURN), said(visited="xujiahui"), "", By.NOTHING),
    ],
)
def test_the_store(asked: OpenTicket, known: Known, store: str, by: By) -> None:
    opens, placed = place(asked, known, GROUND)
    assert (opens.store, placed.store.by) == (store, by)
    assert placed.store.value == store


def test_which_kinds_are_a_stores_business_is_the_merchants_to_say() -> None:
    kinds = replace(GROUND.routing.store_kinds, by_region=frozenset({TicketKind.LOGISTICS}))
    ground = replace(GROUND, routing=Routing(store_kinds=kinds))
    assert place(wish(TicketKind.LOGISTICS), said("我在杭州"), ground)[0].store == "binjiang"
    assert place(wish(), said("我在杭州"), ground)[0].store == ""


@pytest.mark.parametrize(
    ("asked", "known", "skill", "line"),
    [
        (wish(skill="complaint"), said(**VIP), "gold", 1),
        (wish(skill="complaint"), said(), "complaint", 0),
        (wish(TicketKind.RETURN), said("我在杭州"), "hz", 2),
        (wish(TicketKind.CONSULT), said(titles=("数学课",)), "maths", 0),
        (wish(TicketKind.CONSULT, skill="product"), said(titles=("数学课",)), "product", 0),
        (wish(TicketKind.CONSULT), said(), "", 0),
    ],
)
def test_the_route_decides_before_the_opener_and_the_opener_before_the_goods(
    asked: OpenTicket, known: Known, skill: str, line: int
) -> None:
    opens, placed = place(asked, known, GROUND)
    assert (opens.skill, placed.line) == (skill, line)


def test_what_a_rule_asks_for_is_not_overridden_by_the_route() -> None:
    opens, _ = place(wish(skill="lawyers", by="rule:lawyers"), said(**VIP), GROUND)
    assert opens.skill == "lawyers"


def test_the_route_sets_priority_and_watchers() -> None:
    vips = replace(GROUND.routing.routes[0], priority=Priority.HIGH, watchers=("manager",))
    ground = replace(GROUND, routing=replace(GROUND.routing, routes=(vips,)))
    opens, placed = place(wish(watchers=("laoqin",)), said(**VIP), ground)
    assert opens.priority is Priority.HIGH
    assert opens.watchers == ("laoqin", "manager")
    assert (placed.tier, placed.route) == ("vip", "VIP 投诉")


def test_a_group_leaders_ticket_goes_to_their_pool_with_the_nearest_warehouse() -> None:
    leads = said(leader=True, place=NEAR_XUJIAHUI)
    opens, placed = place(wish(TicketKind.OTHER, tags=("急",)), leads, GROUND)
    assert opens.kind is TicketKind.LEADER
    assert opens.skill == "leader"
    assert opens.tags == ("急", "团长")
    assert opens.fields == {"warehouse": "嘉定仓"}
    assert placed.leader
    assert placed.warehouse.value == "jiading"
    assert placed.warehouse.km == pytest.approx(25, abs=2)


def test_a_group_leaders_ticket_keeps_its_kind_where_it_has_a_better_one() -> None:
    opens, _ = place(wish(TicketKind.URGE), said(leader=True), GROUND)
    assert (opens.kind, opens.skill, opens.tags) == (TicketKind.URGE, "leader", ("团长",))
    opens, _ = place(wish(), said(leader=True), GROUND)
    assert (opens.kind, opens.skill) == (TicketKind.COMPLAINT, "")


def test_without_a_pool_the_leaders_ticket_goes_its_usual_way() -> None:
    ground = replace(GROUND, has_leader_pool=False)
    opens, placed = place(wish(TicketKind.RETURN), said("我在杭州", leader=True), ground)
    assert (opens.skill, placed.lane) == ("hz", "退换货优先")


def test_a_store_that_is_known_tells_the_region() -> None:
    opens, _ = place(wish(TicketKind.LOGISTICS), said(titles=("数学课",)), GROUND)
    assert opens.region == "上海"


def test_a_house_that_laid_down_nothing_leaves_the_ticket_as_it_is() -> None:
    ground = replace(GROUND, routing=Routing(), stores=(), regions=frozenset())
    asked = wish(skill="complaint")
    assert place(asked, said("徐家汇店太差"), ground) == (asked, Placed(skill="complaint"))
