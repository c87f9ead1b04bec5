"""转人工: the session goes to a person, with all that was said and tried; says when at night."""

from actions.asking import said
from actions.service_hours import opens_next, somebody_is_there
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.conversations.commands import HandOver
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.tickets.model import Priority, TicketKind, TicketState
from desk.turns import Action, Turn

_MOST_WORDS = 120
_NOBODY = Plan(TicketKind.CONSULT, Priority.HIGH, "handover.nobody", "顾客要找人工")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Hand over; with nobody to tell, a ticket keeps it from getting lost."""
    passed = await hand_over(turn, desk, reason="顾客要求人工服务")
    if desk.staff.with_role(Role.AGENT):
        return Outcome((Say(_announced(turn)),), (passed,))
    kept = noted(turn, _NOBODY, None)
    return Outcome(kept.say, (*kept.do, passed))


async def hand_over(
    turn: Turn, desk: Desk, *, reason: str, skill: str = "", urgent: bool = False
) -> HandOver:
    """The command that gives this turn's customer to a person, with what they need to go on."""
    return HandOver(
        conversation=turn.conversation.id,
        customer=turn.customer.id,
        reason=reason,
        summary=await _summary(turn, desk),
        skill=skill,
        urgent=urgent,
    )


def _announced(turn: Turn) -> Phrase:
    if somebody_is_there(turn.now):
        return phrase("handover.started")
    return phrase("handover.night", at=opens_next(turn.now))


async def _summary(turn: Turn, desk: Desk) -> str:
    """The customer's words, the question they interrupted, tickets that are still open."""
    lines = [f"顾客说：“{turn.text.strip()[:_MOST_WORDS]}”"] if turn.text.strip() else []
    pending = turn.conversation.dialogue.pending
    before = pending.slots.get("said", "") if pending else said(turn)
    if before and before != turn.text:
        lines.append(f"此前在问：“{before[:_MOST_WORDS]}”")
    if turn.conversation.dialogue.not_understood:
        lines.append("机器人没听懂顾客的问题")
    tickets = await desk.tickets.of_customer(turn.customer.id, 5)
    still_open = [each.number for each in tickets if each.state is not TicketState.SOLVED]
    if still_open:
        lines.append(f"未完结工单：{'、'.join(still_open)}")
    return "；".join(lines) or "顾客没有说明原因"


action = Action(intent="human_handoff", run=run)
