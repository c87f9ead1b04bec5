"""Puts tickets where they belong when they are opened, and calls those above."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desk.kernel.roles import Role
from desk.routing.above import above_in
from desk.routing.events import AboveCalled
from desk.routing.model import Routing
from desk.routing.placed import Placed
from desk.routing.placing import LEADER_SKILL, VIP, Ground, place
from desk.routing.ports import PlacementStore
from desk.staff.audience import people
from desk.staff.directory import StaffDirectory
from desk.tickets.commands import OpenTicket
from desk.tickets.events import TicketHappening, TicketOpened
from desk.tickets.model import Ticket
from desk.tickets.tools import Tools


@dataclass(frozen=True, slots=True)
class Placing:
    """The routing's side of one piece of work."""

    store: PlacementStore
    routing: Routing
    tools: Tools

    async def place(self, asked: OpenTicket) -> tuple[OpenTicket, Placed]:
        """What shall be opened, and how that was found."""
        known = await self.store.known(asked, self.tools.now)
        opens, placed = place(asked, known, ground(self.routing, self.tools.staff))
        return replace(opens, watchers=people(self.tools.staff, opens.watchers)), placed

    async def keep(self, placed: Placed, happened: Iterable[TicketHappening]) -> None:
        """Write it down where a ticket was opened; one that was joined has its place already."""
        for event in happened:
            if isinstance(event, TicketOpened) and placed != Placed():
                await self.store.keep(event.ticket.id, placed, self.tools.now)

    async def call(self, ticket: Ticket, spared: frozenset[str]) -> tuple[AboveCalled, ...]:
        """Call those above for a dear customer; `spared` have its card already."""
        placed = await self.store.of(ticket.id)
        if placed is None or placed.tier != VIP:
            return ()
        above = above_in(ticket.region, ticket.store, self.tools.staff)
        to = tuple(each for each in above if each not in spared)
        if not to:
            return ()
        names = "、".join(self.tools.name(each) for each in to)
        await self.tools.log(ticket, "bot", "called_above", names)
        return (AboveCalled(ticket, to, await self.tools.nickname(ticket.customer)),)


def ground(routing: Routing, staff: StaffDirectory) -> Ground:
    """What placing stands on, out of the merchant's terms and who works here."""
    everybody = staff.with_role(Role.AGENT)
    return Ground(
        routing=routing,
        stores=staff.stores,
        regions=frozenset(each.region for each in everybody if each.region),
        vip_from=int(staff.sharing.vip_from),
        far_km=staff.sharing.far_km,
        has_leader_pool=any(LEADER_SKILL in each.skills for each in staff.agents()),
    )
