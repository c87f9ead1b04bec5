"""/ticket step: where a ticket stands in its template and what leads on; /ticket close."""

from bot.commands.base import Call, Misused, answer
from bot.commands.ticket_form import said
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.kernel.roles import Role
from desk.templates.courses import TemplateCourses
from desk.tickets.cards import kind_phrase
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.course import StepAt, Way
from desk.tickets.model import Ticket
from desk.tickets.steps.commands import StepTicket
from desk.tickets.steps.wording import lines_of

_BUTTONS = 6
"""As many as a card may have (WeCom doc 90236)."""


async def step(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Go to a step; without one, tell where it stands and what leads on."""
    if len(call.words) > 2:
        filled, to = await said(ticket, call, desk)
        return Outcome(do=(*filled, StepTicket(ticket.number, call.member.userid, to)))
    course = await TemplateCourses(desk.templates).of(ticket)
    at, ways = course.at(ticket), course.ways(ticket)
    if not at and not ways:
        gone = ticket.template and ticket.step
        key = "cmd.ticket.step.gone" if gone else "step.blocked.no_steps"
        return answer(Phrase(key, {"number": ticket.number, "step": ticket.step}))
    here = phrase("cmd.ticket.step.at", number=ticket.number, step=at.label if at else ticket.step)
    if not ways or ticket.state.ended or not _may_work(ticket, call):
        return answer(phrase("cmd.ticket.step.ways", at=here, ways=lines_of(ticket, ways)))
    return Outcome(say=(_card(ticket, call, here, ways),))


def close(ticket: Ticket, call: Call) -> Outcome:
    """Close it for good; why stands in its history."""
    if not call.rest(2):
        why = phrase("cmd.ticket.which_reason", number=ticket.number)
        raise Misused(why, is_complete=True)
    return Outcome(do=(CloseTicket(ticket.number, call.member.userid, call.rest(2)),))


async def standing(ticket: Ticket, desk: Desk) -> StepAt | None:
    """The step where a ticket stands; one that nobody knows any more by its id."""
    course = await TemplateCourses(desk.templates).of(ticket)
    if not ticket.step:
        return None
    return course.at(ticket) or StepAt(ticket.step, ticket.step, ticket.state)


def _card(ticket: Ticket, call: Call, here: Phrase, ways: tuple[Way, ...]) -> Card:
    lacking = lines_of(ticket, [each for each in ways if each.lacking])
    return Card(
        task=f"ticket-{ticket.number}-ways-{call.inbox.hex}",
        title=phrase("cmd.ticket.step.title", kind=kind_phrase(ticket)),
        subtitle=phrase("cmd.ticket.step.ways", at=here, ways=lacking),
        buttons=tuple(
            CardButton(
                f"ticket step {ticket.number} {each.to.id}",
                phrase("card.text", text=each.label),
                style=2 if each.lacking else 1,
            )
            for each in ways[:_BUTTONS]
        ),
    )


def _may_work(ticket: Ticket, call: Call) -> bool:
    return ticket.owner in ("", call.member.userid) or call.member.role >= Role.SUPERVISOR
