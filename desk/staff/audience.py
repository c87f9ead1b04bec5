"""Who is told: the agents with a skill, and those above them when it hurries."""

from desk.kernel.roles import Role
from desk.staff.directory import Staff, StaffDirectory


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


def _lowest(staff: StaffDirectory, least: Role) -> tuple[Staff, ...]:
    able = staff.with_role(least)
    role = min((each.role for each in able), default=least)
    return tuple(each for each in able if each.role is role)
