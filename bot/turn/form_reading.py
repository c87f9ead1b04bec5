"""Reads what a customer says as answers to the forms of their tickets, before anything else."""

import re
from collections.abc import Sequence

from actions.form_questions import told
from actions.form_state import FORM, forms_of, open_forms
from actions.form_words import asks_back
from actions.forms_before import asks_first
from bot.turn.bursts import Burst, said_in
from bot.understanding.form_answers import as_answer
from bot.understanding.form_before import told_for_later
from bot.understanding.reader import Reading
from bot.understanding.topics import SMALL_TALK
from bot.understanding.wishes import Wish
from desk.conversations.model import Conversation, Dialogue
from desk.front import Desk
from desk.templates.telling import certain_in
from desk.tickets.actors import CUSTOMER
from desk.tickets.filling.commands import SetFields
from desk.turns import Turn

_MAY_NAME_A_FIELD = re.compile(
    r"[:：@]|[是为改换成错写填约推延]|提前|[0-9A-Za-z]{8,}|\d{7,}|号|箱|址|头"
)
"""Without any of these nobody answers what is not asked; it spares the look at the tickets."""
_MAY_BE_CERTAIN = re.compile(r"@|[0-9A-Za-z]{8,}")
_LIKELY = 0.6
_IDLE = (FORM, *SMALL_TALK, "human_handoff", "complaint", "invoice_request")
_LONG = 12


def may_be_answer(dialogue: Dialogue, text: str) -> bool:
    """Whether a message may be an answer to a form, before anything is looked up."""
    pending = dialogue.pending
    is_asked = pending is not None and (pending.intent == FORM or bool(asks_first(pending)))
    return is_asked or _MAY_NAME_A_FIELD.search(text) is not None


async def form_reading(turn: Turn, reading: Reading, desk: Desk) -> Reading | None:
    """A message read as an answer to a form; None where it is none."""
    pending = turn.conversation.dialogue.pending
    if pending is not None and (waiting := asks_first(pending)):
        template = await desk.templates.in_force(waiting)
        told = template and told_for_later(turn, reading, pending, template)
        if told:
            return told
    is_asked = pending is not None and pending.intent == FORM
    if not is_asked and not _MAY_NAME_A_FIELD.search(turn.text):
        return None
    forms = await forms_of(turn, desk)
    return as_answer(turn, reading, forms) if forms else None


async def overheard_answers(
    conversation: Conversation, burst: Burst, desk: Desk
) -> tuple[SetFields, ...]:
    """What a customer tells the person who holds the session and a form lacks.

    Only what is what it is by its form alone (a tax number): the rest the person reads.
    """
    words = " ".join(filter(None, map(said_in, burst)))
    if conversation.customer is None or not _MAY_BE_CERTAIN.search(words):
        return ()
    forms = await open_forms(conversation.customer, conversation.dialogue.focus, desk)
    found = [(form, certain_in(form.missing, words)) for form in forms]
    now = desk.clock.now()
    return tuple(
        SetFields(form.number, CUSTOMER, values, told(form, values, now))
        for form, values in found
        if values
    )


def beside(wishes: Sequence[Wish], answer: Wish) -> tuple[Wish, ...]:
    """What else is asked beside an answer, also by the same words: 抬头是某某公司，几时能开好？"""
    return tuple(each for each in wishes if _is_a_question(each, also=each is not answer))


def _is_a_question(wish: Wish, *, also: bool) -> bool:
    meant = wish.reading.meant
    plain = meant.source == "nlu" and meant.confidence >= _LIKELY and meant.intent not in _IDLE
    return plain and asks_back(wish.text) and (also or len(wish.text) > _LONG)
