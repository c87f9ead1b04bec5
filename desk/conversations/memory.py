"""The memory of a conversation after a turn: what it waits for and what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desk.conversations.commands import Ask, NotUnderstood, Remember, SetAside, TakeUp
from desk.conversations.model import Dialogue, LaterWish, Question

_STILL_WANTED = timedelta(minutes=30)
"""A wish that was set aside longer ago than this would surprise if it were answered now."""


def fold(
    dialogue: Dialogue, commands: Sequence[object], now: datetime, *, answered: bool
) -> Dialogue:
    """Take a turn into the dialogue.

    `answered`: the turn was the bot's answer to what a person said. Then the open question is
    closed, unless the message was not understood or the turn asks anew (the same question again
    counts as another try). Signals leave question and count as they are.
    """
    before = dialogue.pending
    if answered:
        puzzled = any(isinstance(command, NotUnderstood) for command in commands)
        dialogue = replace(
            dialogue,
            pending=before if puzzled else None,
            not_understood=dialogue.not_understood + 1 if puzzled else 0,
            later=tuple(each for each in dialogue.later if now - each.since < _STILL_WANTED),
        )
    for command in commands:
        match command:
            case Ask():
                dialogue = replace(dialogue, pending=_question(before, command, now))
            case Remember(focus):
                merged = {**dialogue.focus, **focus}
                kept = {name: value for name, value in merged.items() if value}
                dialogue = replace(dialogue, focus=kept)
            case SetAside(text):
                dialogue = replace(dialogue, later=(*dialogue.later, LaterWish(text, now)))
            case TakeUp():
                dialogue = replace(dialogue, later=dialogue.later[1:])
            case _:
                pass
    return dialogue


def next_wish(dialogue: Dialogue) -> LaterWish | None:
    """The wish to take up now that nothing is asked any more; None where none waits."""
    return dialogue.later[0] if dialogue.later and dialogue.pending is None else None


def _question(before: Question | None, ask: Ask, now: datetime) -> Question:
    again = before is not None and (before.intent, before.expects) == (ask.intent, ask.expects)
    tries = before.tries + 1 if before is not None and again else 1
    return Question(ask.intent, ask.expects, now, ask.options, ask.slots, tries)
