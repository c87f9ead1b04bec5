"""Who works here, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.kernel.roles import Role
from desk.shops.stores import Store
from desk.staff.hours import ServiceHours
from desk.staff.sharing import SharingPolicy
from desk.staff.shifts import Shift


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff; `userid` is WeCom's, lower-cased (doc 90236).

    `levels` are pairs of skill and level (1 to 3) for skills of another level than 2. `capacity`
    is how many open tickets they hold, None: as everybody. `grade`: 1 new, 2 regular, 3 best.
    Without `shifts` they may be asked at any hour. `duties` name whom ladders tell:
    department_head (部门负责人), account_manager (客户经理).
    """

    userid: str
    name: str
    role: Role
    stores: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    capacity: int | None = None
    grade: int = 2
    region: str = ""
    shifts: tuple[Shift, ...] = ()
    duties: tuple[str, ...] = ()


class StaffDirectory(Protocol):
    """Tells who works here and when; kept in memory, refreshed in the background."""

    @property
    def hours(self) -> ServiceHours:
        """When people are there to take over."""

    @property
    def stores(self) -> Sequence[Store]:
        """Where the stores are that they work in."""

    @property
    def sharing(self) -> SharingPolicy:
        """How work is shared among them."""

    @property
    def is_whole(self) -> bool:
        """Whether everybody is known by now: until then, who is missing need not have left."""

    def find(self, userid: str) -> Staff | None:
        """A member by userid (any case); None for strangers."""

    def with_role(self, least: Role) -> Sequence[Staff]:
        """Everybody of this role or a higher one."""

    def agents(self, skill: str = "") -> Sequence[Staff]:
        """Agents, those with the skill if any has it, else all."""
