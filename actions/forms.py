"""A ticket is open at once; its form is filled from what was said, and then asked for."""

from collections.abc import Mapping
from dataclasses import replace

from actions.asking import said
from actions.form_questions import asking, lines, question_of
from actions.form_state import Form, form_to_open
from actions.forms_before import kept_values
from actions.forms_later import is_at_another_form, put_off
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, HandOver, PromisePerson, SayTo
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.templates.model import Field, FieldType
from desk.templates.telling import told_in
from desk.tickets.commands import OpenTicket
from desk.tickets.model import FieldValue, TicketKind
from desk.turns import Turn

_WORKED_OUT = (FieldType.DATE, FieldType.MONEY, FieldType.NUMBER, FieldType.PHONE)
_MENU = "menu"
"""The source of what was tapped: no words of the customer's own."""
_ONE_QUESTION = frozenset((TicketKind.COMPLAINT, TicketKind.PRIVACY))
"""Who comes with these is asked one thing at the most."""


async def formed(turn: Turn, desk: Desk, outcome: Outcome, patience: int | None) -> Outcome:
    """The outcome with its tickets' forms filled from what was said, and the first question.

    `patience` is how many questions this customer bears, None: as many as there are. Nobody is
    asked who is given to a person; who is asked something else hears the question after that.
    """
    do: list[Command] = []
    forms: list[Form] = []
    for each in outcome.do:
        if not isinstance(each, OpenTicket) or each.customer is None:
            do.append(each)
            continue
        form = await form_to_open(turn, desk, each)
        if form is None:
            do.append(each)
            continue
        filled = _filled(turn, each, form)
        do.append(filled)
        if filled.asks:
            forms.append(form.answered(filled.fields))
    if patience != 0 and not _passed_on(do):
        do += _said_of(turn, desk, forms, patience, asks=_asks(do))
    return Outcome(outcome.say, tuple(do))


def _said_of(
    turn: Turn, desk: Desk, forms: list[Form], patience: int | None, *, asks: bool
) -> list[Command]:
    """What is said of the forms behind the numbers of their tickets."""
    told = [command for each in forms if not each.missing for command in _confirmed(turn, each)]
    wanting = [each for each in forms if each.missing]
    if not wanting:
        return told
    if asks or is_at_another_form(turn, wanting[0]):
        return [*told, put_off(turn, wanting)]
    first, *others = wanting
    waiting = (put_off(turn, others),) if others else ()
    return [*told, *_first_question(turn, desk, first, patience), *waiting]


def _filled(turn: Turn, asked: OpenTicket, form: Form) -> OpenTicket:
    slots = {**_of_focus(turn.focus), **turn.slots, "order_id": asked.order_no}
    tapped = turn.understanding.source == _MENU
    spoken = (said(turn),) if tapped else (said(turn), turn.text)
    words = " ".join(dict.fromkeys(filter(None, spoken)))
    before = _told_before(turn, form)
    known = {**form.answers, **before}
    told = told_in(form.template, known, words, slots, turn.now)
    ids = {each.id for each in form.template.fields}
    given = {name: each for name, each in asked.fields.items() if name in ids}
    return replace(asked, fields={**given, **before, **told})


def _told_before(turn: Turn, form: Form) -> dict[str, FieldValue]:
    """What was told while the order was asked for, as far as the form has it."""
    kept = kept_values(turn.slots)
    return {each.id: kept[each.id] for each in form.theirs if each.id in kept}


def _of_focus(focus: Mapping[str, str]) -> dict[str, str]:
    return {"product": focus["product"]} if focus.get("product") else {}


def _confirmed(turn: Turn, form: Form) -> tuple[Command, ...]:
    """Say what was taken from the words, where nothing is asked that would show it."""
    answered = [each for each in form.theirs if each.id in form.answers]
    if form.number or not any(map(_worth_reading_again, answered)):
        return ()
    told = phrase("form.noted_all", lines=lines(form, form.answers, turn.now))
    return (SayTo(turn.conversation.id, Say(told)),)


def _worth_reading_again(field: Field) -> bool:
    """Whether an answer was worked out, or has to be right letter by letter."""
    return field.type in _WORKED_OUT or bool(field.pattern)


def _first_question(
    turn: Turn, desk: Desk, form: Form, patience: int | None
) -> tuple[Command, ...]:
    """Ask for what is missing first, behind all that the turn says."""
    field = form.missing[0]
    most = 1 if form.kind in _ONE_QUESTION or not desk.staff.hours.open_at(turn.now) else patience
    left = None if most is None else most - 1
    say, ask = asking(form, field, turn.inbox, question_of(field), left)
    return (SayTo(turn.conversation.id, say), ask)


def _asks(do: list[Command]) -> bool:
    return any(isinstance(each, Ask) for each in do)


def _passed_on(do: list[Command]) -> bool:
    return any(isinstance(each, HandOver | PromisePerson) for each in do)
