"""Who above is called when a dear customer complains and it is urgent."""

from desk.kernel.roles import Role
from desk.shops.stores import city_word
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.model import Priority, Ticket, TicketKind


def calls(ticket: Ticket) -> bool:
    """Whether such a ticket of a dear customer has to reach somebody above at once."""
    return ticket.kind is TicketKind.COMPLAINT and ticket.priority is Priority.URGENT


def above_in(region: str, store: str, staff: StaffDirectory) -> tuple[str, ...]:
    """The supervisors of the region, else those of the store, else the managers, by userid."""
    supervisors = [each for each in staff.with_role(Role.SUPERVISOR) if each.role < Role.MANAGER]
    of_region = [each.userid for each in supervisors if region and city_word(each.region) == region]
    of_store = [each.userid for each in supervisors if store and store in each.stores]
    return tuple(of_region or of_store) or audience(staff, least=Role.MANAGER)
