"""Whether a message tells something for a form whose ticket waits for its order."""

from collections.abc import Mapping
from dataclasses import replace

from actions.form_state import FORM
from actions.form_words import asks_back, has_enough, wants_something
from actions.forms_before import TEMPLATE, keeping, told_now
from bot.understanding.danger import DANGER
from bot.understanding.mood import Mood, mood_of
from bot.understanding.reader import Reading
from bot.understanding.restated import CORRECTION
from bot.understanding.topics import SMALL_TALK
from bot.understanding.wish_words import named_wish
from desk.conversations.model import Question
from desk.templates.model import Template
from desk.templates.telling import certain_in, named_in
from desk.tickets.model import FieldValue
from desk.turns import Turn, Understanding

_PLAIN = 0.7
_PERSON = frozenset(
    (DANGER, "human_handoff", "complaint", "privacy_request", "unsubscribe", "ticket_progress")
)
_LIKE_AN_ADDRESS = "delivery_change"
_ENOUGH = 4
"""Characters of words that say something of the matter."""

Told = Mapping[str, FieldValue]


def told_for_later(
    turn: Turn, reading: Reading, pending: Question, template: Template
) -> Reading | None:
    """The message read as told for the form to come; None where it is about something else.

    Where it answers the question as well, what it tells beside that goes with it.
    """
    if reading.meant.source == "menu" or mood_of(turn.text) is Mood.FURIOUS:
        return None
    told = told_now(turn, template, pending.slots)
    if reading.answers is pending:
        if not told:
            return None
        return replace(reading, slots={**reading.slots, **_of_form(pending, told, turn)})
    if reading.answers is not None or not _is_told(turn, reading, pending, template, told):
        return None
    meant = Understanding(FORM, 1.0, "answer", reading.meant.entities)
    return Reading(meant, {TEMPLATE: template.id}, pending)


def _of_form(pending: Question, told: Told, turn: Turn) -> dict[str, str]:
    kept = keeping(pending.slots, told, turn.text)
    return {name: each for name, each in kept.items() if pending.slots.get(name) != each}


def _is_told(
    turn: Turn, reading: Reading, pending: Question, template: Template, told: Told
) -> bool:
    meant, text = reading.meant, turn.text.strip()
    clear = meant.source == "nlu" and meant.confidence >= _PLAIN
    if (meant.intent in _PERSON and clear) or meant.source == CORRECTION or has_enough(text):
        return False
    if not asks_back(text) and _is_plain(turn, template):
        return bool(told)
    if asks_back(text) or named_wish(text):
        return False
    if told:
        return (
            not clear or meant.intent in (pending.intent, *SMALL_TALK) or not wants_something(text)
        )
    same = meant.intent in (pending.intent, _LIKE_AN_ADDRESS)
    return clear and same and len(text) > _ENOUGH and not wants_something(text)


def _is_plain(turn: Turn, template: Template) -> bool:
    """Whether words name a field, or are what they are by their form alone."""
    return bool(
        named_in(template.fields, turn.text, turn.now) or certain_in(template.fields, turn.text)
    )
