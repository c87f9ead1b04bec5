"""Who is told: the agents with a skill, and those above them when it hurries."""

from collections.abc import Iterable

from desk.kernel.roles import Role
from desk.staff.directory import Staff, StaffDirectory

ROLES = {each.name.lower(): each for each in Role if each is not Role.CUSTOMER}
DUTIES = ("department_head", "account_manager")


def audience(
    staff: StaffDirectory, skill: str = "", least: Role = Role.AGENT, *, urgent: bool = False
) -> tuple[str, ...]:
    """Choose the userids to tell; urgent matters reach the supervisors too.

    Where the merchant has nobody of the role, the next higher one stands in; () only where the
    directory knows nobody of at least that role.
    """
    chosen = [each for each in staff.agents(skill) if each.role >= least]
    if not chosen:
        chosen = list(_lowest(staff, least))
    if urgent:
        chosen += _lowest(staff, max(least, Role.SUPERVISOR))
    return tuple(dict.fromkeys(each.userid for each in chosen))


def people(staff: StaffDirectory, names: Iterable[str]) -> tuple[str, ...]:
    """The userids of roles (supervisor, manager, …), duties and userids, each once.

    Of a role those who have just this one count; where nobody has it, the next higher one.
    """
    return tuple(dict.fromkeys(each for name in names for each in _named(staff, name)))


def _named(staff: StaffDirectory, name: str) -> tuple[str, ...]:
    if name in ROLES:
        return tuple(each.userid for each in _lowest(staff, ROLES[name]))
    if name in DUTIES:
        everybody = staff.with_role(Role.AGENT)
        return tuple(each.userid for each in everybody if name in each.duties)
    return (name.lower(),)


def _lowest(staff: StaffDirectory, least: Role) -> tuple[Staff, ...]:
    able = staff.with_role(least)
    role = min((each.role for each in able), default=least)
    return tuple(each for each in able if each.role is role)
