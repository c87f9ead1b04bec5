"""The merchant's people in tests, the same as in every story."""

from collections.abc import Sequence

from desk.kernel.roles import Role
from desk.shops.stores import Store
from desk.staff.directory import Staff
from desk.staff.hours import ServiceHours
from desk.staff.sharing import SharingPolicy

AMEI = Staff("amei", "阿美", Role.AGENT, ("xujiahui",), ("logistics", "after_sales"))
XIAOLU = Staff("xiaolu", "小鹿", Role.AGENT, ("wujiaochang",), ("product", "coupon"))
DAZHI = Staff("dazhi", "大志", Role.AGENT, ("binjiang",), ("after_sales", "refund"))
FANGJIE = Staff("fangjie", "方姐", Role.SUPERVISOR, (), ("complaint",))
MANYUN = Staff("manyun", "满云", Role.MANAGER)
LAOQIN = Staff("laoqin", "老秦", Role.ADMIN)
EVERYBODY = (AMEI, XIAOLU, DAZHI, FANGJIE, MANYUN, LAOQIN)


class FakeStaff:
    """A directory of a fixed list of people."""

    def __init__(
        self, people: Sequence[Staff] = EVERYBODY, hours: ServiceHours | None = None
    ) -> None:
        self._people = tuple(people)
        self.hours = hours or ServiceHours()
        self.stores: tuple[Store, ...] = ()
        self.sharing = SharingPolicy()
        self.is_whole = True

    def find(self, userid: str) -> Staff | None:
        return next((each for each in self._people if each.userid == userid.lower()), None)

    def with_role(self, least: Role) -> Sequence[Staff]:
        return tuple(each for each in self._people if each.role >= least)

    def agents(self, skill: str = "") -> Sequence[Staff]:
        agents = tuple(each for each in self._people if each.role is Role.AGENT)
        skilled = tuple(each for each in agents if skill in each.skills)
        return skilled or agents
