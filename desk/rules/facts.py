"""Looks up what conditions and texts ask for, and nothing that none of them asks for."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from desk.customers.ports import CustomerReader
from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import CustomerId
from desk.rules.happenings import Happening, Value
from desk.rules.ports import RuleReader
from desk.rules.runs import Standing
from desk.rules.vocabulary import Group
from desk.shops.book import OrderBook
from desk.shops.port import Order
from desk.staff.directory import StaffDirectory
from desk.tickets.actors import CUSTOMER
from desk.tickets.model import Ticket
from desk.tickets.ports import TicketReader

VIP = "vip"
_LAST = 20
_OF_PAID = frozenset({"customer.tier", "customer.paid"})
_OF_HISTORY = frozenset({"ticket.joins", "ticket.reopened"})


class Sources(Protocol):
    """Where facts are looked up: the open books, or the desk's readers."""

    @property
    def customers(self) -> CustomerReader: ...
    @property
    def tickets(self) -> TicketReader: ...
    @property
    def orders(self) -> OrderBook: ...
    @property
    def rules(self) -> RuleReader: ...


@dataclass
class Known:
    """What is known around a happening; `facts` are the names that conditions may use."""

    happening: Happening
    facts: dict[str, Value] = field(default_factory=dict)
    ticket: Ticket | None = None
    nickname: str = ""
    standing: Standing | None = None

    def has(self, needs: AbstractSet[str]) -> bool:
        """Tell whether all of these names are known."""
        return needs <= self.facts.keys()


async def look_up(
    happening: Happening,
    needs: AbstractSet[str],
    sources: Sources,
    staff: StaffDirectory,
    now: datetime,
) -> Known:
    """Look up what is needed; names of what is not there (no order) stay unknown."""
    known = Known(happening, dict(happening.told), happening.ticket)
    groups = {name.partition(".")[0] for name in needs}
    if happening.text:
        known.facts |= {"message.text": happening.text, "message.length": len(happening.text)}
    if Group.NOW in groups:
        known.facts |= _of_now(now, staff)
    if Group.TICKET in groups:
        await _add_ticket(known, needs, sources, now)
    if Group.CUSTOMER in groups and happening.customer is not None:
        await _add_customer(known, needs, happening.customer, sources, staff, now)
    if Group.ORDER in groups:
        await _add_order(known, sources)
    return known


def _of_now(now: datetime, staff: StaffDirectory) -> dict[str, Value]:
    here = now.astimezone(SHANGHAI)
    opened = staff.hours.open_at(now)
    return {"now.hour": here.hour, "now.weekday": here.isoweekday(), "now.open": opened}


async def ticket_of(happening: Happening, sources: Sources) -> Ticket | None:
    """The ticket that a happening is about: its own, else the customer's newest unsolved one."""
    if happening.ticket is not None or happening.customer is None:
        return happening.ticket
    theirs = await sources.tickets.of_customer(happening.customer, _LAST)
    fitting = (
        each
        for each in theirs
        if not each.state.ended and not each.is_hidden and happening.order_no in ("", each.order_no)
    )
    return next(fitting, None)


async def _add_ticket(
    known: Known, needs: AbstractSet[str], sources: Sources, now: datetime
) -> None:
    known.ticket = ticket = await ticket_of(known.happening, sources)
    if ticket is None:
        return
    known.facts |= facts_of_ticket(ticket, now)
    if needs & _OF_HISTORY:
        happened = await sources.tickets.history(ticket.number)
        joined = [each for each in happened if each.what == "joined" and each.actor == CUSTOMER]
        reopened = [each for each in happened if each.what == "reopened"]
        known.facts |= {"ticket.joins": len(joined), "ticket.reopened": len(reopened)}


def facts_of_ticket(ticket: Ticket, now: datetime) -> dict[str, Value]:
    """What a ticket itself tells."""
    return {
        **{
            f"ticket.{name}": str(getattr(ticket, name))
            for name in (
                *("number", "kind", "priority", "state", "template", "step", "shop", "store"),
                *("region", "product_type", "owner"),
            )
        },
        "ticket.order": ticket.order_no,
        "ticket.fields": _answers(ticket),
        "ticket.tags": ticket.tags,
        "ticket.watchers": ticket.watchers,
        "ticket.age_hours": (now - ticket.opened_at) // timedelta(hours=1),
        "ticket.overdue": ticket.due_at < now and not ticket.state.ended,
    }


def _answers(ticket: Ticket) -> dict[str, object]:
    """The answers of a form, those with several parts as lists."""
    return {
        name: list(each) if isinstance(each, tuple) else each
        for name, each in ticket.fields.items()
    }


async def _add_customer(
    known: Known,
    needs: AbstractSet[str],
    customer: CustomerId,
    sources: Sources,
    staff: StaffDirectory,
    now: datetime,
) -> None:
    if needs & {"customer.name", "customer.days"} and (
        who := await sources.customers.get(customer)
    ):
        known.nickname = who.nickname
        if who.since is not None:
            known.facts["customer.days"] = (now - who.since).days
    if not {each for each in needs if each.startswith("customer.")} - {
        *("customer.name", "customer.days")
    }:
        return
    paid = bool(needs & _OF_PAID)
    known.standing = it = await sources.rules.standing(customer, now, paid=paid)
    if paid:
        tier = VIP if it.paid >= staff.sharing.vip_from else ""
        known.facts |= {"customer.tier": tier, "customer.paid": it.paid}
    known.facts |= {
        "customer.complaints": it.complaints,
        "customer.refunds": it.refunds,
        "customer.risks": len(it.risks),
        "customer.open_tickets": it.open_tickets,
    }


async def _add_order(known: Known, sources: Sources) -> None:
    at = known.happening
    if at.order is not None:
        known.facts |= facts_of_order(at.order)
    shop, number = at.shop, at.order_no
    if at.ticket is not None:
        shop, number = at.ticket.shop, at.ticket.order_no
    if at.order is None and shop and number:
        booked = await sources.orders.booked(shop, number)
        known.facts |= facts_of_order(booked.order) if booked else {}


def facts_of_order(order: Order) -> dict[str, Value]:
    """What an order itself tells."""
    return {
        "order.shop": order.shop,
        "order.number": order.number,
        "order.status": order.status.value,
        "order.payment": int(order.payment),
        "order.pieces": sum(line.quantity for line in order.lines),
        "order.titles": tuple(line.title for line in order.lines),
        "order.items": tuple(line.item.item for line in order.lines),
        "order.marks": tuple(order.marks),
        "order.refunding": bool(order.refunds),
        "order.created": order.created_at,
    }
