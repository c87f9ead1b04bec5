"""Who hears of a ticket that is late; whom nobody is stands out, and somebody above hears."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.kernel.roles import Role
from desk.sla.ladder import Recipient
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.model import Ticket
from desk.tickets.promises import SKILL_FOR

_LEAST = {Recipient.SUPERVISOR: Role.SUPERVISOR, Recipient.MANAGER: Role.MANAGER}


@dataclass(frozen=True, slots=True)
class Heard:
    """The userids who hear, each once; `missing` are those whom the merchant has not named."""

    to: tuple[str, ...]
    missing: tuple[Recipient, ...] = ()


def recipients(wanted: Sequence[Recipient], ticket: Ticket, staff: StaffDirectory) -> Heard:
    """Find them; the managers stand in for those who are missing."""
    found = {each: _one(each, ticket, staff) for each in wanted if each is not Recipient.CUSTOMER}
    missing = tuple(each for each, who in found.items() if not who)
    instead = audience(staff, least=Role.MANAGER) if missing else ()
    everybody = [userid for who in found.values() for userid in who]
    return Heard(tuple(dict.fromkeys((*everybody, *instead))), missing)


def _one(wanted: Recipient, ticket: Ticket, staff: StaffDirectory) -> tuple[str, ...]:
    if wanted is Recipient.OWNER:
        if ticket.owner and staff.find(ticket.owner):
            return (ticket.owner,)
        return audience(staff, SKILL_FOR.get(ticket.kind, ""))
    if wanted in _LEAST:
        return audience(staff, least=_LEAST[wanted])
    return tuple(each.userid for each in staff.with_role(Role.AGENT) if wanted in each.duties)
