"""Who works at the desk, and what tempers they have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.wecom.sharing_file import load_sharing
from bot.wecom.staff_file import load_staff
from desk.kernel.roles import Role
from desk.shops.stores import Store
from desk.staff.directory import Staff
from desk.staff.hours import ServiceHours

FILE = Path(__file__).parent / "people.yml"
_LOOK_AGAIN = timedelta(minutes=5)
"""Every minute, as in a house, a full desk makes most of the days' work and changes little."""


class Crew:
    """The StaffDirectory of the three days, out of a staff file."""

    def __init__(self) -> None:
        self.hours = ServiceHours()
        self.stores: Sequence[Store] = ()
        self.sharing = replace(load_sharing(FILE), look_again=_LOOK_AGAIN)
        self.is_whole = True
        self.people = load_staff(FILE)

    def find(self, userid: str) -> Staff | None:
        """A member by userid."""
        return next((each for each in self.people if each.userid == userid.lower()), None)

    def with_role(self, least: Role) -> Sequence[Staff]:
        """Everybody of this role or a higher one."""
        return tuple(each for each in self.people if each.role >= least)

    def agents(self, skill: str = "") -> Sequence[Staff]:
        """Agents, those with the skill if any has it, else all."""
        agents = tuple(each for each in self.people if each.role is Role.AGENT)
        return tuple(each for each in agents if skill in each.skills) or agents


@dataclass(frozen=True, slots=True)
class Temper:
    """How somebody works; spans in minutes, the rest are probabilities.

    `reacts`: from reading a card to answering it. `handles`: the usual time for one step on a
    ticket. `misses`: a card is passed over. `returns`: it is given back instead of taken.
    `helps`: somebody above takes what nobody can take, or looks after what is late.
    """

    reacts: tuple[float, float]
    handles: float
    misses: float = 0.0
    returns: float = 0.02
    helps: float = 0.0


TEMPERS = {
    "amei": Temper(reacts=(0.5, 5), handles=11, misses=0.02),
    "dazhi": Temper(reacts=(6, 26), handles=19, misses=0.05),
    "xiaolu": Temper(reacts=(1, 12), handles=13, misses=0.42, returns=0.06),
    "fangjie": Temper(reacts=(3, 20), handles=15, misses=0.05, helps=0.35),
    "manyun": Temper(reacts=(10, 60), handles=20, helps=0.25),
}
"""大志 is slow, 小鹿 lets cards pass and leaves on the third day; 大志 goes 忙碌 on the second."""
