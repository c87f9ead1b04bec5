"""投诉: said sorry to, put down, and given to a person above, at once."""

from dataclasses import replace

from actions.human_handoff import hand_over
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.conversations.commands import PromisePerson
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.COMPLAINT, Priority.URGENT, "complaint.heard", "投诉", skill="complaint")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the complaint, then hand over to whoever deals with complaints; at night, promise it."""
    kept = noted(turn, PLAN, None)
    about = turn.focus.get("order_id", "")
    tickets = tuple(
        replace(each, order_no=about) if isinstance(each, OpenTicket) else each for each in kept.do
    )
    hours = desk.staff.hours
    if not hours.open_at(turn.now):
        heard = Say(phrase("complaint.heard_night", at=hours.opens_next(turn.now)))
        return Outcome((heard,), (*tickets, PromisePerson()))
    passed = await hand_over(turn, desk, reason="顾客投诉", skill="complaint", urgent=True)
    return Outcome(kept.say, (*tickets, passed))


action = Action(intent="complaint", run=run)
