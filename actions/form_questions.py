"""The question for one field of a form, with lines to tap, and how answers are told."""

from collections.abc import Mapping
from datetime import datetime

from actions.form_state import CHOSEN, FORM, KIND, LEFT, ORDER, QUESTION, Form
from desk.conversations.commands import Ask
from desk.conversations.model import Option
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.templates.model import Field, FieldType
from desk.templates.values import NO, YES, show, shown_masked
from desk.tickets.model import FieldValue

_MOST_LINES = 10
"""WeCom shows no more lines of a menu (doc 94677)."""


def expects(field: Field) -> str:
    """What the question for a field waits for."""
    return f"{FORM}.{field.id}"


def question_of(field: Field) -> Phrase:
    """The merchant's words for a field."""
    words = field.question or f"麻烦告诉我{field.label}。"
    key = "form.question_several" if field.type is FieldType.CHOICES else "form.question"
    return Phrase(key, {"question": words})


def asking(
    form: Form, field: Field, cause: InboxId, said: Phrase, left: int | None
) -> tuple[Say, Ask]:
    """Say something that ends in the question for a field, and wait for the answer.

    `left` is how many questions may follow, None: as many as there are fields.
    """
    options = _options(field, cause)
    slots = {
        KIND: form.kind.value,
        ORDER: form.order_no,
        QUESTION: field.question or field.label,
        LEFT: "" if left is None else str(left),
    }
    menu = tuple(Choice(each.id, each.label) for each in options)
    return Say(said, menu), Ask(FORM, expects(field), options, slots)


def lines(form: Form, values: Mapping[str, FieldValue], now: datetime) -> tuple[Phrase, ...]:
    """Answers as the customer reads them again, in the form's order."""
    return tuple(
        phrase("form.line", label=each.label, value=show(each, values[each.id], now))
        for each in form.theirs
        if each.id in values and each.type is not FieldType.PICTURE
    )


def told(form: Form, values: Mapping[str, FieldValue], now: datetime) -> str:
    """Answers in a Chinese line for staff; of telephone numbers the ends only."""
    return "；".join(
        f"{each.label}：{shown_masked(each, values[each.id], now)}"
        for each in form.template.fields
        if each.id in values
    )


def _options(field: Field, cause: InboxId) -> tuple[Option, ...]:
    labels = [each.label for each in field.options] if field.options else []
    if field.type is FieldType.YES_NO:
        labels = [YES, NO]
    return tuple(
        Option(f"f{derived(cause, field.id, place).hex[:12]}", _label(label), {CHOSEN: label})
        for place, label in enumerate(labels[:_MOST_LINES])
    )


def _label(text: str) -> Phrase:
    return phrase("form.option", label=text)
