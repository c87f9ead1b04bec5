"""Who works here, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.kernel.roles import Role
from desk.staff.hours import ServiceHours


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff; `userid` is WeCom's, lower-cased (doc 90236)."""

    userid: str
    name: str
    role: Role
    stores: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


class StaffDirectory(Protocol):
    """Tells who works here and when; kept in memory, refreshed in the background."""

    @property
    def hours(self) -> ServiceHours:
        """When people are there to take over."""

    def find(self, userid: str) -> Staff | None:
        """A member by userid (any case); None for strangers."""

    def with_role(self, least: Role) -> Sequence[Staff]:
        """Everybody of this role or a higher one."""

    def agents(self, skill: str = "") -> Sequence[Staff]:
        """Agents, those with the skill if any has it, else all."""
