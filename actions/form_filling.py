"""What a customer answers to a form: kept on the ticket, and the next question at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.form_questions import asking, lines, question_of, told
from actions.form_state import (
    CHOSEN,
    FORM,
    KIND,
    LEFT,
    ORDER,
    Form,
    form_of,
    is_about,
    skipped_slot,
    unsolved_one,
)
from actions.form_words import has_enough, leaves_to_us, right_instead, skips, wants_something
from actions.forms_before import TEMPLATE, told_before
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.private import hidden
from desk.templates.addresses import ADDRESS, address_in
from desk.templates.labels import names_of
from desk.templates.model import Field, FieldType
from desk.templates.refusal import Refused
from desk.templates.telling import named_in, rest_of, told_in
from desk.templates.values import read, show
from desk.tickets.actors import CUSTOMER
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import FieldValue
from desk.turns import Action, Turn

LAST = "form_last"
"""What the conversation remembers of the answer before: its form's key and the field."""

_WRONG = "form_wrong"
"""Slot of a question: how often it got an answer that could not be taken."""
_MOST_WRONG = 2
_MOST_WORDS = 200
_CHOICES = (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)
_A_LITTLE = 2
_A_TALE = 5
"""Who tells so much in place of a choice is not asked to choose: a person reads it."""
_EDGES = " ,，.。;；:：、!！~～\n"
_SAYS_NOTHING = tuple(
    f"form.why.{each}"
    for each in (
        *("no_words", "no_number", "no_money", "no_day", "no_phone", "no_choice", "no_picture"),
        *("pattern", "pattern_plain", "yes_or_no"),
    )
)
"""Reasons of words that may not be about what was asked for at all."""
_ECHOED = (FieldType.DATE, FieldType.MONEY, FieldType.NUMBER)
"""Answers that were worked out of the words, so that the customer sees what they came to."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says of a form.

    `why`: the answer to the question cannot be taken; `open`: it is left open, `words` go to the
    owner as they are; `changed` is an earlier answer that was put right; `enough`: they want to
    be asked nothing more. `quoted` are words that say more than the choice they were read as.
    """

    values: Mapping[str, FieldValue] = field(default_factory=dict)
    why: Phrase | None = None
    open: str = ""
    words: str = ""
    changed: str = ""
    enough: bool = False
    quoted: str = ""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Keep the answers; ask for what is missing, or say what was noted."""
    if TEMPLATE in turn.slots and (kept := await told_before(turn, desk)):
        return kept
    kind, order_no = turn.slots.get(KIND, ""), turn.slots.get(ORDER, "")
    ticket = await unsolved_one(turn, desk, kind, order_no)
    form = await form_of(ticket, turn.focus, desk) if ticket else None
    if form is None:
        return Outcome((Say(phrase("form.gone")),))
    return gone_on(turn, form, heard_in(turn, form))


def heard_in(turn: Turn, form: Form) -> Heard:
    """Read a message as answers; what the question asked for first."""
    asked = asked_field(turn, form)
    if asked is not None and (chosen := turn.slots.get(CHOSEN)):
        return _to_the_question(turn, form, asked, chosen, _with_it(turn, form, asked, chosen))
    if corrected := _corrected(turn, form):
        return corrected
    if has_enough(turn.text):
        return Heard(enough=True)
    entities = {name: each[0] for name, each in turn.understanding.entities.items() if each}
    values = told_in(form.template, form.answers, turn.text, entities, turn.now)
    changed = next((each for each in values if each in form.answers), "")
    if asked is None or (asked.id in values and asked.type is not FieldType.TEXT):
        return Heard(values, changed=changed)
    named = named_in(form.theirs, turn.text, turn.now)
    if asked.id in values and asked.id not in named and ADDRESS in asked.slots:
        others = {name: each for name, each in values.items() if name != asked.id}
        words = _beside(turn, form, others) if others else turn.text
        return _to_the_question(turn, form, asked, words, others)
    if asked.id in named or asked.id in values:
        return Heard(values, changed=changed)
    if other := _left_out(turn, form, asked):
        return Heard(values, open=other)
    rest = _beside(turn, form, {**named, **values}) if values or named else turn.text
    if not rest:
        return Heard(values, changed=changed)
    return _to_the_question(turn, form, asked, rest, values)


def _beside(turn: Turn, form: Form, told: Mapping[str, FieldValue]) -> str:
    """What a message says beside the answers in it: 明天下午 is a day, and no address as well."""
    rest = rest_of(form.theirs, turn.text, told)
    if any(each.type is FieldType.DATE and each.id in told for each in form.theirs):
        address = address_in(turn.text)
        for day in turn.understanding.entities.get("date", ()):
            rest = rest if day in address else rest.replace(day, " ")
    return rest.strip(_EDGES)


def _with_it(turn: Turn, form: Form, asked: Field, chosen: str) -> Mapping[str, FieldValue]:
    """What else is told with a choice: 上门吧，文三路100号."""
    if len(turn.text.strip()) <= len(chosen) + _A_LITTLE:
        return {}
    entities = {name: each[0] for name, each in turn.understanding.entities.items() if each}
    told = told_in(form.template, form.answers, turn.text, entities, turn.now)
    return {name: each for name, each in told.items() if name != asked.id}


def _left_out(turn: Turn, form: Form, asked: Field) -> str:
    """Another field that is left open by its name: 不想留电话, while the hour is asked for."""
    others = [each for each in form.missing if each.id != asked.id]
    for each in others:
        names = [name for name in names_of(each, form.theirs) if name in turn.text]
        if names and skips(turn.text, names):
            return each.id
    return ""


def _to_the_question(
    turn: Turn, form: Form, asked: Field, words: str, values: Mapping[str, FieldValue]
) -> Heard:
    answer = read(asked, words, turn.now)
    names = names_of(asked, form.template.fields)
    is_left = skips(words, names) and (asked.type is FieldType.TEXT or isinstance(answer, Refused))
    if is_left:
        note = f"{asked.label}：顾客说“{words}”" if leaves_to_us(words) else ""
        return Heard(values, open=asked.id, words=note)
    if not isinstance(answer, Refused):
        quoted = hidden(words)[:_MOST_WORDS] if _says_more(asked, words, answer, turn) else ""
        return Heard({**values, asked.id: answer}, quoted=quoted)
    if values and answer.why.key in _SAYS_NOTHING:
        return Heard(values)  # It answers something else: what was asked for is asked again.
    tells = asked.type in _CHOICES and len(words) >= _A_TALE and not wants_something(words)
    if not tells and int(turn.slots.get(_WRONG, "0")) + 1 < _MOST_WRONG:
        return Heard(values, why=answer.why)
    note = f"{asked.label}（原话）：{hidden(words)[:_MOST_WORDS]}"
    return Heard(values, open=asked.id, words=note)


def _says_more(asked: Field, words: str, answer: FieldValue, turn: Turn) -> bool:
    """Whether words tell more than the choice: 早上10点 is more than 上午."""
    if asked.type not in _CHOICES:
        return False
    return len(words.strip()) > len(show(asked, answer, turn.now)) + _A_LITTLE


def _corrected(turn: Turn, form: Form) -> Heard | None:
    """The answer before, put right: 写错了，是某某公司."""
    right = right_instead(turn.text)
    key, _, name = turn.focus.get(LAST, "").rpartition("|")
    last = form.template.field(name) if right and key == form.key else None
    if last is None or named_in(form.theirs, turn.text, turn.now):
        return None
    answer = read(last, right, turn.now)
    return None if isinstance(answer, Refused) else Heard({last.id: answer}, changed=last.id)


def gone_on(turn: Turn, form: Form, heard: Heard) -> Outcome:
    """Keep what was heard, and say the one thing that comes next."""
    heard = _in_their_words(turn, heard)
    now_known = form.answered(heard.values)
    if heard.open:
        now_known = now_known.without(heard.open)
    for each in now_known.missing if heard.enough else ():
        now_known = now_known.without(each.id)
    do: list[Command] = []
    quoted = f"原话：{heard.quoted}" if heard.quoted else ""
    line = "；".join(filter(None, (told(form, heard.values, turn.now), heard.words, quoted)))
    if line:
        do.append(SetFields(form.number, CUSTOMER, heard.values, line))
    do.append(Remember(_remembered(form, now_known, heard)))
    left = _left(turn)
    if heard.why is not None:
        return _again(turn, now_known, heard, do)
    if now_known.missing and left != 0:
        return _next(turn, now_known, heard, do, left)
    return Outcome((Say(_done(turn, now_known, heard)),), tuple(do))


def _in_their_words(turn: Turn, heard: Heard) -> Heard:
    """What fills no field reaches the owner as it was said: nothing is noted that is not kept."""
    if heard.values or heard.why or heard.open or heard.words or heard.enough:
        return heard
    words = hidden(turn.text.strip())[:_MOST_WORDS]
    return replace(heard, words=f"顾客说：“{words}”") if words else heard


def asked_field(turn: Turn, form: Form) -> Field | None:
    """The field that the open question of this form asks for; None where none is asked."""
    pending = turn.conversation.dialogue.pending
    if pending is None or pending.intent != FORM:
        return None
    if not is_about(pending.slots, form):
        return None
    return form.template.field(pending.expects.removeprefix(f"{FORM}."))


def _again(turn: Turn, form: Form, heard: Heard, do: list[Command]) -> Outcome:
    """Say why the answer cannot be taken, and wait for another one."""
    asked = asked_field(turn, form)
    if asked is None or heard.why is None:
        return Outcome(do=tuple(do))
    noted = _noted(turn, form, heard) if heard.values else ""
    key = "form.again_choice" if asked.type in _CHOICES else "form.again"
    said = phrase(key, noted=noted, why=heard.why)
    say, ask = asking(form, asked, turn.inbox, said, _left(turn))
    wrong = int(turn.slots.get(_WRONG, "0")) + 1
    slots = {**ask.slots, _WRONG: str(wrong)}
    return Outcome((say,), (*do, replace(ask, slots=slots)))


def _next(turn: Turn, form: Form, heard: Heard, do: list[Command], left: int | None) -> Outcome:
    wanted = form.missing[0]
    said = phrase("form.next", noted=_noted(turn, form, heard), question=question_of(wanted))
    say, ask = asking(form, wanted, turn.inbox, said, None if left is None else left - 1)
    return Outcome((say,), (*do, ask))


def _noted(turn: Turn, form: Form, heard: Heard) -> Phrase:
    """What became of the answer, in a few words."""
    fields = [form.template.field(name) for name in heard.values]
    if heard.changed:
        changed = form.template.field(heard.changed)
        if changed is not None:
            value = show(changed, heard.values[heard.changed], turn.now)
            return phrase("form.changed", label=changed.label, value=value)
    if heard.words:
        return phrase("form.passed_on")
    if any(each is not None and each.type is FieldType.PICTURE for each in fields):
        return phrase("form.picture")
    if heard.open and not heard.values:
        return phrase("form.left_open")
    worked_out = any(each is not None and each.type in _ECHOED for each in fields)
    if heard.values and (len(heard.values) > 1 or worked_out):
        return phrase("form.noted_these", told=_in_full(turn, form, heard))
    return phrase("form.noted")


def _in_full(turn: Turn, form: Form, heard: Heard) -> str:
    fields = (each for each in form.theirs if each.id in heard.values)
    return "，".join(
        f"{each.label} {show(each, heard.values[each.id], turn.now)}" for each in fields
    )


def _done(turn: Turn, form: Form, heard: Heard) -> Phrase:
    """The last words on a form: what stands on the ticket now."""
    if heard.enough:
        kind = phrase(f"ticket.kind.{form.kind.value}")
        return phrase("form.enough", kind=kind, number=form.number)
    noted = _noted(turn, form, heard)
    kind = phrase(f"ticket.kind.{form.kind.value}")
    answers = {name: each for name, each in form.answers.items() if _is_theirs(form, name)}
    known = lines(form, answers, turn.now)
    if replace(form, skipped=frozenset()).missing:
        return phrase("form.go_on", noted=noted, kind=kind, number=form.number)
    if heard.changed:
        return noted
    if not heard.values or len(known) <= 1:
        return phrase("form.done_shortly", noted=noted, kind=kind, number=form.number)
    return phrase("form.done", kind=kind, number=form.number, lines=known)


def _is_theirs(form: Form, name: str) -> bool:
    return any(each.id == name for each in form.theirs)


def _remembered(before: Form, after: Form, heard: Heard) -> dict[str, str]:
    last = next((name for name in reversed([*heard.values]) if name), "")
    kept = {LAST: f"{before.key}|{last}"} if last else {}
    if after.skipped != before.skipped:
        kept[skipped_slot(before.key)] = ",".join(sorted(after.skipped))
    return kept


def _left(turn: Turn) -> int | None:
    left = turn.slots.get(LEFT, "")
    return int(left) if left else None


action = Action(intent=FORM, run=run)
