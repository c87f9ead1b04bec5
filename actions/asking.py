"""Asking back: a question with choices, whose answer comes to the same intent."""

from collections.abc import Mapping, Sequence

from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.conversations.model import Option
from desk.kernel.ids import derived
from desk.kernel.messages import Choice, Phrase, Say
from desk.turns import Turn

MOST_CHOICES = 8


def ask_which(
    turn: Turn, question: Phrase, choices: Sequence[tuple[Phrase, Mapping[str, str]]], expects: str
) -> Outcome:
    """Ask with lines to tap; each choice is (label, slots that it means).

    The ids are this turn's own, so that a tap on an older menu cannot answer a newer question.
    """
    options = tuple(
        Option(f"a{derived(turn.inbox, number).hex[:12]}", label, slots)
        for number, (label, slots) in enumerate(choices[:MOST_CHOICES])
    )
    menu = tuple(Choice(option.id, option.label) for option in options)
    ask = Ask(turn.understanding.intent, expects, options, turn.slots)
    return Outcome(say=(Say(question, menu),), do=(ask,))


def ask_for(turn: Turn, question: Phrase, expects: str) -> Outcome:
    """Ask for something to be written."""
    ask = Ask(turn.understanding.intent, expects, slots=turn.slots)
    return Outcome(say=(Say(question),), do=(ask,))
