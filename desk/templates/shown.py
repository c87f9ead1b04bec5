"""The answers on a ticket as staff read them: label and value, and what is missing."""

from datetime import datetime

from desk.templates.model import Field, FilledBy, Template
from desk.templates.values import shown_masked
from desk.tickets.form import FormShown
from desk.tickets.model import Ticket


def form_shown(template: Template, ticket: Ticket, now: datetime) -> FormShown:
    """The form of a ticket; answers to fields that its version does not know are left out.

    Where there is no customer to ask nothing is missing.
    """
    fields = ticket.fields
    answers = tuple(
        (each.label, shown_masked(each, fields[each.id], now))
        for each in template.fields
        if each.id in fields
    )
    required = tuple(each.id for each in template.fields if _is_theirs(each) and each.required)
    lacking = template.lacking(required, fields) if ticket.conversation is not None else ()
    return FormShown(answers, tuple(each.label for each in lacking))


def _is_theirs(field: Field) -> bool:
    return field.filled_by is FilledBy.CUSTOMER
