"""What an action comes to here and now: a command, or why there is none."""

import re
from dataclasses import dataclass, replace

from desk.conversations.commands import HandOver, SayTo, Tell
from desk.kernel.messages import Say, phrase
from desk.kernel.roles import Role
from desk.rules.actions import (
    OF_TICKETS,
    Action,
    Answer,
    Attend,
    Inform,
    Label,
    OpenOne,
    PassOn,
    Prioritise,
    Send,
)
from desk.rules.facts import Known
from desk.rules.model import Rule
from desk.rules.runs import Did, Standing
from desk.sla.ladder import Recipient
from desk.sla.recipients import recipients
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.actors import RULE
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Ticket, TicketKind
from desk.tickets.sorting.commands import (
    PrioritiseTicket,
    RouteTicket,
    SortTicket,
    TagTicket,
    WatchTicket,
)

_BLANK = re.compile(r"\{(\w+)\}")
_SHOWN = 3

RuleCommand = HandOver | OpenTicket | SayTo | SortTicket | Tell


@dataclass(frozen=True, slots=True)
class Step:
    """One action as it would be carried out: `command` None where it cannot be, see `did`."""

    did: Did
    command: RuleCommand | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where actions take place; `ticket` is the one that they are about, if there is any."""

    rule: Rule
    known: Known
    staff: StaffDirectory
    ticket: Ticket | None
    words: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """The actor in a ticket's history."""
        return f"{RULE}{self.rule.id}"

    def with_ticket(self, ticket: Ticket) -> "Scene":
        """The same after a ticket was opened."""
        return replace(self, ticket=ticket)


def step(action: Action, scene: Scene) -> Step:
    """What an action comes to."""
    if isinstance(action, OF_TICKETS):
        return _of_ticket(action, scene)
    at = scene.known.happening
    match action:
        case OpenOne():
            return _open(action, scene)
        case Inform(to, text):
            heard = _people(to, scene)
            told = Say(phrase("rule.told", text=filled(text, scene), rule=scene.rule.called))
            return Step(Did("told", "、".join(heard)), Tell(told, heard)) if heard else _nobody(to)
        case Answer(text):
            if at.held or at.conversation is None:
                return Step(Did("held" if at.held else "no_conversation"))
            said = Say(phrase("rule.said", text=filled(text, scene)))
            return Step(Did("said"), SayTo(at.conversation, said))
        case PassOn():
            return _pass_on(action, scene)


def _open(action: OpenOne, scene: Scene) -> Step:
    at = scene.known.happening
    if at.customer is None and action.kind is TicketKind.RISK:
        return Step(Did("no_customer"))
    quiet = action.quiet or action.kind is TicketKind.RISK
    command = OpenTicket(
        kind=action.kind,
        priority=action.priority,
        summary=filled(action.summary, scene),
        customer=at.customer,
        conversation=None if quiet else at.conversation,
        shop=at.shop,
        order_no=at.order_no,
        skill=action.skill,
        template=action.template,
        by=scene.by,
    )
    return Step(Did("opened"), command)


def _pass_on(action: PassOn, scene: Scene) -> Step:
    at = scene.known.happening
    if at.held or at.conversation is None:
        return Step(Did("held" if at.held else "no_conversation"))
    command = HandOver(
        conversation=at.conversation,
        customer=at.customer,
        reason=action.reason,
        summary="",
        skill=action.skill,
        urgent=action.urgent,
    )
    return Step(Did("handed_over"), command)


def _of_ticket(action: Attend | Label | Prioritise | Send, scene: Scene) -> Step:
    ticket, by = scene.ticket, scene.by
    if ticket is None:
        return Step(Did("no_ticket"))
    match action:
        case Prioritise(priority):
            why = scene.rule.called
            return Step(
                Did("prioritised", priority), PrioritiseTicket(ticket.number, by, priority, why)
            )
        case Label(add, remove):
            about = "、".join(add or remove)
            what = Did("tagged" if add else "untagged", about)
            return Step(what, TagTicket(ticket.number, by, add, remove))
        case Send(skill, store):
            what = Did("routed", "、".join(filter(None, (skill, store))))
            return Step(what, RouteTicket(ticket.number, by, skill, store))
        case Attend(who):
            people = _people(who, scene)
            if not people:
                return _nobody(who)
            return Step(Did("watched", "、".join(people)), WatchTicket(ticket.number, by, people))


def filled(text: str, scene: Scene) -> str:
    """The text with its blanks filled; one that nothing is known for is left empty."""
    ticket, at = scene.ticket, scene.known.happening
    words = {
        "number": ticket.number if ticket else "",
        "order": at.order_no or (ticket.order_no if ticket else ""),
        "customer": scene.known.nickname or "顾客",
        "history": history(scene.known.standing, ticket.number if ticket else ""),
        "words": "、".join(scene.words),
    }
    return _BLANK.sub(lambda found: words.get(found[1], found[0]), text)


def history(standing: Standing | None, this: str) -> str:
    """What is known of a person before `this` ticket, in numbers of tickets and counts alone."""
    if standing is None:
        return ""
    earlier = [each for each in standing.risks if each != this]
    shown = "、".join(earlier[:_SHOWN])
    more = f" 等 {len(earlier)} 张" if len(earlier) > _SHOWN else ""
    risks = f"此前的风险评估：{shown}{more}" if shown else "此前没有风险评估"
    return f"{risks}；180 天内投诉 {standing.complaints} 次，退货退款 {standing.refunds} 次"


def _people(to: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The userids who are meant, each once."""
    named = [each[1:] for each in to if each.startswith("@")]
    known = [each.userid for name in named if (each := scene.staff.find(name))]
    roles = tuple(Recipient(each) for each in to if not each.startswith("@"))
    if scene.ticket is not None and roles:
        return tuple(dict.fromkeys((*known, *recipients(roles, scene.ticket, scene.staff).to)))
    heard = [userid for each in roles for userid in _of_role(each, scene.staff)]
    return tuple(dict.fromkeys((*known, *heard)))


def _of_role(role: Recipient, staff: StaffDirectory) -> tuple[str, ...]:
    match role:
        case Recipient.SUPERVISOR:
            return audience(staff, least=Role.SUPERVISOR)
        case Recipient.MANAGER:
            return audience(staff, least=Role.MANAGER)
        case Recipient.OWNER | Recipient.CUSTOMER:
            return audience(staff)
        case _:
            theirs = (each for each in staff.with_role(Role.AGENT) if role in each.duties)
            return tuple(each.userid for each in theirs) or audience(staff, least=Role.MANAGER)


def _nobody(to: tuple[str, ...]) -> Step:
    return Step(Did("nobody", "、".join(to)))
