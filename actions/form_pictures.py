"""A picture as an answer: the one that a form asks for, kept by the channel's own reference."""

from actions.form_filling import Heard, asked_field, gone_on
from actions.form_state import Form, forms_of
from desk.commands import Outcome
from desk.front import Desk
from desk.templates.model import Field, FieldType
from desk.templates.values import of_picture
from desk.turns import Turn

_SEEN = ("image", "video")


async def picture_for_form(turn: Turn, desk: Desk) -> Outcome | None:
    """Put a picture onto the form that lacks one; None where none does.

    The form whose question is open comes first, then that of the order talked about.
    """
    if turn.slots.get("kind") not in _SEEN:
        return None
    forms = [each for each in await forms_of(turn, desk) if _lacking(turn, each)]
    if not forms:
        return None
    form = min(forms, key=lambda each: _distance(turn, each))
    field = _lacking(turn, form)
    if field is None:
        return None
    value = of_picture(turn.slots, str(turn.inbox))
    return gone_on(turn, form, Heard({field.id: value}))


def _lacking(turn: Turn, form: Form) -> Field | None:
    """The picture that is asked for, or that the form still lacks."""
    asked = asked_field(turn, form)
    if asked is not None and asked.type is FieldType.PICTURE:
        return asked
    pictures = (each for each in form.theirs if each.type is FieldType.PICTURE)
    return next(
        (
            each
            for each in pictures
            if each.id not in form.answers and form.template.applies(each.id, form.answers)
        ),
        None,
    )


def _distance(turn: Turn, form: Form) -> int:
    if asked_field(turn, form) is not None:
        return 0
    about = turn.focus.get("order_id", "")
    return 1 if about and form.order_no == about else 2
