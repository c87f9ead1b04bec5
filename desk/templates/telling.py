"""What a message tells of a form by itself: by labels, patterns, slots, names of options."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from desk.templates.addresses import ADDRESS, address_in
from desk.templates.choosing import options_in
from desk.templates.labels import first_label, labelled
from desk.templates.model import Field, FieldType, FilledBy, Template
from desk.templates.phones import phones_in
from desk.templates.refusal import Refused
from desk.templates.texts import tokens_fitting
from desk.templates.values import read
from desk.tickets.model import FieldValue

WORDS = "words"
"""In a field's `slots`: what the customer said about the matter is the answer."""

_PROBES = ("随便写写", "hello-123", "20261122", "123456789012", "ABCDEFG")
"""A pattern that one of these fits says little: a piece that fits it may be anything."""
_ALL_DIGITS = re.compile(r"\d{16,}")
_OF_AN_ORDER = re.compile(r"(?:单号|订单|单子|编号|#)[^\d]{0,4}$")
_ASKS = re.compile(
    r"[?？]|什么|怎么|哪[里个儿]|多少|吗$|呢$|没(?:收到|有)|可以吗|行吗|要不要|"
    r"能不能|可不可以|能否|^[也都要想得能]*[改换变](?:了|一?下|动)?(?:\s|$)"
)
_BOUGHT = re.compile(
    r"(?:的时候|我|就|才|刚|已经){0,3}(?:在.{1,6})?(?:买|下单|下的|拍|付|订|收到|签收|到货|到的|发货|发的|寄)"
)
_HOUR = re.compile(r"^\d{4}-\d\d-\d\d (\d\d):")
_NOON, _EVENING = 12, 18
_EDGES = " ,，.。;；:：、!！~\n"
_MOST = 1000
"""Characters that are looked through: who writes more tells a story."""
_SHORT = 3
_CLAUSE = re.compile(r"[,，。;；!！?？\n]")
_ENOUGH = 8
"""Characters of a message that says more than what it is about."""

Answers = Mapping[str, FieldValue]


def told_in(
    template: Template,
    known: Answers,
    words: str,
    slots: Mapping[str, str],
    now: datetime,
) -> dict[str, FieldValue]:
    """What a message answers of the customer's part of a form.

    What is known already is only replaced where the message names the field. Where an answer
    makes sense under one condition only (a tax number is a company's), that is told by it too.
    """
    words = words[:_MOST]
    form = [each for each in template.fields if each.filled_by is FilledBy.CUSTOMER]
    told = named_in(form, words, now)
    open_ones = [each for each in form if each.id not in known and each.id not in told]
    told |= _by_pattern(open_ones, words, tuple(slots.values()))
    told |= _implied(template, known, told)
    open_ones = [each for each in open_ones if each.id not in told]
    for field in open_ones:
        value = _by_slots(field, words, slots, now)
        value = _by_option(field, f"{words} {_parts(told.values())}") if value is None else value
        if value is not None:
            told[field.id] = value
    told |= _by_phone([each for each in open_ones if each.id not in told], words)
    told |= _other_days(form, known, words, slots, now)
    told |= _other_parts(form, known, told)
    told |= _implied(template, known, told)
    told |= _other_conditions(template, known, told, words)
    return {name: each for name, each in told.items() if template.applies(name, {**known, **told})}


def named_in(form: Sequence[Field], words: str, now: datetime) -> dict[str, FieldValue]:
    """What a message says of the fields that it names; a question about one says nothing."""
    fields = {each.id: each for each in form}
    told: dict[str, FieldValue] = {}
    for name, text in labelled(form, words).items():
        for piece in dict.fromkeys((_CLAUSE.split(text.strip(), maxsplit=1)[0], text)):
            value = None if _ASKS.search(piece) else read(fields[name], piece, now)
            if value is not None and not isinstance(value, Refused):
                told.setdefault(name, value)
    return told


def rest_of(form: Sequence[Field], words: str, told: Answers) -> str:
    """What is left of a message without the fields that it names and the answers found in it."""
    start = first_label(form, words)
    rest = unicodedata.normalize("NFKC", words if start is None else words[:start])
    for value in told.values():
        if isinstance(value, str) and len(value) > _SHORT:
            rest = re.sub(re.escape(value), " ", rest, flags=re.IGNORECASE)
    for number in phones_in(rest) if set(told.values()) & set(phones_in(words)) else ():
        rest = rest.replace(number, " ")
    return rest.strip(_EDGES)


def certain_in(form: Sequence[Field], words: str) -> dict[str, FieldValue]:
    """The answers that are what they are by their form alone: a tax number, an address of mail."""
    return _by_pattern(form, words, ())


def _by_pattern(form: Sequence[Field], words: str, others: Sequence[str]) -> dict[str, FieldValue]:
    taken = {each.upper() for each in others}
    found: dict[str, list[str]] = {}
    for field in form:
        if not field.pattern or any(re.fullmatch(field.pattern, each) for each in _PROBES):
            continue
        fitting = [
            each for each in tokens_fitting(field.pattern, words) if _is_free(each, words, taken)
        ]
        if len(fitting) == 1:
            found.setdefault(fitting[0], []).append(field.id)
    return {ids[0]: token for token, ids in found.items() if len(ids) == 1}


def _is_free(token: str, words: str, taken: set[str]) -> bool:
    """Whether a piece is not the number of an order, which looks like much else."""
    at = words.upper().find(token)
    if token in taken or (at > 0 and _OF_AN_ORDER.search(words[:at])):
        return False
    return _ALL_DIGITS.fullmatch(token) is None


def _by_slots(
    field: Field, words: str, slots: Mapping[str, str], now: datetime
) -> FieldValue | None:
    for slot in field.slots:
        if field.type is FieldType.DATE and _is_of_the_past(slots.get(slot, ""), words):
            continue
        said = _said_of(slot, words, slots)
        if field.type is FieldType.DATE and said and said in (place := address_in(words)):
            said = _without(words, place)
        value = read(field, said[: field.most], now) if said else None
        if value is not None and not isinstance(value, Refused):
            return value
    return None


def _without(words: str, place: str) -> str:
    """A message without an address in it, whose 12号 is a door and no day."""
    for piece in place.split():
        words = words.replace(piece, " ")
    return words.strip()


def _said_of(slot: str, words: str, slots: Mapping[str, str]) -> str:
    if slot == ADDRESS:
        return address_in(words)
    if slot == WORDS and len(words.strip()) >= _ENOUGH:
        return words
    return slots.get(slot, "")


def _other_days(
    form: Sequence[Field], known: Answers, words: str, slots: Mapping[str, str], now: datetime
) -> dict[str, FieldValue]:
    """Days that are told anew: the last one counts."""
    days = [each for each in form if each.type is FieldType.DATE and each.id in known]
    told = {each.id: _by_slots(each, words, slots, now) for each in days}
    return {name: day for name, day in told.items() if day is not None and day != known[name]}


def _other_conditions(
    template: Template, known: Answers, told: Answers, words: str
) -> dict[str, FieldValue]:
    """A choice that the message names anew, where what it tells needs that: 单位的, 税号是…"""
    anew: dict[str, FieldValue] = {}
    for name in told:
        field = template.field(name)
        condition = field.asked_if if field else None
        parent = template.field(condition.field) if condition else None
        if condition is None or parent is None or parent.id not in known or parent.id in told:
            continue
        if any(_rests_on(template.field(each), parent.id, known[parent.id]) for each in told):
            continue  # It tells of both, so that nothing is taken back.
        named = _by_option(parent, words)
        if named is not None and named != known[parent.id] and named in condition.values:
            anew[parent.id] = named
    return anew


def _rests_on(field: Field | None, parent: str, value: FieldValue) -> bool:
    condition = field.asked_if if field else None
    return condition is not None and condition.field == parent and value in condition.values


def _other_parts(form: Sequence[Field], known: Answers, told: Answers) -> dict[str, FieldValue]:
    """The part of the day, where a day that was known is told anew with one: 改到后天上午."""
    days = (each.id for each in form if each.type is FieldType.DATE and each.id in known)
    parts = " ".join(_part_of(told[day]) for day in days if day in told)
    choices = [each for each in form if each.type is FieldType.CHOICE and each.id in known]
    named = {each.id: _by_option(each, parts) for each in choices if parts.strip()}
    return {name: value for name, value in named.items() if value not in (None, known[name])}


def _part_of(day: FieldValue) -> str:
    text = str(day)
    return _parts((text,)) or text.partition(" ")[2]


def _is_of_the_past(day: str, words: str) -> bool:
    """Whether a day is when something was bought or came: 3号买的 is no wish for the 3rd."""
    if not day:
        return False
    _, found, after = words.partition(day)
    return bool(found) and _BOUGHT.match(after) is not None


def _by_option(field: Field, words: str) -> FieldValue | None:
    if field.type not in (FieldType.CHOICE, FieldType.CHOICES):
        return None
    named = options_in(field.options, words)
    if field.type is FieldType.CHOICES and named:
        return tuple(each.id for each in named)
    return named[0].id if len(named) == 1 else None


def _parts(values: Iterable[FieldValue]) -> str:
    """The part of the day of an answer with an hour, which may be a field of its own."""
    hours = [
        each[1] for value in values if isinstance(value, str) and (each := _HOUR.search(value))
    ]
    return " ".join(
        "上午" if int(each) < _NOON else "下午" if int(each) < _EVENING else "晚上"
        for each in hours
    )


def _by_phone(form: Sequence[Field], words: str) -> dict[str, FieldValue]:
    fields = [each for each in form if each.type is FieldType.PHONE]
    numbers = phones_in(words)
    return {fields[0].id: numbers[0]} if len(fields) == 1 == len(numbers) else {}


def _implied(template: Template, known: Answers, told: Answers) -> dict[str, FieldValue]:
    """The conditions under which alone the answers make sense."""
    implied: dict[str, FieldValue] = {}
    for name in told:
        field = template.field(name)
        condition = field.asked_if if field else None
        if condition is None or len(condition.values) != 1:
            continue
        parent = template.field(condition.field)
        if parent is None or parent.type is FieldType.CHOICES or parent.id in {**known, **told}:
            continue
        implied[parent.id] = condition.values[0]
    return implied
