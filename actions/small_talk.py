"""Short words of courtesy: an answer from a table, with a way on where that helps."""

from actions.asking import go
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Choice, Say, phrase
from desk.turns import Action, Turn

WAYS_ON = ("stock_check", "logistics_query", "coupon_query", "human_handoff")
"""What the bot is asked most often."""


def ways_on() -> tuple[Choice, ...]:
    """The menu of what the bot is asked most often."""
    return tuple(go(intent) for intent in WAYS_ON)


def courtesy(intent: str, key: str, *, menu: tuple[Choice, ...] = ()) -> Action:
    """Make the handler of an intent that is answered by one sentence."""

    async def run(_turn: Turn, _desk: Desk) -> Outcome:
        return Outcome((Say(phrase(key), menu),))

    return Action(intent=intent, run=run)
