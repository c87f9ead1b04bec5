"""/ticket show: all that is known of a ticket."""

from collections.abc import Sequence

from bot.commands.base import Call, answer
from bot.commands.find import shop_name, staff_name
from bot.commands.ticket_form import lines_of
from bot.commands.ticket_stands import stands
from bot.commands.ticket_steps import standing
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.tickets.actors import CUSTOMER, is_person
from desk.tickets.cards import called, kind_phrase, priority_phrase
from desk.tickets.model import Ticket, TicketEvent
from desk.tickets.news import news
from desk.tickets.relations import How, Link

_EVENTS_SHOWN = 10
_LINKS_SHOWN = 8


async def show(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Where it stands, whose it is, what belongs to it, and what happened to it."""
    customer = await desk.customers.get(ticket.customer) if ticket.customer else None
    return answer(
        phrase(
            "cmd.ticket.card",
            number=ticket.number,
            kind=kind_phrase(ticket),
            priority=priority_phrase(ticket),
            stands=stands(ticket, call, desk),
            step=await _step(ticket, desk),
            customer=called(customer.nickname if customer else ""),
            order=_order(ticket, desk),
            about=_about(ticket, desk),
            form=await lines_of(ticket, call, desk),
            links=await _links(ticket, desk),
            summary=ticket.summary,
            history=await _history(ticket, desk),
            next=_next(ticket),
        )
    )


async def _step(ticket: Ticket, desk: Desk) -> Phrase | str:
    at = await standing(ticket, desk)
    if at is None:
        return ""
    template = await desk.templates.version(ticket.template, ticket.template_version)
    if template is None:
        return phrase("cmd.ticket.step_gone", step=at.label, template=ticket.template)
    version = ticket.template_version
    return phrase("cmd.ticket.step_of", step=at.label, template=template.name, version=version)


def _order(ticket: Ticket, desk: Desk) -> Phrase | str:
    if not ticket.order_no:
        return ""
    shop = shop_name(ticket.shop, desk)
    return phrase("cmd.ticket.order", shop=shop, number=ticket.order_no)


def _about(ticket: Ticket, desk: Desk) -> tuple[Phrase, ...]:
    """A line each for the store, the tags, those who watch it; what there is not is left out."""
    stores = {each.id: each.name for each in desk.stores}
    names = "、".join(staff_name(each, desk) for each in ticket.watchers)
    lines = {
        "store": stores.get(ticket.store, ticket.store),
        "tags": "、".join(ticket.tags),
        "watchers": names,
    }
    return tuple(
        Phrase(f"cmd.ticket.about.{name}", {name: value}) for name, value in lines.items() if value
    )


async def _links(ticket: Ticket, desk: Desk) -> tuple[Phrase, ...]:
    linked = await desk.kin.links(ticket.id)
    parts = await desk.kin.parts(ticket.number)
    merged = "、".join(each.number for each in parts)
    lines = tuple(_link(each) for each in linked[:_LINKS_SHOWN])
    return (*lines, phrase("cmd.ticket.parts", numbers=merged)) if merged else lines


def _link(link: Link) -> Phrase:
    how = "effect" if link.back and link.how is How.CAUSE else link.how.value
    ended = phrase("cmd.ticket.link_ended") if link.state.ended else ""
    known = {"number": link.number, "summary": link.summary, "ended": ended}
    return Phrase(f"ticket.link.{how}", known)


async def _history(ticket: Ticket, desk: Desk) -> tuple[Phrase, ...]:
    """The last lines, with those of the tickets that were merged into it."""
    parts = await desk.kin.parts(ticket.number)
    if parts:
        several, merged = [each.id for each in (ticket, *parts)], ("merged", ticket.number)
        told_of = await desk.kin.told_of(several)
        # That a part was merged stands there already, as what came in.
        events = [each for each in told_of if (each[1].what, each[1].note) != merged]
    else:
        events = [(ticket.number, each) for each in await desk.tickets.history(ticket.number)]
    hidden = max(0, len(events) - _EVENTS_SHOWN)
    earlier = (phrase("cmd.ticket.earlier", count=hidden),) if hidden else ()
    return (*earlier, *_lines(events[hidden:], ticket, desk))


def _lines(
    events: Sequence[tuple[str, TicketEvent]], ticket: Ticket, desk: Desk
) -> tuple[Phrase, ...]:
    return tuple(_happened(event, number, ticket, desk) for number, event in events)


def _happened(event: TicketEvent, number: str, ticket: Ticket, desk: Desk) -> Phrase:
    what = Phrase(f"ticket.history.{event.what}", {"name": actor_name(event.actor, desk)})
    told = news(event.note, ticket.summary)
    note = phrase("ticket.history.note", note=told) if told else ""
    if event.what == "joined" and not told:
        what = phrase("ticket.history.asked_again")
    line = phrase("ticket.history.line", at=event.at, what=what, note=note)
    if number == ticket.number:
        return line
    return phrase("ticket.history.of_part", number=number, line=line)


def actor_name(actor: str, desk: Desk) -> str | Phrase:
    """What people call whoever did it: a member, the customer, a rule, the assistant."""
    if is_person(actor):
        return staff_name(actor, desk)
    if actor == CUSTOMER:
        return phrase("ticket.actor.customer")
    return phrase("ticket.actor.rule" if actor.startswith("rule:") else "ticket.actor.bot")


def _next(ticket: Ticket) -> Phrase:
    if ticket.merged_into:
        return phrase("cmd.ticket.next.merged", into=ticket.merged_into)
    return Phrase(f"cmd.ticket.next.{ticket.state}", {"number": ticket.number})
