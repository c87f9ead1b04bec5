"""好的: yes to what the bot has just offered, or a nod."""

from collections.abc import Mapping
from dataclasses import replace

from actions import restock_notify
from actions.pending import asked_again
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Run, Turn

_OFFERED: Mapping[str, Run] = {"restock_notify": restock_notify.run}
"""What the bot offers with a question to be answered by yes or no."""

_NEED_NOT_BE_ANSWERED = frozenset(("size",))
"""好的我看看 to which size is no answer, and wants none."""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Do what was offered; say the open question again; else nod."""
    pending = turn.conversation.dialogue.pending
    if pending is None or pending.expects in _NEED_NOT_BE_ANSWERED:
        return Outcome((Say(phrase("small_talk.nod")),))
    offered = _OFFERED.get(pending.intent) if not pending.expects else None
    if offered is None:
        return asked_again(pending)
    understanding = replace(turn.understanding, intent=pending.intent)
    slots = {**pending.slots, **turn.slots}
    return await offered(replace(turn, understanding=understanding, slots=slots), desk)


action = Action(intent="affirm", run=run)
