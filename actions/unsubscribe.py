"""不要再推送: stops at once, says so, and leaves questions as welcome as before."""

from desk.commands import Outcome
from desk.customers.commands import StopPushes
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn
from desk.wishes.commands import WithdrawWishes


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Stop the pushes; a second time only confirms it."""
    del desk
    key = "pushes.stopped_before" if turn.customer.asked_not_to_push else "pushes.stopped"
    stopped = (StopPushes(turn.customer.id), WithdrawWishes(turn.customer.id))
    return Outcome((Say(phrase(key)),), stopped)


action = Action(intent="unsubscribe", run=run)
