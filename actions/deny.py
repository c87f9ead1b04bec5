"""不用了, 不退了: the open question is dropped, and what was taken back stays undone."""

from actions import restock_notify
from actions.small_talk import ways_on
from actions.sure import GRAVE, declined_now
from desk.commands import Outcome
from desk.conversations.commands import Drop
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn

NOT_WISH = "not_wish"
"""The slot with the intent that the customer did not mean, or does not want any more."""

_WAITING = "restock_notify"
_KEPT = (*GRAVE, "urge_order", "appointment_book")
"""What has words of its own for being left undone."""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Let it be; without an open question ask what is wanted instead."""
    pending = turn.conversation.dialogue.pending
    wish = turn.slots.get(NOT_WISH, "")
    if _waits(turn, wish) and (taken_back := await restock_notify.withdrawn(turn, desk)):
        return taken_back
    if wish:
        said = phrase(f"correction.kept.{wish if wish in _KEPT else 'other'}")
        return Outcome((Say(said),), (Drop(wish), *declined_now(turn, wish)))
    if pending is not None:
        return Outcome((Say(phrase("small_talk.dropped")),), (Drop(pending.intent),))
    return Outcome((Say(phrase("small_talk.what_then"), ways_on()),))


def _waits(turn: Turn, wish: str) -> bool:
    """Whether the no is to what was just noted to be waited for."""
    topics = turn.conversation.dialogue.topics
    just_noted = bool(topics) and topics[0].intent == _WAITING
    pending = turn.conversation.dialogue.pending
    return wish == _WAITING or (not wish and pending is None and just_noted)


action = Action(intent="deny", run=run)
