"""Understand: danger first, then an answer to our question, then the NLU, then the context."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.deny import NOT_WISH
from actions.how_to_buy import INTENT as HOW_TO_BUY
from bot.understanding.answer import tapped, written
from bot.understanding.buying import wants_to_buy
from bot.understanding.comparing import compares_prices
from bot.understanding.context import in_context
from bot.understanding.corrections import Correction, correction
from bot.understanding.danger import danger
from bot.understanding.glued import with_size
from bot.understanding.lists import MENU, Picked, picked, tapped_line
from bot.understanding.numbers import find_numbers, only_a_phone
from bot.understanding.openings import without_opening
from bot.understanding.ports import Understander
from bot.understanding.praise import is_praise
from bot.understanding.proving import PROOF
from bot.understanding.restated import CORRECTION, restated
from bot.understanding.rules import bare_number, by_rules, says_nothing
from bot.understanding.taken_back import TakenBack, taken_back
from bot.understanding.topics import CONTEXT, SMALL_TALK, of_orders
from bot.understanding.yes_no import NO, WAIT, YES, yes_or_no
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue, Question
from desk.kernel.errors import Unavailable
from desk.turns import Understanding

UNSURE = "unsure"
"""The NLU answered, but not clearly enough to act on it."""
DEAF = "deaf"
"""Neither the NLU nor a rule could read the message."""

_PLAIN = 0.7
_NUMBER = re.compile(r"(?!88$|886$|666+$|555+$|233+$|520$|1314$)\d{1,4}")
_NOTHING = Understanding("deny", 1.0, CORRECTION)


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
        """Read one message in its dialogue, of which only what is recent is given."""
        if alarm := danger(text.text):
            return Reading(alarm)
        text = replace(text, text=without_opening(text.text))
        if line := tapped_line(text, dialogue):
            return _of_list(line)
        question = dialogue.pending
        if question and (slots := tapped(question, text)):
            return _answered(question, slots, MENU)
        if question and (reply := _to_an_offer(question, text.text)):
            return Reading(Understanding(reply, 1.0, "rule"))
        if (line := picked(text.text, dialogue)) and line.whole:
            return _of_list(line)
        if (right := correction(text.text)) and (reading := await self._corrected(right, dialogue)):
            return reading
        if back := taken_back(text.text, dialogue):
            return await self._instead(back)
        meant = await self._understand(text.text)
        if question and (slots := written(question, text, meant, dialogue.focus)) is not None:
            return _answered(question, _beside(question, meant) | dict(slots), "answer")
        if line is not None:
            return _by_the_way(line, meant)
        unsure = meant.source == UNSURE
        read, known = in_context(text.text, meant, dialogue, unsure=unsure)
        return Reading(read, {**_half_proven(question, read), **known})

    async def _corrected(self, right: Correction, dialogue: Dialogue) -> Reading | None:
        """What is wanted instead, read in what was talked about; None where it is nothing there."""
        meant = await self._understand(right.wanted) if right.wanted else None
        again = restated(right, meant, dialogue, clear=meant is not None and _is_clear(meant))
        if again is None:
            return None
        intent, slots = again
        return Reading(Understanding(intent, 1.0, CORRECTION), slots)

    async def _instead(self, back: TakenBack) -> Reading:
        """What is wanted beside what was taken back; where that is nothing plain, only the no."""
        meant = await self._understand(back.rest) if back.rest else None
        if meant is None or not _is_clear(meant) or meant.confidence < _PLAIN:
            return Reading(_NOTHING, {NOT_WISH: back.wish})
        if meant.intent in (*SMALL_TALK, back.wish):
            return Reading(_NOTHING, {NOT_WISH: back.wish})
        plain = replace(meant, source=CORRECTION)
        return Reading(plain, {**_firsts(meant), NOT_WISH: back.wish})

    async def _understand(self, text: str) -> Understanding:
        if bare := bare_number(text):
            return bare
        if only_a_phone(text) or says_nothing(text):
            return Understanding("out_of_scope", 0.0, UNSURE, find_numbers(text))
        try:
            meant = await self._nlu.understand(text)
        except Unavailable:
            return by_rules(text) or Understanding(DEAF, 0.0, "none", find_numbers(text))
        if meant.intent == "complaint" and is_praise(text):
            return replace(meant, intent="satisfaction_rating", source="rule")
        if meant.intent == "store_locate" and compares_prices(text):
            return replace(meant, intent="price_query", confidence=_PLAIN, source="rule")
        meant = replace(meant, entities=with_size(text, meant.entities))
        if wants_to_buy(text):
            return replace(meant, intent=HOW_TO_BUY, confidence=1.0, source="rule")
        if self._clear(meant) and not _is_a_bare_number(text, meant):
            return meant
        return replace(meant, source=UNSURE)

    def _clear(self, meant: Understanding) -> bool:
        if meant.confidence < self._threshold:
            return False
        runner_up = meant.ranking[1][1] if len(meant.ranking) > 1 else 0.0
        return meant.confidence - runner_up >= self._margin


def _of_list(line: Picked) -> Reading:
    return Reading(Understanding(line.intent, 1.0, MENU), line.slots)


def _by_the_way(line: Picked, meant: Understanding) -> Reading:
    """A line of a list named in passing: the wish is the message's own, where it has one."""
    if not _is_clear(meant) and not line.is_wish:
        meant = replace(meant, intent=line.intent, source=MENU)
    return Reading(meant, {**line.slots, **_firsts(meant)})


def _answered(question: Question, slots: Mapping[str, str], source: str) -> Reading:
    return Reading(
        Understanding(question.intent, 1.0, source), {**question.slots, **slots}, question
    )


def _to_an_offer(question: Question, text: str) -> str:
    """Yes or no to what was only offered: whoever says nothing of it has not agreed."""
    if question.expects or question.options:
        return ""
    return {YES: "affirm", NO: "deny", WAIT: "deny"}.get(yes_or_no(text), "")


def _beside(question: Question, meant: Understanding) -> dict[str, str]:
    """What else the answer names; a number in it does not change the order that is known."""
    known = {"order_id", "tracking_no"} if question.slots.get("order_id") else set[str]()
    return {name: word for name, word in _firsts(meant).items() if name not in known}


def _is_a_bare_number(text: str, meant: Understanding) -> bool:
    """Whether a number was taken for small talk; 88 and the like are said for goodbye."""
    return meant.intent in SMALL_TALK and bool(_NUMBER.fullmatch(text.strip()))


def _half_proven(question: Question | None, meant: Understanding) -> Mapping[str, str]:
    """What was given of a proof that is still asked for, where an order is still talked of."""
    if question is None or question.expects not in PROOF or meant.source == CONTEXT:
        return {}
    if not of_orders(meant.intent):
        return {}
    return {name: word for name, word in question.slots.items() if name in PROOF}


def _is_clear(meant: Understanding) -> bool:
    return meant.source not in (UNSURE, "none")


def _firsts(meant: Understanding) -> dict[str, str]:
    return {name: values[0] for name, values in meant.entities.items() if values}
