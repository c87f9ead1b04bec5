"""Whether a message answers a form: the question that is open, or a field that it names."""

import re
from dataclasses import dataclass
from datetime import timedelta

from actions.form_filling import LAST
from actions.form_state import FORM, KIND, ORDER, Form, is_about
from actions.form_words import (
    asks_back,
    has_enough,
    is_slip,
    only_nods,
    right_instead,
    skips,
    wants_something,
)
from bot.understanding.danger import DANGER
from bot.understanding.fragments import SOME_ORDER, THAT_ORDER, fragment
from bot.understanding.mood import Mood, mood_of
from bot.understanding.reader import Reading
from bot.understanding.restated import CORRECTION
from bot.understanding.topics import CONTEXT, SMALL_TALK
from bot.understanding.wish_words import named_wish
from desk.conversations.model import Question
from desk.templates.labels import first_label, names_of
from desk.templates.model import Field, FieldType
from desk.templates.refusal import Refused
from desk.templates.telling import certain_in, named_in, told_in
from desk.templates.values import read
from desk.turns import Turn, Understanding

_PLAIN = 0.7
_IN_THE_EAR = timedelta(hours=12)
_MOST_ASIDES = 4
"""After so many turns about something else only what is plain by itself is an answer."""
_PERSON = frozenset((DANGER, "human_handoff", "complaint", "privacy_request", "unsubscribe"))
_POLITE = SMALL_TALK - {"out_of_scope"}
_SHORT = 24
_ORDER = re.compile(r"订单(?:编?号码?)?[:：是为 ]{0,3}([0-9A-Za-z-]{8,})")
"""An order that is called one: what is said beside it is about that."""
_MOVES = re.compile(r"[改换约](?:到|成|在|个|一下)|改[天期约]|推迟|延[后期到]|提前|往[前后]")
_MARKS = re.compile(r"[\s,，.。!！?？~～…、]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question of a form: the field, and whether it is still in the customer's ear."""

    form: Form
    field: Field
    question: Question
    fresh: bool


def as_answer(turn: Turn, reading: Reading, forms: tuple[Form, ...]) -> Reading | None:
    """The message read as an answer to a form; None where it is about something else.

    `turn` is what was said, as `reading` has it; `forms` are those of the unsolved tickets.
    """
    asked = _asked(turn, forms)
    if asked is not None and reading.answers is asked.question:
        return reading
    if asked is not None and _is_tired(turn, asked):
        return _to(asked.form, asked.question, reading)
    if reading.meant.intent in _PERSON and _is_clear(reading.meant):
        return None
    if order := _ORDER.search(turn.text):
        forms = tuple(each for each in forms if each.order_no.upper() == order[1].upper())
        asked = asked if asked is not None and asked.form in forms else None
    if asked is not None and _answers(turn, reading, asked):
        return _to(asked.form, asked.question, reading)
    named = next((each for each in forms if _names_unasked(turn, reading, each)), None)
    named = named or next((each for each in forms if _moves_its_day(turn, reading, each)), None)
    return _to(named, None, reading) if named is not None else None


def _is_tired(turn: Turn, asked: Asked) -> bool:
    return asked.fresh and has_enough(turn.text) and mood_of(turn.text) is not Mood.FURIOUS


def _asked(turn: Turn, forms: tuple[Form, ...]) -> Asked | None:
    pending = turn.conversation.dialogue.pending
    if pending is None or pending.intent != FORM:
        return None
    form = next((each for each in forms if is_about(pending.slots, each)), None)
    field = form.template.field(pending.expects.removeprefix(f"{FORM}.")) if form else None
    if form is None or field is None:
        return None
    recent = turn.now - pending.asked_at < _IN_THE_EAR
    return Asked(form, field, pending, fresh=recent and pending.asides < _MOST_ASIDES)


def _answers(turn: Turn, reading: Reading, asked: Asked) -> bool:
    """Whether words answer the question that is open."""
    text = turn.text.strip()
    if _names(turn, asked.form) or certain_in((asked.field, *asked.form.missing), text):
        return True
    if not asked.fresh or mood_of(text) is Mood.FURIOUS:
        return False
    if _points_at_an_order(text, reading.meant):
        return False
    corrects = reading.meant.source == CORRECTION
    if _last_put_right(turn, asked.form, in_passing=not corrects):
        return True
    left_open = skips(text, names_of(asked.field, asked.form.template.fields))
    if corrects or (asks_back(text) and not left_open):
        return False
    answer = read(asked.field, text, turn.now)
    if only_nods(text) and asked.field.type is not FieldType.YES_NO:
        return False
    if left_open:
        return True
    refused = isinstance(answer, Refused)
    elsewhere = not _is_of_the_kind(reading.meant.intent, asked.form)
    if refused and elsewhere and reading.meant.source == CONTEXT:
        return False  # It goes on with what was talked about.
    if _is_other_wish(reading.meant, text, asked):
        return False
    return not refused or not _is_small_talk(reading.meant, text)


def _points_at_an_order(text: str, meant: Understanding) -> bool:
    """Whether words say which order is meant (最新的那单), which no form asks for."""
    piece = fragment(text, meant.entities)
    return piece is not None and bool(piece.kinds & {SOME_ORDER, THAT_ORDER})


def _is_other_wish(meant: Understanding, text: str, asked: Asked) -> bool:
    """Whether the NLU is sure of another wish, and the words could be one.

    What cannot be read as the answer is that wish; a text may be anything, so that it has to
    sound like one. The wish itself, said again (开发票), is no text either.
    """
    if not _is_clear(meant) or meant.intent in (*SMALL_TALK, FORM):
        return False
    if named_wish(text) == meant.intent:
        return True
    if _is_of_the_kind(meant.intent, asked.form):
        return False
    if _tells(meant, text, asked) and not wants_something(text):
        return False
    if asked.field.type is FieldType.TEXT:
        return wants_something(text)
    answered = not isinstance(read(asked.field, text, asked.question.asked_at), Refused)
    return not (answered and len(text) <= _SHORT)


def _tells(meant: Understanding, text: str, asked: Asked) -> bool:
    """Whether words answer what is asked, or tell something else of the form."""
    entities = {name: each[0] for name, each in meant.entities.items() if each}
    form, now = asked.form, asked.question.asked_at
    return bool(told_in(form.template, form.answers, text, entities, now))


def _is_of_the_kind(intent: str, form: Form) -> bool:
    """Whether a wish is what the form's ticket is for: told again it is an answer."""
    return _INTENTS.get(intent) == form.kind.value


_INTENTS = {
    "return_request": "return",
    "exchange_request": "exchange",
    "after_sales_claim": "after_sales",
    "invoice_request": "invoice",
    "appointment_book": "appointment",
    "delivery_change": "order_change",
    "price_protection": "price_protection",
    "refund_status": "refund",
    "logistics_delay": "logistics",
    "parcel_missing": "not_received",
    "urge_order": "urge",
    "product_consult": "consult",
    "complaint": "complaint",
}


def _is_small_talk(meant: Understanding, text: str) -> bool:
    return meant.intent in _POLITE and len(_MARKS.sub("", text)) <= _SHORT // 3


def _names_unasked(turn: Turn, reading: Reading, form: Form) -> bool:
    """Whether words that nobody asked for speak of this form, and not of another matter."""
    order_no = reading.slots.get("order_id", "")
    if order_no and order_no != form.order_no:
        return False
    if _last_put_right(turn, form, in_passing=False):
        return True
    meant = reading.meant
    elsewhere = _is_clear(meant) and meant.intent not in SMALL_TALK
    if elsewhere and not _is_of_the_kind(meant.intent, form):
        return first_label(form.theirs, turn.text.strip()) == 0 and _names(turn, form)
    return _names(turn, form)


def _moves_its_day(turn: Turn, reading: Reading, form: Form) -> bool:
    """Whether words put what was spoken of last on another day: 改到后天上午行不行."""
    topics = turn.conversation.dialogue.topics
    if not topics or not _is_of_the_kind(topics[0].intent, form) or not _MOVES.search(turn.text):
        return False
    if reading.slots.get("order_id") or reading.answers is not None:
        return False
    entities = {name: each[0] for name, each in reading.meant.entities.items() if each}
    told = told_in(form.template, form.answers, turn.text, entities, turn.now)
    days = (each.id for each in form.theirs if each.type is FieldType.DATE)
    return any(day in told and form.answers.get(day) not in (None, told[day]) for day in days)


def _last_put_right(turn: Turn, form: Form, *, in_passing: bool) -> bool:
    """Whether the answer before is said to be a slip: 刚才写错了，是某某公司.

    `in_passing`: 不是，是某某公司 will do.
    """
    key, _, name = turn.focus.get(LAST, "").rpartition("|")
    is_meant = key == form.key and (in_passing or is_slip(turn.text))
    right = right_instead(turn.text) if is_meant else ""
    field = form.template.field(name) if right and not wants_something(right) else None
    return field is not None and not isinstance(read(field, right, turn.now), Refused)


def _names(turn: Turn, form: Form) -> bool:
    """Whether words give an answer that is plain by itself: 抬头改成某某公司, a@b.com."""
    if named_in(form.theirs, turn.text, turn.now):
        return True
    return bool(certain_in(form.missing, turn.text)) and not asks_back(turn.text)


def _is_clear(meant: Understanding) -> bool:
    return meant.source == "nlu" and meant.confidence >= _PLAIN


def _to(form: Form, question: Question | None, reading: Reading) -> Reading:
    slots = question.slots if question else {KIND: form.kind.value, ORDER: form.order_no}
    return Reading(Understanding(FORM, 1.0, "answer", reading.meant.entities), slots, question)
