"""What the check says of where tickets go."""

from dataclasses import replace

from bot.routing.finding import check_routing
from bot.wecom.check import Level
from desk.kernel.roles import Role
from desk.routing.model import Routing
from desk.staff.directory import Staff
from tests.desk.routing.house import ROUTING, STORES
from tests.fakes.staff import AMEI, FakeStaff

EVERYWHERE = Staff(
    "a",
    "a",
    Role.AGENT,
    ("xujiahui", "wujiaochang", "binjiang"),
    ("gold", "hz", "workshop", "strollers", "maths"),
)


def test_a_house_that_has_everybody_it_asks_for_is_well() -> None:
    (found,) = check_routing(ROUTING, STORES, FakeStaff((EVERYWHERE,)))
    assert found.level is Level.OK
    assert "3 条路由、3 种商品类型、3 个仓库、2 条通道、3 家门店" in found.say


def test_skills_and_stores_that_nobody_has_are_named() -> None:
    without = replace(EVERYWHERE, skills=("gold", "hz", "workshop", "maths"))
    found = list(check_routing(ROUTING, STORES, FakeStaff((without,))))
    assert [(each.level, each.code) for each in found[1:]] == [(Level.WARN, "routing.skill")]
    assert "商品类型“推车”要的技能 strollers" in found[1].say
    found = list(check_routing(Routing(), STORES, FakeStaff((AMEI,))))
    assert [each.say.partition("没有员工")[0] for each in found[1:]] == ["五角场店", "滨江店"]


def test_while_not_everybody_is_known_nothing_is_missed() -> None:
    staff = FakeStaff((AMEI,))
    staff.is_whole = False
    assert len(list(check_routing(ROUTING, STORES, staff))) == 1
