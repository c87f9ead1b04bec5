"""Who watches a ticket from the beginning: what a template says in roles, in userids."""

from collections.abc import Sequence

from desk.kernel.roles import Role
from desk.staff.directory import Staff, StaffDirectory

_ROLES = {role.name.lower(): role for role in Role if role > Role.CUSTOMER}


def watchers(named: Sequence[str], staff: StaffDirectory, store: str) -> tuple[str, ...]:
    """The userids of roles, duties and people, each once; of a store's people only its own.

    Whoever is named as a person stays named, also while nobody knows them (yet).
    """
    found = [userid for each in named for userid in _one(each, staff, store)]
    return tuple(dict.fromkeys(found))


def _one(named: str, staff: StaffDirectory, store: str) -> tuple[str, ...]:
    everybody = staff.with_role(Role.AGENT)
    role = _ROLES.get(named)
    if role is not None:
        return _here([each for each in everybody if each.role is role], store)
    duty = [each for each in everybody if named in each.duties]
    return _here(duty, store) or (named,)


def _here(people: Sequence[Staff], store: str) -> tuple[str, ...]:
    return tuple(
        each.userid for each in people if not (store and each.stores) or store in each.stores
    )
