"""Asking back: a question with choices, whose answer comes to the same intent."""

from collections.abc import Mapping, Sequence

from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.conversations.model import Option
from desk.kernel.ids import derived
from desk.kernel.menu_lines import line_of
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.turns import Turn

MOST_CHOICES = 8

SAID = "said"
"""The slot that carries the words which a question interrupted."""

SURE = "sure"
"""The slot that a question before something grave waits for: yes, no or wait."""

Labelled = tuple[Phrase, Mapping[str, str]]
"""A line to tap: its label, and the slots that tapping it means."""


def said(turn: Turn) -> str:
    """What the customer first said about this, however many questions came between."""
    return turn.slots.get(SAID) or turn.text


def ask_which(turn: Turn, question: Phrase, choices: Sequence[Labelled], expects: str) -> Outcome:
    """Ask with lines to tap.

    The ids are this turn's own, so that a tap on an older menu cannot answer a newer question.
    """
    return _ask(turn, question, choices[:MOST_CHOICES], expects, ())


def ask_for(
    turn: Turn,
    question: Phrase,
    expects: str,
    *,
    choices: Sequence[Labelled] = (),
    person: bool = False,
) -> Outcome:
    """Ask for something to be written; `person` adds a line that leads to a person."""
    way_out = (to_person(),) if person else ()
    return _ask(turn, question, choices, expects, way_out)


def to_person() -> Choice:
    """The line of a menu that leads to a person."""
    return go("human_handoff")


def go(intent: str) -> Choice:
    """The line of a menu that leads to an intent."""
    return Choice(line_of(intent, {}), phrase(f"intent.menu.{intent}"))


def _ask(
    turn: Turn,
    question: Phrase,
    choices: Sequence[Labelled],
    expects: str,
    way_out: tuple[Choice, ...],
) -> Outcome:
    options = tuple(
        Option(f"a{derived(turn.inbox, number).hex[:12]}", label, slots)
        for number, (label, slots) in enumerate(choices)
    )
    menu = (*(Choice(option.id, option.label) for option in options), *way_out)
    slots = {SAID: said(turn), **turn.slots}
    ask = Ask(turn.understanding.intent, expects, options, slots)
    return Outcome(say=(Say(question, menu),), do=(ask,))
