"""Opens a ticket, or joins the one that the customer has already."""

from dataclasses import replace

from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import TicketId
from desk.kernel.roles import Role
from desk.staff.audience import audience
from desk.tickets.actors import BOT, CUSTOMER, RULE
from desk.tickets.commands import OpenTicket
from desk.tickets.course import Start
from desk.tickets.events import TicketHappening, TicketJoined, TicketOpened, TicketRaised
from desk.tickets.joining import joined
from desk.tickets.kin.service import came_of
from desk.tickets.model import Priority, Ticket, TicketState
from desk.tickets.tools import Tools
from desk.tickets.watching import watchers


async def open_one(tools: Tools, asked: OpenTicket) -> TicketHappening:
    """Open it or join the one that is there."""
    identity = TicketId(tools.tray.derive("ticket"))
    there = await joined(tools, identity, asked)
    if there is not None and there.id != identity:
        return await _join(tools, there, asked)
    start = await tools.courses.start(asked.template or asked.kind.value, asked.store)
    skill = asked.skill or (start.skill if start else "")
    ticket = there or await _add(tools, identity, asked, start)
    if asked.because and there is None:
        await _link(tools, ticket, asked)
    nickname = await tools.nickname(asked.customer)
    heard = tools.watchers(ticket) if asked.by.startswith(RULE) else ()
    return TicketOpened(ticket, nickname, skill, heard)


async def _join(tools: Tools, ticket: Ticket, asked: OpenTicket) -> TicketHappening:
    by = CUSTOMER if asked.by == BOT else asked.by
    await tools.log(ticket, by, "joined", asked.summary)
    await tools.times.spoken_of(ticket)
    ticket = await _told_more(tools, ticket, asked, by)
    if asked.priority is None or not asked.priority.over(ticket.priority):
        return TicketJoined(ticket, asked.summary, by, late=_is_late(tools, ticket))
    due_at = await tools.times.raised(ticket, asked.priority)
    raised = await tools.store.hurry(ticket, asked.priority, due_at)
    await tools.log(raised, asked.by, f"raised_{asked.priority}")
    late = _is_late(tools, raised)
    return TicketRaised(raised, asked.summary, _above(tools, raised), by, late=late)


def _is_late(tools: Tools, ticket: Ticket) -> bool:
    return not ticket.state.ended and ticket.due_at < tools.now


async def _told_more(tools: Tools, ticket: Ticket, asked: OpenTicket, by: str) -> Ticket:
    """Keep what was not known yet: answers of the form, and which order it is about."""
    names_order = bool(asked.order_no) and not ticket.order_no
    if not asked.fields and not names_order:
        return ticket
    more = replace(ticket, fields={**ticket.fields, **asked.fields})
    if names_order:
        more = replace(more, order_no=asked.order_no, shop=asked.shop or ticket.shop)
        await tools.log(ticket, by, "order_named", asked.order_no)
    return await tools.store.amend(more)


def _above(tools: Tools, raised: Ticket) -> tuple[str, ...]:
    urgent = raised.priority is Priority.URGENT
    return audience(tools.staff, least=Role.SUPERVISOR) if urgent else ()


async def _add(tools: Tools, identity: TicketId, asked: OpenTicket, start: Start | None) -> Ticket:
    priority = asked.priority or (start.priority if start else Priority.NORMAL)
    ticket = _new(tools, asked, priority, identity, await _number(tools))
    if start is not None:
        ticket = _begun(ticket, start, tools)
    await tools.store.add(ticket)
    await tools.log(ticket, asked.by, "opened", asked.summary)
    await tools.times.begin(ticket)
    return ticket


def _new(
    tools: Tools, asked: OpenTicket, priority: Priority, identity: TicketId, number: str
) -> Ticket:
    return Ticket(
        id=identity,
        number=number,
        kind=asked.kind,
        priority=priority,
        state=TicketState.OPEN,
        customer=asked.customer,
        conversation=asked.conversation,
        source=tools.tray.cause,
        shop=asked.shop,
        order_no=asked.order_no,
        summary=asked.summary,
        owner="",
        opened_at=tools.now,
        taken_at=None,
        solved_at=None,
        due_at=tools.times.due(asked.kind, priority),
        version=1,
        fields=asked.fields,
        store=asked.store,
        region=asked.region,
        product_type=asked.product_type,
        tags=asked.tags,
        watchers=asked.watchers,
    )


async def _link(tools: Tools, ticket: Ticket, asked: OpenTicket) -> None:
    cause = await tools.store.by_number(asked.because)
    if cause is not None:
        await came_of(tools, ticket, cause, asked.by)


def _begun(ticket: Ticket, start: Start, tools: Tools) -> Ticket:
    """The ticket in the first step of its template, with whom that lets know of it."""
    watching = watchers(start.watchers, tools.staff, ticket.store)
    return replace(
        ticket,
        template=start.template,
        template_version=start.version,
        step=start.step,
        tags=tuple(dict.fromkeys((*ticket.tags, *start.tags))),
        watchers=tuple(dict.fromkeys((*ticket.watchers, *watching))),
    )


async def _number(tools: Tools) -> str:
    day = tools.now.astimezone(SHANGHAI).date()
    return f"T-{day:%Y%m%d}-{await tools.store.next_number(day):04d}"
