"""Asked before it is done: what cannot be taken back is named once, and waits for a yes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from actions.asking import SURE, Labelled, ask_which, said
from desk.commands import Command, Outcome
from desk.conversations.commands import Drop, KeepOpen, Remember
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import Order
from desk.turns import Turn

YES, NO, WAIT, NOD = "yes", "no", "wait", "nod"
"""A nod (嗯, 好的) is a yes to what the customer has asked for in plain words, else none yet."""
_ASKED, _NODDED = "asked", "nodded"
"""The slots with what was asked about: a yes to one thing is none to another."""
_HOLDS_FOR = timedelta(minutes=30)
"""After this a yes may be to anything, and the question is put once more; so long a no counts."""

_PLAIN_WORDS: Mapping[str, re.Pattern[str]] = {
    "order_cancel": re.compile(r"(?<!没)(?<!不)(?<!说)(?<!说要)(?:取消|拦|退单|撤单)|不想?要了"),
    "delivery_change": re.compile(
        r"(?<!没)(?<!不)(?<!说)(?<!说要)(?:改|换)|地址.{0,4}错|错.{0,4}地址"
    ),
    "privacy_request": re.compile(r"(?<!没)(?<!不)(?<!说)(?<!说要)(?:注销|删)"),
}
GRAVE = tuple(_PLAIN_WORDS)
"""The wishes of which a part cannot be taken back."""


def unsure(
    turn: Turn,
    deed: str,
    about: Phrase | str,
    order: Order | None,
    others: Sequence[Labelled] = (),
) -> Outcome | None:
    """What to say before a deed is done; None where the customer has just agreed to it.

    `deed` names the phrases sure.<deed>, sure.yes.<deed>, sure.no.<deed> and sure.kept.<deed>.
    `others` are lines to tap that stand before the yes and the no.
    Who has declined it is asked again only about plain words, and heard only in plain words.
    """
    answer = turn.slots.get(SURE) if turn.slots.get(_ASKED) == deed else None
    wish = turn.understanding.intent
    if answer == NO or (answer is None and _has_declined(turn) and not is_plain(turn.text, wish)):
        return Outcome((Say(phrase(f"sure.kept.{deed}")),), (Drop(wish), *declined_now(turn, wish)))
    if answer == WAIT:
        return Outcome((Say(phrase("sure.wait")),), (KeepOpen(quietly=True),))
    if answer == NOD and _just_asked(turn) and not _suffices(turn):
        yes = phrase(f"sure.yes.{deed}")
        return _ask(
            turn, deed, phrase("sure.plainly", about=about, yes=yes), order, {_NODDED: deed}
        )
    if answer in (YES, NOD) and _just_asked(turn):
        return None
    return _ask(turn, deed, phrase(f"sure.{deed}", about=about), order, {}, others)


def yes_to(deed: str) -> Mapping[str, str]:
    """The slots of a line that agrees to another deed than the one that is asked about."""
    return {SURE: YES, _ASKED: deed}


def agreed(turn: Turn) -> bool:
    """Whether this message is an answer to a question of this kind."""
    return SURE in turn.slots


def is_plain(text: str, wish: str) -> bool:
    """Whether a message names a grave wish in so many words."""
    pattern = _PLAIN_WORDS.get(wish)
    return pattern is not None and pattern.search(text) is not None


def declined_now(turn: Turn, wish: str) -> tuple[Command, ...]:
    """Keep in mind that this was declined, where it is grave."""
    return (Remember({_declined(wish): turn.now.isoformat()}),) if wish in GRAVE else ()


def declined(turn: Turn) -> Outcome | None:
    """What to say to who has not agreed, before anything is looked up again; None to the others."""
    deed = turn.slots.get(_ASKED, "")
    if deed and turn.slots.get(SURE) in (NO, WAIT):
        return unsure(turn, deed, "", None)
    return None


def _ask(
    turn: Turn,
    deed: str,
    question: Phrase,
    order: Order | None,
    beside: Mapping[str, str],
    others: Sequence[Labelled] = (),
) -> Outcome:
    kept = {name: word for name, word in turn.slots.items() if name not in (SURE, _NODDED)}
    number = {"order_id": order.number} if order is not None else {}
    asking = replace(turn, slots={**kept, _ASKED: deed, **number, **beside})
    choices = [(phrase(f"sure.{word}.{deed}"), {SURE: word}) for word in (YES, NO)]
    return ask_which(asking, question, (*others, *choices), SURE)


def _suffices(turn: Turn) -> bool:
    """Whether a mere nod is enough: to plain words of the customer's own, or the second one."""
    if _has_declined(turn):
        return False
    nodded = turn.slots.get(_NODDED) == turn.slots.get(_ASKED)
    return nodded or is_plain(said(turn), turn.understanding.intent)


def _has_declined(turn: Turn) -> bool:
    at = turn.focus.get(_declined(turn.understanding.intent), "")
    return bool(at) and turn.now - datetime.fromisoformat(at) < _HOLDS_FOR


def _declined(wish: str) -> str:
    return f"declined.{wish}"


def _just_asked(turn: Turn) -> bool:
    """Whether the yes is fresh, or was said before something else was asked for."""
    pending = turn.conversation.dialogue.pending
    if pending is None:
        return False
    return pending.expects != SURE or turn.now - pending.asked_at < _HOLDS_FOR
