"""The memory of a conversation after a turn: what it waits for and what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desk.conversations.commands import (
    Ask,
    Drop,
    HandOver,
    KeepOpen,
    NoteAnger,
    NoteAnswer,
    NotUnderstood,
    PromisePerson,
    Remember,
    SetAside,
    ShowList,
    TakeUp,
    TalkOf,
)
from desk.conversations.model import Dialogue, LaterWish, Question, Shown, Topic

_STILL_WANTED = timedelta(minutes=30)
"""A wish that was set aside longer ago than this would surprise if it were answered now."""
_STILL_TALKED_OF = timedelta(hours=6)
_STILL_ASKED = timedelta(hours=12)
_STILL_IN_FOCUS = timedelta(hours=48)
_TOPICS = 4


def fold(
    dialogue: Dialogue, commands: Sequence[object], now: datetime, *, answered: bool
) -> Dialogue:
    """Take a turn into the dialogue.

    `answered`: the turn was the bot's answer to what a person said. Then the open question is
    closed, unless the message was not understood from its first wish on, the turn left the
    question open, or it asks anew (the same question again counts as another try). Signals leave
    question and count as they are.
    """
    dialogue = recent(dialogue, now)
    before = dialogue.pending
    if answered:
        dialogue = _with_answer(_after_a_turn(dialogue, commands, now), commands, now)
    for command in commands:
        match command:
            case Ask():
                dialogue = replace(dialogue, pending=_question(before, command, now))
            case Remember(focus):
                kept = _merged(dialogue.focus, focus)
                dialogue = replace(dialogue, focus=kept, focus_at=now)
            case TalkOf(intent, slots):
                dialogue = replace(dialogue, topics=_with(dialogue, Topic(intent, now, slots)))
            case Drop(intent):
                left = tuple(each for each in dialogue.topics if each.intent != intent)
                dialogue = replace(dialogue, topics=left)
            case ShowList(intent, options, slots):
                dialogue = replace(dialogue, shown=Shown(intent, options, now, slots))
            case SetAside(text):
                dialogue = replace(dialogue, later=(*dialogue.later, LaterWish(text, now)))
            case TakeUp():
                dialogue = replace(dialogue, later=dialogue.later[1:])
            case _:
                pass
    return dialogue


def recent(dialogue: Dialogue, now: datetime) -> Dialogue:
    """The dialogue without what was said too long ago to be meant any more."""
    pending, shown, focus_at = dialogue.pending, dialogue.shown, dialogue.focus_at
    topics = tuple(each for each in dialogue.topics if now - each.at < _STILL_TALKED_OF)
    if pending is not None and now - pending.asked_at >= _still_asked(pending):
        pending = None
    if shown is not None and now - shown.at >= _STILL_TALKED_OF:
        shown = None
    forgotten = focus_at is not None and now - focus_at >= _STILL_IN_FOCUS
    silent = bool(dialogue.topics or dialogue.shown) and not (topics or shown)
    return replace(
        dialogue,
        pending=pending,
        focus={} if forgotten else dialogue.focus,
        topics=topics,
        shown=shown,
        not_understood=0 if silent else dialogue.not_understood,
        vexed=0 if silent else dialogue.vexed,
    )


def _still_asked(pending: Question) -> timedelta:
    """Who is asked for a form may have to look it up first."""
    return _STILL_IN_FOCUS if pending.intent == "form" else _STILL_ASKED


def next_wish(dialogue: Dialogue) -> LaterWish | None:
    """The wish to take up now that nothing is asked any more; None where none waits."""
    return dialogue.later[0] if dialogue.later and dialogue.pending is None else None


def _after_a_turn(dialogue: Dialogue, commands: Sequence[object], now: datetime) -> Dialogue:
    puzzled = _has(commands, NotUnderstood)
    clear = _has(commands, TalkOf, HandOver, PromisePerson)
    pending = dialogue.pending if _puzzled_at_once(commands) else None
    kept = [command for command in commands if isinstance(command, KeepOpen)]
    if dialogue.pending is not None and kept:
        spoken_of = any(each.quietly for each in kept)
        asides = 0 if spoken_of else dialogue.pending.asides + 1
        pending = replace(dialogue.pending, asides=asides)
    count = dialogue.not_understood + puzzled
    return replace(
        dialogue,
        pending=pending,
        not_understood=0 if clear and not puzzled else count,
        shown=replace(dialogue.shown, latest=False) if dialogue.shown else None,
        vexed=0 if _has(commands, HandOver) else dialogue.vexed + _has(commands, NoteAnger),
        later=tuple(each for each in dialogue.later if now - each.since < _STILL_WANTED),
    )


def _puzzled_at_once(commands: Sequence[object]) -> bool:
    """A wish that was understood has answered the question, whatever comes behind it."""
    kinds = (type(each) for each in commands if isinstance(each, NotUnderstood | TalkOf))
    return next(kinds, None) is NotUnderstood


def _with_answer(dialogue: Dialogue, commands: Sequence[object], now: datetime) -> Dialogue:
    """What was answered last, and how often since; small talk between does not count."""
    for each in commands:
        if isinstance(each, NoteAnswer):
            again = dialogue.again + 1 if each.answer == dialogue.answer else 0
            dialogue = replace(dialogue, answer=each.answer, answered_at=now, again=again)
    return dialogue


def _has(commands: Sequence[object], *kinds: type) -> bool:
    return any(isinstance(command, kinds) for command in commands)


def _merged(before: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in {**before, **new}.items() if value}


def _with(dialogue: Dialogue, topic: Topic) -> tuple[Topic, ...]:
    """The topics with this one first; an intent is kept once."""
    others = [each for each in dialogue.topics if each.intent != topic.intent]
    return (topic, *others)[:_TOPICS]


def _question(before: Question | None, ask: Ask, now: datetime) -> Question:
    again = before is not None and (before.intent, before.expects) == (ask.intent, ask.expects)
    tries = before.tries + 1 if before is not None and again else 1
    return Question(ask.intent, ask.expects, now, ask.options, ask.slots, tries)
