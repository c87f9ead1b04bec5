"""Understand: danger first, then an answer to our question, then the NLU, then plain rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.asking import GO
from bot.turn.answer import tapped, written
from bot.turn.ports import Understander
from bot.understanding.danger import danger
from bot.understanding.numbers import find_numbers
from bot.understanding.rules import bare_number, by_rules
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue, Question
from desk.kernel.errors import Unavailable
from desk.turns import Understanding

UNSURE = "unsure"
"""The NLU answered, but not clearly enough to act on it."""
DEAF = "deaf"
"""Neither the NLU nor a rule could read the message."""

_LIKELY = 3
_KINDS = frozenset(("size", "color", "quantity"))
"""Entities that say which kind of a product is meant, and not what is asked about it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was read as; `answers` is the question that it closes."""

    meant: Understanding
    slots: Mapping[str, str] = field(default_factory=dict)
    answers: Question | None = None


class Reader:
    """Reads messages; unsure below `threshold` or with the best two closer than `margin`."""

    def __init__(self, nlu: Understander, threshold: float, margin: float) -> None:
        self._nlu, self._threshold, self._margin = nlu, threshold, margin

    async def read(self, text: Text, dialogue: Dialogue) -> Reading:
        """Read one message in its dialogue."""
        if alarm := danger(text.text):
            return Reading(alarm)
        if text.menu_id.startswith(GO):
            intent = text.menu_id.removeprefix(GO)
            return Reading(Understanding(intent, 1.0, "menu"), _kept(dialogue.pending, intent))
        question = dialogue.pending
        if question and (slots := tapped(question, text)):
            return _answered(question, slots, "menu")
        meant = await self._understand(text.text)
        if question and (slots := written(question, text, meant)):
            return _answered(question, dict(_firsts(meant)) | dict(slots), "answer")
        if meant.source == UNSURE:
            meant = _by_context(text.text, meant, dialogue)
        return Reading(meant, _firsts(meant))

    async def _understand(self, text: str) -> Understanding:
        if bare := bare_number(text):
            return bare
        try:
            meant = await self._nlu.understand(text)
        except Unavailable:
            return by_rules(text) or Understanding(DEAF, 0.0, "none", find_numbers(text))
        if self._clear(meant):
            return meant
        return replace(meant, source=UNSURE)

    def _clear(self, meant: Understanding) -> bool:
        if meant.confidence < self._threshold:
            return False
        runner_up = meant.ranking[1][1] if len(meant.ranking) > 1 else 0.0
        return meant.confidence - runner_up >= self._margin


def _by_context(text: str, meant: Understanding, dialogue: Dialogue) -> Understanding:
    """What the NLU was unsure of may be plain by its words, or by what was talked about."""
    likely = [intent for intent, _ in meant.ranking[:_LIKELY]]
    ruled = by_rules(text)
    if ruled is not None and ruled.intent in likely:
        return replace(meant, intent=ruled.intent, source="rule")
    if dialogue.focus.get("item") and meant.entities and _KINDS.issuperset(meant.entities):
        return replace(meant, intent="stock_check", source="context")
    return meant


def _answered(question: Question, slots: Mapping[str, str], source: str) -> Reading:
    return Reading(
        Understanding(question.intent, 1.0, source), {**question.slots, **slots}, question
    )


def _kept(question: Question | None, intent: str) -> Mapping[str, str]:
    return question.slots if question and question.intent == intent else {}


def _firsts(meant: Understanding) -> dict[str, str]:
    return {name: values[0] for name, values in meant.entities.items() if values}
