"""Carries out what is done about the form of a ticket, which is locked."""

from dataclasses import replace

from desk.tickets.actors import CUSTOMER
from desk.tickets.filling.commands import AskForField, FillForm, SetFields
from desk.tickets.filling.events import FieldAsked, FieldsKept, FieldsSet, FormFilled
from desk.tickets.model import Ticket
from desk.tickets.tools import Tools


async def fill(tools: Tools, ticket: Ticket, asked: FillForm) -> FormFilled:
    """Do one thing to the form and tell what happened."""
    match asked:
        case SetFields():
            return await _set(tools, ticket, asked)
        case AskForField():
            await tools.log(ticket, asked.by, "asked_for", asked.label)
            await tools.times.touched(ticket, answered=True)
            return FieldAsked(ticket, asked.by, asked.label, asked.say, asked.ask)


async def _set(tools: Tools, ticket: Ticket, asked: SetFields) -> FieldsSet | FieldsKept:
    fields = {**ticket.fields, **asked.values}
    if asked.values and fields == dict(ticket.fields):
        return FieldsKept(ticket, asked.by)
    if asked.values:
        ticket = await tools.store.amend(replace(ticket, fields=fields))
    answered = asked.by == CUSTOMER
    await tools.log(ticket, asked.by, "answered" if answered else "filled", asked.told)
    if answered:
        await tools.times.spoken_of(ticket)
    else:
        await tools.times.touched(ticket, answered=False)
    return FieldsSet(ticket, asked.by, tools.name(asked.by), asked.told)
