"""投诉: said sorry to, put down, and given to a person above, at once."""

from dataclasses import replace

from actions.human_handoff import hand_over
from actions.tickets import Plan, noted
from desk.commands import Outcome
from desk.front import Desk
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.COMPLAINT, Priority.URGENT, "complaint.heard", "投诉", skill="complaint")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the complaint, then hand over to whoever deals with complaints."""
    kept = noted(turn, PLAN, None)
    about = turn.focus.get("order_id", "")
    tickets = tuple(
        replace(each, order_no=about) if isinstance(each, OpenTicket) else each for each in kept.do
    )
    passed = await hand_over(turn, desk, reason="顾客投诉", skill="complaint", urgent=True)
    return Outcome(kept.say, (*tickets, passed))


action = Action(intent="complaint", run=run)
