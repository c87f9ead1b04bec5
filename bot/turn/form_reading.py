"""Reads what a customer says as answers to the forms of their tickets, before anything else."""

import re
from collections.abc import Sequence

from actions.form_state import FORM, forms_of
from actions.form_words import asks_back
from bot.understanding.form_answers import as_answer
from bot.understanding.reader import Reading
from bot.understanding.topics import SMALL_TALK
from bot.understanding.wishes import Wish
from desk.front import Desk
from desk.turns import Turn

_MAY_NAME_A_FIELD = re.compile(r"[:：@]|[是为改成错写填]|[0-9A-Za-z]{8,}|\d{7,}|号|箱|址|头")
"""Without any of these nobody answers what is not asked; it spares the look at the tickets."""
_LIKELY = 0.6
_IDLE = (FORM, *SMALL_TALK, "human_handoff", "complaint", "invoice_request")
_LONG = 12


async def form_reading(turn: Turn, reading: Reading, desk: Desk) -> Reading | None:
    """A message read as an answer to a form; None where it is none."""
    pending = turn.conversation.dialogue.pending
    is_asked = pending is not None and pending.intent == FORM
    if not is_asked and not _MAY_NAME_A_FIELD.search(turn.text):
        return None
    forms = await forms_of(turn, desk)
    return as_answer(turn, reading, forms) if forms else None


def beside(wishes: Sequence[Wish], answer: Wish) -> tuple[Wish, ...]:
    """What else is asked beside an answer, also by the same words: 抬头是某某公司，几时能开好？"""
    return tuple(each for each in wishes if _is_a_question(each, also=each is not answer))


def _is_a_question(wish: Wish, *, also: bool) -> bool:
    meant = wish.reading.meant
    plain = meant.source == "nlu" and meant.confidence >= _LIKELY and meant.intent not in _IDLE
    return plain and asks_back(wish.text) and (also or len(wish.text) > _LONG)
