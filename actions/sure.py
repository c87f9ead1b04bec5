"""Asked before it is done: what cannot be taken back is named once, and waits for a yes."""

from dataclasses import replace
from datetime import timedelta

from actions.asking import SURE, ask_which
from desk.commands import Outcome
from desk.conversations.commands import Drop, KeepOpen
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import Order
from desk.turns import Turn

YES, NO, WAIT = "yes", "no", "wait"
_ASKED = "asked"
"""The slot with what was asked about: a yes to one thing is none to another."""
_HOLDS_FOR = timedelta(minutes=30)
"""After this long a yes may be to anything, and the question is put once more."""


def unsure(turn: Turn, deed: str, about: Phrase | str, order: Order | None) -> Outcome | None:
    """What to say before a deed is done; None where the customer has just agreed to it.

    `deed` names the phrases sure.<deed>, sure.yes.<deed>, sure.no.<deed> and sure.kept.<deed>.
    """
    said = turn.slots.get(SURE) if turn.slots.get(_ASKED) == deed else None
    if said == NO:
        return Outcome((Say(phrase(f"sure.kept.{deed}")),), (Drop(turn.understanding.intent),))
    if said == WAIT:
        return Outcome((Say(phrase("sure.wait")),), (KeepOpen(quietly=True),))
    if said == YES and _just_asked(turn):
        return None
    kept = {name: word for name, word in turn.slots.items() if name != SURE}
    number = {"order_id": order.number} if order is not None else {}
    asking = replace(turn, slots={**kept, _ASKED: deed, **number})
    choices = [(phrase(f"sure.{word}.{deed}"), {SURE: word}) for word in (YES, NO)]
    return ask_which(asking, phrase(f"sure.{deed}", about=about), choices, SURE)


def agreed(turn: Turn) -> bool:
    """Whether this message is an answer to a question of this kind."""
    return SURE in turn.slots


def _just_asked(turn: Turn) -> bool:
    """Whether the yes is fresh, or was said before something else was asked for."""
    pending = turn.conversation.dialogue.pending
    if pending is None:
        return False
    return pending.expects != SURE or turn.now - pending.asked_at < _HOLDS_FOR


def declined(turn: Turn) -> Outcome | None:
    """What to say to who has not agreed, before anything is looked up again; None to the others."""
    deed = turn.slots.get(_ASKED, "")
    if deed and turn.slots.get(SURE) in (NO, WAIT):
        return unsure(turn, deed, "", None)
    return None
