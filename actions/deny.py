"""不用了: the open question is dropped; nothing else happens."""

from actions.small_talk import ways_on
from desk.commands import Outcome
from desk.conversations.commands import Drop
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Let it be; without an open question ask what is wanted instead."""
    del desk
    pending = turn.conversation.dialogue.pending
    if pending is not None:
        return Outcome((Say(phrase("small_talk.dropped")),), (Drop(pending.intent),))
    return Outcome((Say(phrase("small_talk.what_then"), ways_on()),))


action = Action(intent="deny", run=run)
