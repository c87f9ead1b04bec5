"""Restated: a correction read in what was talked about, with the rest kept."""

from collections.abc import Mapping

from actions.called_before import NOT_ITEM
from actions.deny import NOT_WISH
from actions.form_state import FORM
from actions.named_order import NOT_ORDER
from bot.understanding.corrections import Correction
from bot.understanding.fragments import SOME_ORDER, THAT, THAT_ORDER, Fragment, fragment
from bot.understanding.topics import GOODS, carried, takes, topic_for
from bot.understanding.wish_words import named_wish
from desk.conversations.model import Dialogue, Topic
from desk.turns import Understanding

CORRECTION = "correction"
"""The source of a message that puts right what was said or understood before."""

_AN_ORDER = frozenset((THAT_ORDER, SOME_ORDER, "order_id"))
_KINDS_OF_GOODS = frozenset(("size", "color"))
_A_WORD = 4
_OF_KINDS = ("size", "color", "quantity", "product", "city", "store", "date", "platform")

Restated = tuple[str, Mapping[str, str]]


def restated(
    right: Correction, meant: Understanding | None, dialogue: Dialogue, *, clear: bool
) -> Restated | None:
    """The intent and slots that a correction leads to; None where it corrects nothing here.

    `meant` is what the NLU makes of what is wanted, `clear` whether it is sure.
    """
    if intent := named_wish(right.wanted):
        return _another_wish(right, intent, dialogue)
    if not right.wanted or meant is None:
        return _only_denied(right, dialogue)
    piece = fragment(right.wanted, meant.entities) or _of_its_kind(right)
    if piece is not None and (read := _another_thing(right, piece, dialogue)):
        return read
    if right.plain and clear and dialogue.topics:
        firsts = {name: values[0] for name, values in meant.entities.items() if values}
        return meant.intent, _kept(dialogue, meant.intent, firsts)
    return None


def _another_wish(right: Correction, intent: str, dialogue: Dialogue) -> Restated:
    denied = named_wish(right.denied)
    before = _last_intent(dialogue)
    wrong = denied or (before if right.plain else "")
    slots = _kept(dialogue, intent, {})
    return intent, slots | ({NOT_WISH: wrong} if wrong and wrong != intent else {})


def _another_thing(right: Correction, piece: Fragment, dialogue: Dialogue) -> Restated | None:
    topic = topic_for(piece, dialogue)
    if topic is None:
        return None
    new = dict(piece.slots)
    kind = _kind_of(right.denied, topic, dialogue)
    if kind and not new.keys() & _KINDS_OF_GOODS - {kind}:
        new = {kind: next(iter(new.values()), right.wanted)} if len(new) <= 1 else new
    slots = carried(topic, dialogue, new)
    if piece.kinds & _AN_ORDER or "order" in _denies(right, dialogue):
        slots = {name: word for name, word in slots.items() if name not in ("order_id", "item")}
        slots |= {name: word for name, word in new.items() if name == "order_id"}
        if (wrong := dialogue.focus.get("order_id")) and wrong != slots.get("order_id"):
            slots[NOT_ORDER] = wrong
    return topic.intent, slots


def _of_its_kind(right: Correction) -> Fragment | None:
    """雾蓝 instead of 灰的 is a colour too, by whatever name."""
    piece = fragment(right.denied, {}) if right.denied else None
    if piece is None or len(right.wanted) > _A_WORD or len(piece.kinds & _KINDS_OF_GOODS) != 1:
        return None
    kind = next(iter(piece.kinds & _KINDS_OF_GOODS))
    return Fragment({kind: right.wanted}, frozenset())


def _only_denied(right: Correction, dialogue: Dialogue) -> Restated | None:
    """不是这个单: another of the customer's orders or products is meant; which has to be asked."""
    last, item = _last_intent(dialogue), dialogue.focus.get("item")
    if item and last in GOODS and right.denied and _denies(right, dialogue) != "order":
        return last, {NOT_ITEM: item}
    wrong = dialogue.focus.get("order_id")
    if not wrong or "order" not in _denies(right, dialogue):
        return None
    topic = next((e for e in dialogue.topics if takes(e.intent, frozenset((THAT_ORDER,)))), None)
    if topic is None:
        return None
    slots = {k: v for k, v in topic.slots.items() if k not in ("order_id", "item", "said")}
    return topic.intent, slots | {NOT_ORDER: wrong}


def _denies(right: Correction, dialogue: Dialogue) -> str:
    """What is denied: "order", "thing" or "" for neither."""
    piece = fragment(right.denied, {}) if right.denied else None
    if piece is None:
        return ""
    if THAT_ORDER in piece.points:
        return "order"
    about_orders = bool(dialogue.topics) and takes(
        dialogue.topics[0].intent, frozenset((THAT_ORDER,))
    )
    return "order" if THAT in piece.points and about_orders else "thing"


def _kind_of(denied: str, topic: Topic, dialogue: Dialogue) -> str:
    """Which slot holds the word that is denied: 22 in 22码 is the size."""
    known = {**dialogue.focus, **topic.slots}
    return next(
        (kind for kind in _OF_KINDS if denied and denied.rstrip("的") in known.get(kind, "")), ""
    )


def _last_intent(dialogue: Dialogue) -> str:
    pending = dialogue.pending
    if pending is not None and pending.intent != FORM:
        return pending.intent
    return dialogue.topics[0].intent if dialogue.topics else ""


def _kept(dialogue: Dialogue, intent: str, new: Mapping[str, str]) -> dict[str, str]:
    """The words of what was talked about last, as far as the new wish can be about them."""
    before = _words_before(dialogue)
    in_focus = {"product"} if dialogue.focus.get("item") else set[str]()
    kept = {
        name: word
        for name, word in before.items()
        if takes(intent, frozenset((name,))) and name not in in_focus
    }
    return kept | dict(new)


def _words_before(dialogue: Dialogue) -> Mapping[str, str]:
    """Those that were not understood just now, or belong to the question or topic."""
    shown = dialogue.shown
    if dialogue.not_understood and shown and shown.latest and shown.slots:
        return shown.slots
    if dialogue.pending is not None:
        return dialogue.pending.slots
    return dialogue.topics[0].slots if dialogue.topics else {}
