"""/ticket set and ask: the form of a ticket, filled by a colleague, or asked of the customer."""

import re
from collections.abc import Sequence

from actions.form_questions import asking, told
from actions.form_state import Form, form_of
from bot.commands.base import Call, Misused
from desk.commands import Command, Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.templates.labels import names_of
from desk.templates.model import Field, FieldType
from desk.templates.refusal import Refused
from desk.templates.shown import form_shown
from desk.templates.values import read
from desk.tickets.commands import WaitOnTicket
from desk.tickets.filling.commands import AskForField, SetFields
from desk.tickets.model import FieldValue, Ticket, TicketState

_PAIR = re.compile(r"([^=＝:：]+)[=＝:：](.*)", re.DOTALL)
_SHOWN = 12


async def fill(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Set fields: 抬头=某某公司 税号=9131…; all of them, or none where one is wrong."""
    form = await _form(ticket, desk)
    pairs = _pairs(call.words[2:])
    if not pairs:
        raise Misused(_how(ticket, form, call), is_complete=True)
    values = _values(form, pairs, ticket, call)
    line = told(form, values, call.now)
    return Outcome(do=(SetFields(ticket.number, call.member.userid, values, line),))


async def said(ticket: Ticket, call: Call, desk: Desk) -> tuple[tuple[Command, ...], str]:
    """What stands as 字段=内容 behind a number, as a command, and the other words.

    Raises:
        Misused: a field is called so, and this is no answer to it.
    """
    words = call.words[2:]
    form = await form_of(ticket, {}, desk) if any(_PAIR.fullmatch(each) for each in words) else None
    if form is None:
        return (), call.rest(2)
    pairs, rest = [], []
    for word in words:
        found = _PAIR.fullmatch(word)
        known = found and len(_called(form, found[1].strip())) == 1
        if found and known:
            pairs.append((found[1].strip(), found[2].strip()))
        else:
            rest.append(word)
    values = _values(form, pairs, ticket, call)
    if not values:
        return (), call.rest(2)
    line = told(form, values, call.now)
    return (SetFields(ticket.number, call.member.userid, values, line),), " ".join(rest)


def _how(ticket: Ticket, form: Form, call: Call) -> Phrase:
    """A line to copy, with the first field that is missing in it."""
    labels = _labels(form)
    missing = form_shown(form.template, ticket, call.now).missing
    example = (*missing, *labels.split("、"))[0]
    return phrase("cmd.ticket.set_how", number=ticket.number, example=example, fields=labels)


async def ask(ticket: Ticket, call: Call, desk: Desk) -> Outcome:
    """Ask the customer for a field now; the next words that fit come to the ticket."""
    form = await _form(ticket, desk)
    number = ticket.number
    if len(call.words) < 3:
        missing = "、".join(form_shown(form.template, ticket, call.now).missing)
        key = "cmd.ticket.ask_missing" if missing else "cmd.ticket.ask_how"
        raise Misused(Phrase(key, {"number": number, "fields": missing or _labels(form)}))
    if ticket.conversation is None or ticket.state.ended:
        key = "cmd.ticket.ask_ended" if ticket.state.ended else "cmd.ticket.ask_nowhere"
        raise Misused(Phrase(key, {"number": number}), is_complete=True)
    field = _named(form, call.rest(2))
    words = field.question or f"麻烦告诉我{field.label}。"
    said = phrase("form.asked_by_staff", number=number, question=words)
    say, question = asking(form, field, call.inbox, said, 0)
    asked = AskForField(number, call.member.userid, field.label, say, question)
    waits = (WaitOnTicket(number, call.member.userid),) if _waits(form, ticket, call) else ()
    do: tuple[Command, ...] = (*waits, asked)
    return Outcome(do=do)


async def lines_of(ticket: Ticket, call: Call, desk: Desk) -> tuple[Phrase, ...]:
    """The answers on a ticket, and what is missing, for /ticket show."""
    form = await form_of(ticket, {}, desk)
    if form is None:
        return ()
    shown = form_shown(form.template, ticket, call.now)
    hidden = len(shown.answers) - _SHOWN
    lines = [
        phrase("cmd.ticket.field", label=label, value=value)
        for label, value in shown.answers[:_SHOWN]
    ]
    if hidden > 0:
        lines.append(phrase("cmd.ticket.fields_more", count=hidden))
    if shown.missing and not ticket.state.ended:
        missing = "、".join(shown.missing)
        lines.append(phrase("cmd.ticket.fields_missing", fields=missing, number=ticket.number))
    return tuple(lines)


async def _form(ticket: Ticket, desk: Desk) -> Form:
    form = await form_of(ticket, {}, desk)
    if form is None or not form.template.fields:
        why = phrase("cmd.ticket.no_form", number=ticket.number)
        raise Misused(why, is_complete=True)
    return form


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names with what follows them, up to the next name: 地址=文三路1号 2楼 电话=138…."""
    pairs: list[tuple[str, str]] = []
    for word in words:
        found = _PAIR.fullmatch(word)
        if found and not (pairs and found[1].startswith("http")):
            pairs.append((found[1].strip(), found[2].strip()))
        elif pairs:
            name, before = pairs[-1]
            pairs[-1] = (name, f"{before} {word}".strip())
    return pairs


def _values(
    form: Form, pairs: Sequence[tuple[str, str]], ticket: Ticket, call: Call
) -> dict[str, FieldValue]:
    values: dict[str, FieldValue] = {}
    wrong: list[Phrase] = []
    for name, words in pairs:
        field = _named(form, name)
        value = read(field, words, call.now)
        if isinstance(value, Refused):
            wrong.append(phrase("cmd.ticket.set_wrong", why=value.why))
        else:
            values[field.id] = value
    if wrong:
        why = phrase("cmd.ticket.set_refused", number=ticket.number, wrong=tuple(wrong))
        raise Misused(why, is_complete=True)
    return values


def _called(form: Form, name: str) -> list[Field]:
    """The fields that may be meant by a name; the surest reading that finds any."""
    fields = form.template.fields
    plain = name.strip().lower()
    exact = [each for each in fields if plain in (each.id.lower(), each.label.lower())]
    called = [each for each in fields if plain in map(str.lower, names_of(each, fields))]
    holding = [each for each in fields if plain and plain in each.label.lower()]
    return next((those for those in (exact, called, holding) if those), [])


def _named(form: Form, name: str) -> Field:
    """A field by its id, its label, other words for it, or a part of the label that only it has.

    Raises:
        Misused: none is called so, or several are.
    """
    found = _called(form, name)
    if len(found) == 1:
        return found[0]
    key = "cmd.ticket.which_field" if found else "cmd.ticket.no_field"
    shown = "、".join(each.label for each in found) or _labels(form)
    raise Misused(Phrase(key, {"name": name, "fields": shown}), is_complete=True)


def _labels(form: Form) -> str:
    return "、".join(
        each.label for each in form.template.fields if each.type is not FieldType.PICTURE
    )


def _waits(form: Form, ticket: Ticket, call: Call) -> bool:
    """Whether the template has a way from here to a step that waits for the customer."""
    mine = ticket.owner == call.member.userid or call.member.role >= Role.SUPERVISOR
    if not mine or ticket.state.waits:
        return False
    ways = form.template.ways_from(ticket.step)
    steps = (form.template.step(each.to) for each in ways)
    return any(each is not None and each.state is TicketState.WAITING_CUSTOMER for each in steps)
