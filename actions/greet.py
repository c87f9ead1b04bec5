"""你好: by the time of day and name, with what can be asked; amid a talk: I am here."""

from datetime import datetime, timedelta

from actions.asking import to_person
from actions.small_talk import ways_on
from actions.unsolved import unsolved
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Phrase, Say, phrase
from desk.tickets.cards import kind_phrase
from desk.turns import Action, Turn

_PARTS = ((5, "night"), (11, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
"""Parts of the day, each with the hour at which it ends."""


_STILL_TALKING = timedelta(minutes=30)
_LOOKED_AT = 10


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Greet; who is being talked with hears what still waits, and no introduction."""
    if _is_talking(turn):
        return await _here(turn, desk)
    name = turn.customer.nickname
    whom = phrase("greet.name", name=name) if name else ""
    said = phrase("greet.hello", time=_greeting(turn.now), whom=whom)
    return Outcome((Say(said, ways_on()),))


def _is_talking(turn: Turn) -> bool:
    return any(turn.now - each.at < _STILL_TALKING for each in turn.conversation.dialogue.topics)


async def _here(turn: Turn, desk: Desk) -> Outcome:
    waiting = await unsolved(turn, desk, _LOOKED_AT)
    if not waiting:
        return Outcome((Say(phrase("greet.here")),))
    waits = phrase("greet.waits", number=waiting[0].number, kind=kind_phrase(waiting[0]))
    return Outcome((Say(waits, (to_person(),)),))


def _greeting(now: datetime) -> Phrase:
    hour = now.astimezone(SHANGHAI).hour
    part = next(name for ends, name in _PARTS if hour < ends)
    return phrase(f"greet.{part}")


action = Action(intent="greet", run=run)
