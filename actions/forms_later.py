"""Forms whose question had to wait for another one: kept in mind, and taken up after that."""

from collections.abc import Iterable, Mapping

from actions.deny import NOT_WISH
from actions.form_questions import asking, question_of
from actions.form_state import FORM, KIND, LEFT, ORDER, Form, forms_of, key_of
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, Remember, SayTo
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.turns import Turn

LATER = "forms_later"
"""What the conversation remembers of forms whose questions had to wait: their keys."""

_QUESTIONS = ("form.question", "form.question_several", "form.about")
"""Phrases of a question that stands behind what a turn says."""


def put_off(turn: Turn, forms: Iterable[Form]) -> Remember:
    """Keep in mind that these forms still want to ask."""
    return Remember({LATER: _joined((turn.focus.get(LATER, ""), *(each.key for each in forms)))})


def is_at_another_form(turn: Turn, form: Form) -> bool:
    """Whether the customer has just been asked for another form, which comes first."""
    pending = turn.conversation.dialogue.pending
    if pending is None or pending.intent != FORM or turn.understanding.intent == FORM:
        return False
    if turn.slots.get(NOT_WISH):
        return False  # What that form is for is not wished any more.
    return pending.asides == 0 and _key(pending.slots) != form.key


def displaced(turn: Turn, outcome: Outcome) -> tuple[Command, ...]:
    """Keep in mind a form whose open question another question takes the place of."""
    pending = turn.conversation.dialogue.pending
    asks = [each for each in outcome.do if isinstance(each, Ask)]
    if pending is None or pending.intent != FORM or turn.understanding.intent == FORM:
        return ()
    if turn.slots.get(NOT_WISH):
        return ()
    key = _key(pending.slots)
    if not asks or (asks[-1].intent == FORM and _key(asks[-1].slots) == key):
        return ()
    return (Remember({LATER: _joined((turn.focus.get(LATER, ""), key))}),)


async def taken_up(turn: Turn, desk: Desk, patience: int | None) -> tuple[Command, ...]:
    """The question of a form that had to wait; () where none does, or nothing is missing."""
    waiting = [each for each in turn.focus.get(LATER, "").split(";") if each]
    if not waiting or patience == 0:
        return ()
    forms = {each.key: each for each in await forms_of(turn, desk)}
    wanting = [forms[key] for key in waiting if key in forms and forms[key].missing]
    if not wanting:
        return (Remember({LATER: ""}),)
    first, *others = wanting
    left = Remember({LATER: ";".join(each.key for each in others)})
    return (*_about(turn, first, patience), left)


def asking_later(outcome: Outcome, focus: Mapping[str, str]) -> Outcome:
    """The outcome without a form's first question: another question goes before it."""
    question = [each for each in outcome.do if _is_first_question(each)]
    asks = [each for each in outcome.do if isinstance(each, Ask) and each.intent == FORM]
    if not question or not asks:
        return outcome
    key = _key(asks[0].slots)
    waiting = [focus.get(LATER, ""), *map(_waiting, outcome.do), key]
    left = [each for each in outcome.do if each not in (*question, *asks) and not _waiting(each)]
    return Outcome(outcome.say, (*left, Remember({LATER: _joined(waiting)})))


def _about(turn: Turn, form: Form, patience: int | None) -> tuple[Command, ...]:
    """The question with the kind of ticket before it: something else was spoken of."""
    field = form.missing[0]
    kind = phrase(f"ticket.kind.{form.kind.value}")
    words = phrase("form.about", kind=kind, question=question_of(field))
    left = None if patience is None else patience - 1
    if turn.slots.get(LEFT):
        left = 0  # By night or in a bad mood the one question was put before.
    say, ask = asking(form, field, turn.inbox, words, left)
    return (SayTo(turn.conversation.id, say), ask)


def _key(slots: Mapping[str, str]) -> str:
    return key_of(slots.get(KIND, ""), slots.get(ORDER, ""))


def _is_first_question(command: Command) -> bool:
    return isinstance(command, SayTo) and command.say.phrase.key in _QUESTIONS


def _waiting(command: Command) -> str:
    return command.focus.get(LATER, "") if isinstance(command, Remember) else ""


def _joined(keys: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(each for key in keys for each in key.split(";") if each))
