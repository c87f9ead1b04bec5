"""Puts tickets where they belong when they are opened, and calls those above."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desk.kernel.roles import Role
from desk.routing.above import above_in
from desk.routing.events import AboveCalled, StoreLearnt
from desk.routing.model import Routing
from desk.routing.placed import Placed
from desk.routing.placing import LEADER_SKILL, VIP, Ground, place
from desk.routing.ports import PlacementStore
from desk.staff.directory import StaffDirectory
from desk.tickets.actors import BOT
from desk.tickets.commands import OpenTicket
from desk.tickets.events import TicketHappening, TicketOpened
from desk.tickets.model import Ticket
from desk.tickets.tools import Tools
from desk.tickets.watching import watchers

_CALLED = "called_above"


@dataclass(frozen=True, slots=True)
class Placing:
    """The routing's side of one piece of work."""

    store: PlacementStore
    routing: Routing
    tools: Tools

    async def place(self, asked: OpenTicket) -> tuple[OpenTicket, Placed]:
        """What shall be opened, and how that was found."""
        known = await self.store.known(asked, self.tools.now)
        answers = tuple(each for each in asked.fields.values() if isinstance(each, str))
        known = replace(known, words=(*answers, *known.words))
        opens, placed = place(asked, known, ground(self.routing, self.tools.staff))
        watching = watchers(opens.watchers, self.tools.staff, opens.store)
        return replace(opens, watchers=watching), placed

    async def keep(self, placed: Placed, happened: Iterable[TicketHappening]) -> None:
        """Write it down where a ticket was opened; one that was joined has its place already."""
        nothing_found = replace(placed, skill="") == Placed()
        for event in happened:
            if isinstance(event, TicketOpened) and not nothing_found:
                await self.store.keep(event.ticket.id, placed, self.tools.now)

    async def place_again(self, ticket: Ticket, asked: str) -> tuple[StoreLearnt, ...]:
        """Look for the store of a ticket that has none; `asked` is whom it was put before last."""
        opens, placed = await self.place(_as_asked(ticket))
        current = await self.tools.store.locked(ticket.number) if opens.store else None
        if current is None or current.store or current.state.ended:
            return ()
        region = opens.region or current.region
        learnt = await self.tools.store.amend(replace(current, store=opens.store, region=region))
        name = next((each.name for each in self.tools.staff.stores if each.id == opens.store), "")
        await self.tools.log(learnt, BOT, "store_learnt", name or opens.store)
        await self.store.keep(learnt.id, placed, self.tools.now)
        member = self.tools.staff.find(asked) if asked else None
        return (StoreLearnt(learnt, member is not None and opens.store in member.stores),)

    async def call(self, ticket: Ticket, asked: str) -> tuple[AboveCalled, ...]:
        """Call those above for a dear customer; whom it was put before (`asked`) knows already."""
        placed = await self.store.of(ticket.id)
        if placed is None or placed.tier != VIP or await self._called(ticket):
            return ()
        above = above_in(ticket.region, ticket.store, self.tools.staff)
        to = tuple(each for each in above if each != asked)
        if not to:
            return ()
        names = "、".join(self.tools.name(each) for each in to)
        await self.tools.log(ticket, BOT, _CALLED, names)
        return (AboveCalled(ticket, to, await self.tools.nickname(ticket.customer)),)

    async def _called(self, ticket: Ticket) -> bool:
        """Whether they were called before: a card of one name cannot be sent twice."""
        lines = await self.tools.store.history(ticket.number)
        return any(each.what == _CALLED for each in lines)


def _as_asked(ticket: Ticket) -> OpenTicket:
    """A ticket as if it were opened now, with what is known of it."""
    return OpenTicket(
        kind=ticket.kind,
        priority=ticket.priority,
        summary=ticket.summary,
        customer=ticket.customer,
        conversation=ticket.conversation,
        shop=ticket.shop,
        order_no=ticket.order_no,
        fields=ticket.fields,
        product_type=ticket.product_type,
        template=ticket.template,
    )


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
