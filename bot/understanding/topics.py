"""Topics: which of the things talked about a fragment belongs to, and what it is read with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from actions.asking import SAID
from actions.form_state import FORM
from actions.named_order import NOT_ORDER
from bot.understanding.fragments import SOME_ORDER, THAT, THAT_ORDER, THIS_ONE, Fragment
from desk.conversations.model import Dialogue, Topic

CONTEXT = "context"
"""The source of a message that means something in what was talked about only."""

SMALL_TALK = frozenset(("greet", "goodbye", "thank", "affirm", "deny", "out_of_scope"))
"""What nobody wants anything with."""

KINDS = frozenset(("size", "color", "quantity"))
"""Entities that say which kind of a product is meant, and not what is asked about it."""

_GOODS = frozenset(("product", "platform", "store", THAT, THIS_ONE)) | KINDS
_ORDERS = frozenset(
    (
        "order_id",
        "tracking_no",
        "phone_tail",
        "paid_amount",
        "product",
        "platform",
        "date",
        "quantity",
    )
) | {THAT, THAT_ORDER, SOME_ORDER}

_TAKES: Mapping[str, frozenset[str]] = {
    "stock_check": _GOODS,
    "price_query": _GOODS,
    "product_consult": _GOODS,
    "restock_notify": _GOODS | {"phone"},
    "order_status": _ORDERS,
    "urge_order": _ORDERS,
    "logistics_query": _ORDERS,
    "logistics_delay": _ORDERS,
    "parcel_missing": _ORDERS,
    "return_request": _ORDERS,
    "exchange_request": _ORDERS | KINDS,
    "refund_status": _ORDERS,
    "after_sales_claim": _ORDERS,
    "price_protection": _ORDERS,
    "invoice_request": _ORDERS | {"phone"},
    "delivery_change": _ORDERS | {"phone", "city"},
    "order_cancel": _ORDERS,
    "ticket_progress": frozenset(("ticket",)),
    "store_locate": frozenset(("city", "store")),
    "appointment_book": frozenset(("date", "store", "city", "phone", "product", "quantity")),
    "coupon_query": frozenset(("coupon", "platform")),
    "promotion_query": frozenset(("coupon", "platform", "product")),
    "member_query": frozenset(("platform",)),
}
"""What a fragment may name to be about a topic."""

GOODS = frozenset(("stock_check", "price_query", "product_consult", "restock_notify"))
_OF_A_PRODUCT = frozenset(("product", "item", "said")) | KINDS
_NAMES_AN_ORDER = frozenset(("order_id", "tracking_no", "product", "platform", "date"))
_OF_AN_ORDER = frozenset(("order_id", "tracking_no", "order", "phone_tail", "paid_amount"))


def topic_for(piece: Fragment, dialogue: Dialogue) -> Topic | None:
    """The latest topic that takes all that a fragment names.

    A product alone goes back to no older wish but one on goods.
    """
    for place, topic in enumerate(_topics(dialogue)):
        is_older = place > 0 and piece.kinds == {"product"} and topic.intent not in GOODS
        if takes(topic.intent, piece.kinds) and not is_older:
            return topic
    return None


def takes(intent: str, kinds: frozenset[str]) -> bool:
    """Whether a wish can be about these kinds of things."""
    return kinds <= _TAKES.get(intent, frozenset())


def of_orders(intent: str) -> bool:
    """Whether a wish is about an order of the customer's."""
    return takes(intent, frozenset((THAT_ORDER,)))


def carried(topic: Topic, dialogue: Dialogue, new: Mapping[str, str]) -> dict[str, str]:
    """What a topic is read with: its own words, the order in focus, and the new words over them.

    A product that is in focus is known better than by the words it was named with.
    """
    kept = dict(topic.slots)
    if topic.intent in GOODS or "product" in new:
        kept = {name: word for name, word in kept.items() if name not in _OF_A_PRODUCT}
    if _OF_AN_ORDER & new.keys():
        kept = {name: word for name, word in kept.items() if name not in _OF_AN_ORDER}
    return kept | dict(new)


def in_topic(piece: Fragment, dialogue: Dialogue) -> tuple[str, Mapping[str, str]] | None:
    """The intent and the slots that a fragment means in its dialogue."""
    topic = topic_for(piece, dialogue)
    if topic is not None:
        slots = carried(topic, dialogue, piece.slots)
        if THAT_ORDER in piece.points and (order := dialogue.focus.get("order_id")):
            slots.setdefault("order_id", order)
        if SOME_ORDER in piece.points:
            slots = _another_order(slots, topic, dialogue)
        return _shown_rather(topic.intent, piece), slots
    if dialogue.focus.get("item") and piece.kinds <= KINDS:
        return "stock_check", piece.slots
    return None


def _shown_rather(intent: str, piece: Fragment) -> str:
    """那22的呢 after advice asks whether it is there, and not for the advice once more."""
    return "stock_check" if intent == "product_consult" and piece.kinds <= KINDS else intent


def _another_order(slots: Mapping[str, str], topic: Topic, dialogue: Dialogue) -> dict[str, str]:
    kept = {name: word for name, word in slots.items() if name not in _OF_AN_ORDER}
    return kept | guessed_before(topic, dialogue)


def guessed_before(topic: Topic, dialogue: Dialogue) -> dict[str, str]:
    """The order that we took by ourselves for a wish, which was not meant if one is named now."""
    guessed = dialogue.focus.get("order_id")
    if not guessed or topic.slots.keys() & _NAMES_AN_ORDER:
        return {}
    return {NOT_ORDER: guessed}


def _topics(dialogue: Dialogue) -> Iterator[Topic]:
    """What was talked about, the open question first while nothing else came after it."""
    pending = dialogue.pending
    if pending is not None and pending.intent == FORM:
        pending = None  # It goes on with a ticket that is open already.
    asked = Topic(pending.intent, pending.asked_at, pending.slots) if pending else None
    if pending and asked and not pending.asides:
        yield asked
    yield from (replace(each, slots=_without_said(each.slots)) for each in dialogue.topics)
    if pending and asked and pending.asides:
        yield asked


def _without_said(slots: Mapping[str, str]) -> Mapping[str, str]:
    return {name: word for name, word in slots.items() if name != SAID}
