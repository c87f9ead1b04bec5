"""What is told for a form while its order is still asked for: kept until its ticket is open."""

import json
from collections.abc import Mapping

from actions.asking import SAID
from actions.mending import mends
from actions.pending import needed
from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.conversations.model import Question
from desk.front import Desk
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.templates.model import FilledBy, Template
from desk.templates.telling import told_in
from desk.templates.values import show
from desk.tickets.model import FieldValue
from desk.turns import Turn

VALUES, WORDS = "form_values", "form_words"
"""Slots of a question for the order: answers as JSON by field, and words beyond the first, a line
each."""
TEMPLATE = "form_of"
"""Slot of a message that is told for a form to come: which template that is."""

KINDS: Mapping[str, str] = {
    "return_request": "return",
    "exchange_request": "exchange",
    "after_sales_claim": "after_sales",
    "invoice_request": "invoice",
    "delivery_change": "order_change",
    "price_protection": "price_protection",
    "parcel_missing": "not_received",
    "urge_order": "urge",
}
"""Wishes that ask for an order first, and the template of the ticket that they open then."""

_FOR_THE_ORDER = frozenset(("order_id", "phone_tail", "paid_amount", "bought"))
_MOST_WORDS = 300


def asks_first(pending: Question | None) -> str:
    """The template of the ticket that a question for its order stands before; "" for none."""
    if pending is None or pending.expects not in _FOR_THE_ORDER:
        return ""
    kind = KINDS.get(pending.intent, "")
    return "repair" if kind == "after_sales" and mends(pending.slots.get(SAID, "")) else kind


def kept_values(slots: Mapping[str, str]) -> dict[str, FieldValue]:
    """The answers that were told before."""
    told: dict[str, FieldValue] = {}
    for name, value in json.loads(slots.get(VALUES) or "{}").items():
        told[name] = tuple(value) if isinstance(value, list) else value
    return told


def kept_words(slots: Mapping[str, str]) -> tuple[str, ...]:
    """What was said of the matter while the order was asked for."""
    return tuple(filter(None, slots.get(WORDS, "").split("\n")))


def told_now(turn: Turn, template: Template, slots: Mapping[str, str]) -> dict[str, FieldValue]:
    """What a message tells of the form to come, beyond what is known."""
    known = kept_values(slots)
    if first := slots.get(SAID):
        known = {**told_in(template, known, first, {}, turn.now), **known}
    entities = {name: each[0] for name, each in turn.understanding.entities.items() if each}
    told = told_in(template, known, turn.text, entities, turn.now)
    return {name: each for name, each in told.items() if known.get(name) != each}


def keeping(slots: Mapping[str, str], told: Mapping[str, FieldValue], words: str) -> dict[str, str]:
    """The slots of the question with further answers and words."""
    values = json.dumps({**kept_values(slots), **told}, ensure_ascii=False)
    said = "\n".join(dict.fromkeys((*kept_words(slots), " ".join(words.split()))))
    return {**slots, VALUES: values, WORDS: said[:_MOST_WORDS]}


async def told_before(turn: Turn, desk: Desk) -> Outcome | None:
    """Keep what is told, and ask for the order again; None where nothing is waiting for it."""
    pending = turn.conversation.dialogue.pending
    template = await desk.templates.in_force(turn.slots.get(TEMPLATE, ""))
    if pending is None or template is None:
        return None
    told = told_now(turn, template, pending.slots)
    slots = keeping(pending.slots, told, turn.text)
    said = phrase("form.before", noted=_noted(turn, template, told), question=_question(pending))
    menu = tuple(Choice(each.id, each.label) for each in pending.options)
    ask = Ask(pending.intent, pending.expects, pending.options, slots)
    return Outcome((Say(said, menu),), (ask,))


def _noted(turn: Turn, template: Template, told: Mapping[str, FieldValue]) -> Phrase:
    fields = (each for each in template.fields if each.filled_by is FilledBy.CUSTOMER)
    lines = [
        f"{each.label} {show(each, told[each.id], turn.now)}" for each in fields if each.id in told
    ]
    return phrase("form.noted_these", told="，".join(lines)) if lines else phrase("form.noted")


def _question(pending: Question) -> Phrase:
    """The order once more in full; after that it is only named."""
    if pending.expects != "order_id":
        return needed(pending)
    if len(pending.options) > 1:
        return phrase("form.before_which")
    return phrase("form.before_again" if WORDS in pending.slots else "form.before_order")
