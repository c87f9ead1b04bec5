"""你好: by the time of day, by name where it is known, with what can be asked."""

from datetime import datetime

from actions.small_talk import ways_on
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Phrase, Say, phrase
from desk.turns import Action, Turn

_PARTS = ((5, "night"), (11, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
"""Parts of the day, each with the hour at which it ends."""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Greet."""
    del desk
    name = turn.customer.nickname
    whom = phrase("greet.name", name=name) if name else ""
    said = phrase("greet.hello", time=_greeting(turn.now), whom=whom)
    return Outcome((Say(said, ways_on()),))


def _greeting(now: datetime) -> Phrase:
    hour = now.astimezone(SHANGHAI).hour
    part = next(name for ends, name in _PARTS if hour < ends)
    return phrase(f"greet.{part}")


action = Action(intent="greet", run=run)
