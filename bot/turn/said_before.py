"""Said before: the same answer in succession becomes shorter, with a way to a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from actions.asking import SURE, to_person
from actions.pending import needed
from desk.commands import Command, Outcome
from desk.conversations.commands import (
    Ask,
    Drop,
    ForMemory,
    KeepOpen,
    NoteAnswer,
    NotUnderstood,
)
from desk.conversations.model import Dialogue
from desk.kernel.messages import Choice, Phrase, Reply, Say, phrase
from desk.turns import Understanding

_IN_THE_EAR = timedelta(minutes=10)
"""After this long an answer may be wanted once more as it was."""
_AS_OFTEN_AS_SAID = frozenset(
    (
        *("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "satisfaction_rating"),
        *("media", "human_handoff", "complaint", "danger", "form"),
    )
)
_ASKS = frozenset(("order_id", "phone_tail", "paid_amount", "bought", "product", "date", "city"))
"""Slots of questions that stand for themselves; others come after an answer."""
_AGAIN = "menu"


def not_word_for_word(
    before: Dialogue, meant: Understanding, outcome: Outcome, now: datetime
) -> Outcome:
    """The outcome of a turn, put otherwise where it is what was answered just before.

    What was tapped, what does something, and small talk is said as often as it is wanted.
    What was not understood has got no answer that could be repeated.
    """
    if meant.intent in _AS_OFTEN_AS_SAID or not outcome.say or not _only_says(outcome.do):
        return outcome
    said = _print_of(outcome.say)
    answer = f"{said} {meant.intent}"
    do = (*outcome.do, NoteAnswer(answer))
    recently = before.answered_at is not None and now - before.answered_at < _IN_THE_EAR
    if meant.source == _AGAIN or not recently or not before.answer.startswith(said):
        return Outcome(outcome.say, do)
    if answer != before.answer:
        return Outcome(_offering_a_person(outcome.say), do)
    return Outcome((_shorter(outcome, often=before.again > 0),), do)


def _only_says(do: Sequence[Command]) -> bool:
    asks = [each for each in do if isinstance(each, Ask)]
    grave = any(each.expects == SURE for each in asks) or any(
        isinstance(each, KeepOpen | Drop | NotUnderstood) for each in do
    )
    return not grave and all(isinstance(each, ForMemory) for each in do)


def _shorter(outcome: Outcome, *, often: bool) -> Say:
    """Another wording, with the lines that were there and one that leads to a person."""
    menu = tuple(line for each in outcome.say if isinstance(each, Say) for line in each.menu)
    return Say(_wording(outcome, often=often), _with_a_person(menu))


def _offering_a_person(say: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Another question that has the same answer may not be answered by it."""
    last = say[-1]
    if not isinstance(last, Say):
        return say
    return (*say[:-1], replace(last, menu=_with_a_person(last.menu)))


def _wording(outcome: Outcome, *, often: bool) -> Phrase:
    asked = next((each for each in outcome.do if isinstance(each, Ask)), None)
    if often:
        return phrase("echo.person")
    if asked is not None and asked.expects in _ASKS:
        return needed(asked)
    return phrase("echo.same")


def _with_a_person(menu: tuple[Choice, ...]) -> tuple[Choice, ...]:
    person = to_person()
    return menu if any(each.id == person.id for each in menu) else (*menu, person)


def _print_of(say: Sequence[Reply]) -> str:
    """The same for the same words and lines; nothing can be read from it."""
    said = [
        (each.phrase, [line.label for line in each.menu]) for each in say if isinstance(each, Say)
    ]
    return sha256(repr(said).encode()).hexdigest()[:16]
