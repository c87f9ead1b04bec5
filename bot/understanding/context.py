"""Context: what a message means that says too little by itself, or of which the NLU is unsure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.understanding.fragments import Fragment, fragment
from bot.understanding.mood import Mood, mood_of
from bot.understanding.numbers import only_a_phone
from bot.understanding.one_size_up import one_size_up
from bot.understanding.rules import by_rules
from bot.understanding.topics import CONTEXT, GOODS, KINDS, SMALL_TALK, in_topic, of_orders, takes
from desk.conversations.model import Dialogue
from desk.turns import Understanding

_LIKELY = 3
_NEARLY = 0.6
"""A wish near to what was talked about is meant when it is this likely, beside the likeliest."""
_GOES_ON = re.compile(r"^(?:还是|依然|仍然|照样|一样)")
_SHORT = 10
_SAYS_NO_SIZE = re.compile(r"\d|88|666|555|233|520")
"""A bare digit counts something off, and some numbers are words."""
_NAMES_IT = frozenset(("product", "item", "order_id", "tracking_no"))
_LATELY = 2


def in_context(
    text: str, meant: Understanding, dialogue: Dialogue, *, unsure: bool
) -> tuple[Understanding, Mapping[str, str]]:
    """What is meant, and with which words, by a message that is no answer to a question."""
    piece = fragment(only_a_phone(text) or text, meant.entities)
    if piece is not None and (read := in_topic(piece, dialogue)):
        intent, slots = read
        return replace(meant, intent=intent, source=CONTEXT), slots
    at_a_loss = unsure or meant.intent in SMALL_TALK
    if at_a_loss and piece is not None and _begins_with(piece, text):
        return replace(meant, intent="stock_check", source=CONTEXT), piece.slots
    last = dialogue.topics[0].intent if dialogue.topics else ""
    if last in GOODS and (bigger := one_size_up(text)):
        return replace(meant, intent=last, source=CONTEXT), bigger
    if unsure:
        meant = _by_likelihood(text, meant, dialogue)
    return meant, _reminded(meant, dialogue)


def _begins_with(piece: Fragment, text: str) -> bool:
    """想问下奶粉, 3段的, 22: who names goods and nothing else wants to see what there is."""
    if piece.kinds == {"quantity"} or _SAYS_NO_SIZE.fullmatch(text.strip()):
        return False
    return piece.kinds <= KINDS | {"product"}


def _by_likelihood(text: str, meant: Understanding, dialogue: Dialogue) -> Understanding:
    """What the NLU was unsure of may be plain by its words, or by what was talked about."""
    likely = [intent for intent, _ in meant.ranking[:_LIKELY]]
    if dialogue.topics and len(text) <= _SHORT and _GOES_ON.search(text):
        return replace(meant, intent=dialogue.topics[0].intent, source=CONTEXT)
    ruled, near = by_rules(text), _near(text, meant, dialogue)
    if ruled is not None and ruled.intent in likely and (not near or ruled.intent in near):
        return replace(meant, intent=ruled.intent, source="rule")
    return replace(meant, intent=near[0], source=CONTEXT) if near else meant


def _near(text: str, meant: Understanding, dialogue: Dialogue) -> list[str]:
    """Wishes that are likely, and of the kind that was talked about last; that one first."""
    if not dialogue.topics or not meant.ranking or meant.intent in SMALL_TALK:
        return []
    if mood_of(text) is not Mood.CALM:
        return []
    last = dialogue.topics[0].intent
    least = meant.ranking[0][1] * _NEARLY
    likely = [intent for intent, chance in meant.ranking[:_LIKELY] if chance >= least]
    near = [intent for intent in likely if intent == last or _alike(intent, last)]
    return sorted(near, key=lambda intent: intent != last)


def _alike(one: str, other: str) -> bool:
    return {one, other} <= GOODS or (of_orders(one) and of_orders(other))


def _reminded(meant: Understanding, dialogue: Dialogue) -> Mapping[str, str]:
    """The message's own words, and the product talked about lately where it names nothing.

    What is in focus is known better than by the words it was named with.
    """
    slots = {name: values[0] for name, values in meant.entities.items() if values}
    known = dialogue.focus.get("order_id" if of_orders(meant.intent) else "item")
    if known or _NAMES_IT & slots.keys() or not takes(meant.intent, frozenset(("product",))):
        return slots
    lately = [each.slots for each in dialogue.topics[:_LATELY] if _serves(each.intent, meant)]
    if dialogue.not_understood and dialogue.shown is not None:
        lately.insert(0, dialogue.shown.slots)
    product = next((each["product"] for each in lately if each.get("product")), "")
    return {"product": product, **slots} if product else slots


def _serves(topic: str, meant: Understanding) -> bool:
    """A product asked about is not the one bought; one that was bought may be asked about."""
    return of_orders(topic) or not of_orders(meant.intent)
