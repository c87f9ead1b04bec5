"""Who above is called."""

import pytest

from desk.kernel.roles import Role
from desk.routing.above import above_in
from desk.staff.directory import Staff
from tests.fakes.staff import FakeStaff

SHANGHAI = Staff("mei", "梅姐", Role.SUPERVISOR, region="上海市")
HANGZHOU = Staff("hang", "杭姐", Role.SUPERVISOR, region="杭州")
OF_STORE = Staff("xu", "徐姐", Role.SUPERVISOR, ("xujiahui",))
MANAGER = Staff("manyun", "满云", Role.MANAGER, region="上海")
ADMIN = Staff("laoqin", "老秦", Role.ADMIN)
AGENT = Staff("amei", "阿美", Role.AGENT)
STAFF = FakeStaff((AGENT, SHANGHAI, HANGZHOU, OF_STORE, MANAGER, ADMIN))


@pytest.mark.parametrize(
    ("region", "store", "called"),
    [
        ("上海", "xujiahui", ("mei",)),
        ("杭州", "", ("hang",)),
        ("苏州", "xujiahui", ("xu",)),
        ("", "xujiahui", ("xu",)),
        ("苏州", "binjiang", ("manyun",)),
        ("", "", ("manyun",)),
    ],
)
def test_the_region_first_then_the_store_then_the_managers(
    region: str, store: str, called: tuple[str, ...]
) -> None:
    assert above_in(region, store, STAFF) == called
