"""A ticket is open at once; its form is filled from what was said, and then asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from actions.asking import said
from actions.form_questions import asking, lines, question_of
from actions.form_state import FORM, KIND, ORDER, Form, form_to_open, forms_of, key_of
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, HandOver, PromisePerson, Remember, SayTo
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.templates.model import FieldType
from desk.templates.telling import told_in
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from desk.turns import Turn

LATER = "forms_later"
"""What the conversation remembers of forms whose questions had to wait: their keys."""

_QUESTIONS = ("form.question", "form.question_several", "form.about")
"""Phrases of a question that stands behind what a turn says."""
_CHOSEN = (FieldType.CHOICE, FieldType.CHOICES, FieldType.PICTURE)
_ONE_QUESTION = frozenset((TicketKind.COMPLAINT, TicketKind.PRIVACY))
"""Who comes with these is asked one thing at the most."""


async def formed(turn: Turn, desk: Desk, outcome: Outcome, *, calm: bool) -> Outcome:
    """The outcome with its tickets' forms filled from what was said, and the first question.

    Nobody is asked who is furious (not `calm`), is given to a person, or is asked something else.
    """
    opened = [each for each in outcome.do if isinstance(each, OpenTicket) and each.customer]
    do: list[Command] = []
    forms: list[Form] = []
    for each in outcome.do:
        if not isinstance(each, OpenTicket) or each not in opened:
            do.append(each)
            continue
        form = await form_to_open(turn, desk, each)
        filled = _filled(turn, each, form)
        do.append(filled)
        if form is not None and filled.asks:
            forms.append(form.answered(filled.fields))
    open_forms = [each for each in forms if each.missing]
    if not calm or _passed_on(do):
        return Outcome(outcome.say, tuple(do))
    do += [each for form in forms if not form.missing for each in _confirmed(turn, form)]
    outcome = Outcome(outcome.say, tuple(do))
    if not open_forms:
        return outcome
    if any(isinstance(each, Ask) for each in do):
        return Outcome(outcome.say, (*do, put_off(turn, open_forms)))
    first, *others = open_forms
    return Outcome(outcome.say, (*do, *first_question(turn, desk, first), *_others(turn, others)))


def _confirmed(turn: Turn, form: Form) -> tuple[Command, ...]:
    """Say what was taken from the words, where nothing is asked that would show it."""
    words = [each for each in form.theirs if each.id in form.answers and each.type not in _CHOSEN]
    if form.number or not words:
        return ()
    known = lines(form, form.answers, turn.now)
    said = phrase("form.noted_all", lines=known)
    return (SayTo(turn.conversation.id, Say(said)),)


def first_question(turn: Turn, desk: Desk, form: Form) -> tuple[Command, ...]:
    """Ask for what is missing first, behind all that the turn says."""
    field = form.missing[0]
    most = most_questions(turn, desk, form)
    left = None if most is None else most - 1
    say, ask = asking(form, field, turn.inbox, question_of(field), left)
    return (SayTo(turn.conversation.id, say), ask)


def most_questions(turn: Turn, desk: Desk, form: Form) -> int | None:
    """How many questions a form may put: one by night or in a bad mood; None: all."""
    night = not desk.staff.hours.open_at(turn.now)
    vexed = turn.conversation.dialogue.vexed > 0
    return 1 if night or vexed or form.kind in _ONE_QUESTION else None


def put_off(turn: Turn, forms: Iterable[Form]) -> Remember:
    """Keep in mind that these forms still want to ask."""
    return Remember({LATER: _joined((turn.focus.get(LATER, ""), *(each.key for each in forms)))})


async def taken_up(turn: Turn, desk: Desk) -> tuple[Command, ...]:
    """The question of a form that had to wait; () where none does, or nothing is missing."""
    waiting = [each for each in turn.focus.get(LATER, "").split(";") if each]
    if not waiting:
        return ()
    forms = {each.key: each for each in await forms_of(turn, desk)}
    open_ones = [forms[key] for key in waiting if key in forms and forms[key].missing]
    if not open_ones:
        return (Remember({LATER: ""}),)
    first, *others = open_ones
    question = _about(turn, desk, first)
    return (*question, Remember({LATER: ";".join(each.key for each in others)}))


def asking_later(outcome: Outcome, focus: Mapping[str, str]) -> Outcome:
    """The outcome without a form's first question: another question goes before it."""
    question = [each for each in outcome.do if _is_first_question(each)]
    asks = [each for each in outcome.do if isinstance(each, Ask) and each.intent == FORM]
    if not question or not asks:
        return outcome
    key = key_of(asks[0].slots[KIND], asks[0].slots[ORDER])
    waiting = [focus.get(LATER, ""), *map(_waiting, outcome.do), key]
    left = [each for each in outcome.do if each not in (*question, *asks) and not _waiting(each)]
    return Outcome(outcome.say, (*left, Remember({LATER: _joined(waiting)})))


def _is_first_question(command: Command) -> bool:
    return isinstance(command, SayTo) and command.say.phrase.key in _QUESTIONS


def _waiting(command: Command) -> str:
    return command.focus.get(LATER, "") if isinstance(command, Remember) else ""


def _joined(keys: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(each for key in keys for each in key.split(";") if each))


def _about(turn: Turn, desk: Desk, form: Form) -> tuple[Command, ...]:
    """The question with the kind of ticket before it: something else was spoken of."""
    field = form.missing[0]
    most = most_questions(turn, desk, form)
    kind = phrase(f"ticket.kind.{form.kind.value}")
    words = phrase("form.about", kind=kind, question=question_of(field))
    left = None if most is None else most - 1
    say, ask = asking(form, field, turn.inbox, words, left)
    return (SayTo(turn.conversation.id, say), ask)


def _filled(turn: Turn, asked: OpenTicket, form: Form | None) -> OpenTicket:
    if form is None:
        return asked
    slots = {**_of_focus(turn.focus), **turn.slots, "order_id": asked.order_no}
    words = " ".join(dict.fromkeys(filter(None, (said(turn), turn.text))))
    told = told_in(form.template, form.answers, words, slots, turn.now)
    return replace(asked, fields={**asked.fields, **told})


def _of_focus(focus: Mapping[str, str]) -> dict[str, str]:
    return {"product": focus["product"]} if focus.get("product") else {}


def _others(turn: Turn, forms: list[Form]) -> tuple[Command, ...]:
    return (put_off(turn, forms),) if forms else ()


def _passed_on(do: Iterable[Command]) -> bool:
    return any(isinstance(each, HandOver | PromisePerson) for each in do)
