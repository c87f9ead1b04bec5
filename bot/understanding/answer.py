"""Answers: what a message says to the question that the bot asked before it."""

import re
from collections.abc import Mapping

from actions.asking import SURE
from actions.own_order import NO_NUMBER
from actions.sure import is_plain
from bot.understanding.fragments import SOME_ORDER, THAT, THAT_ORDER, THIS_ONE, fragment
from bot.understanding.numbers import find_numbers
from bot.understanding.picks import pick
from bot.understanding.topics import KINDS, SMALL_TALK
from bot.understanding.yes_no import NO, NOD, YES, is_nod, yes_or_no
from desk.conversations.incoming import Text
from desk.conversations.model import Option, Question
from desk.turns import Understanding

_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DOUBTS = re.compile(r"[吗?？不没别先]|多久|怎么|什么|哪|几|会|能|那")
_ALL_OF_THEM = re.compile(
    r"^(?:这|那)?(?:两|几|三)?(?:个|单|笔|件)?(?:我)?(?:全部?都?|都|一起|所有)(?:要|退|换|开|的)?\S{0,2}$"
)
_PAST = re.compile(r"^(?:今|昨|前|大前|上|双|\d)")
PROOF = frozenset(("order_id", "phone_tail"))
"""What is asked for before somebody reads of an order."""
_NONE_AT_HAND = re.compile(
    r"(?:我|这边|手上|也|都|真的?|现在|但|可|就是)*"
    r"(?:没有?|找不[到着]|查不到|看不到|不记得|记不[得清]|不知道|不清楚|不会(?:找|查|弄|看)|忘记?|没存|删)(?:了|到)?"
    r"(?:在?哪里?(?:找|看|有)?|怎么(?:找|看))?(?:我的|那个|这个)?(?:订单号码?|订单|单号|号码?|手机号|尾号)?"
    r"(?:在?哪里?(?:找|看|有)?|怎么(?:找|看))?[了啊呀呢的诶欸哎哦啦]*[。.!！~～？?…]*"
)
_FREE_TEXT = 120
_HAS_A_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_A_VERB = re.compile(r"[买看要有是好嗯哦啊选拿下拍查]{1,2}了?[吧啊呀]?")
_A_SENTENCE = re.compile(
    r"[吗呢么啥?？]|多少|怎|什么|哪|几[个块点天]|谁|比|[你您]们?|"
    r"^(?:where|what|how|do|does|is|are|can|when|why|who|i|please)\b",
    re.IGNORECASE,
)
"""What asks or tells something is no name of a product."""
_PLAIN = 0.7
_SHORT = 4
_JUST_ASKED = 2
"""A question that was said again once is still in the customer's ear; later it is not."""
_SAYS_WHICH_ORDER = (
    frozenset(("product", "platform", "date", THAT, THIS_ONE, THAT_ORDER, SOME_ORDER)) | KINDS
)


def tapped(question: Question, text: Text) -> Mapping[str, str] | None:
    """The slots of the option that was tapped, counted off, named or agreed to; None if none."""
    if line := _by_menu(question.options, text.menu_id):
        return line.slots
    if question.expects == SURE:
        return _agreed(question, text.text)
    chosen = pick(question.options, text.text)
    return chosen.slots if chosen else _has_no_number(question, text.text)


def written(
    question: Question, text: Text, meant: Understanding, focus: Mapping[str, str]
) -> Mapping[str, str] | None:
    """The slots that free text fills; None where the message is about something else."""
    numbers = find_numbers(text.text)
    match question.expects:
        case "":
            return None
        case "sure":
            return _insists(question, text.text, meant)
        case "phone_tail":
            return _tail(text.text, numbers)
        case "order_id":
            return _proving(question, numbers) or _which_order(question, text.text, meant, focus)
        case "tracking_no" | "phone" as form:
            return _first(form, numbers)
        case _ if _is_another_wish(question, text.text, meant):
            return None
        case slot if values := meant.entities.get(slot):
            return {slot: values[0]}
        case "size":
            return _which_kind(text.text, meant)
        case slot if _may_be_a_name(question, text.text, meant):
            return {slot: text.text.strip()}
    return None


def _agreed(question: Question, text: str) -> Mapping[str, str] | None:
    """Yes or no, said while the question is in the customer's ear, or counted off."""
    if question.asides < _JUST_ASKED and (meaning := yes_or_no(text)):
        return {SURE: NOD if meaning == YES and is_nod(text) else meaning}
    line = pick(question.options, text)
    return line.slots if line else None


def _insists(question: Question, text: str, meant: Understanding) -> Mapping[str, str] | None:
    """Saying the wish again in plain words is a yes to it; a question on it is none."""
    if meant.source != "nlu" or meant.confidence < _PLAIN or question.asides >= _JUST_ASKED:
        return None
    if meant.intent == "deny":
        return {SURE: NO}
    if _DOUBTS.search(text):
        return None
    if meant.intent == question.intent and is_plain(text, question.intent):
        return {SURE: YES}
    return {SURE: NOD} if meant.intent in (question.intent, "affirm") else None


def _which_order(
    question: Question, text: str, meant: Understanding, focus: Mapping[str, str]
) -> Mapping[str, str] | None:
    """An order that is pointed at: the one in focus, or one for the action to find by the words."""
    if len(question.options) > 1 and _ALL_OF_THEM.search(text.strip()):
        return {NO_NUMBER: "列出的都要"}
    piece = fragment(text, meant.entities)
    if piece is None or not piece.kinds <= _SAYS_WHICH_ORDER:
        return None
    if piece.kinds & {THAT, THIS_ONE, THAT_ORDER} and (order := focus.get("order_id")):
        return {**piece.slots, "order_id": order}
    if piece.kinds & {SOME_ORDER, "product", "platform"} or _PAST.search(
        piece.slots.get("date", "")
    ):
        return piece.slots
    return None


def _by_menu(options: tuple[Option, ...], menu_id: str) -> Option | None:
    return next((each for each in options if menu_id and each.id == menu_id), None)


def _tail(text: str, numbers: Mapping[str, tuple[str, ...]]) -> Mapping[str, str] | None:
    if whole := numbers.get("phone"):
        return {"phone_tail": whole[0][-4:]}
    tails = _FOUR_DIGITS.findall(text)
    return {"phone_tail": tails[0]} if tails else None


def _proving(
    question: Question, numbers: Mapping[str, tuple[str, ...]]
) -> Mapping[str, str] | None:
    """The number, and the tail of the telephone that it came with or that came before it.

    A telephone number alone is none of an order: it is kept, and the order is asked for again.
    """
    number = _first("order_id", numbers) or {}
    if not number and _has_orders(question):
        return None
    own_phone = question.intent != "delivery_change" or not number
    tail = numbers.get("phone_tail") or (numbers.get("phone", ()) if own_phone else ())
    proof = {**number, **({"phone_tail": tail[0][-4:]} if tail else {})}
    return proof or None


def _has_orders(question: Question) -> bool:
    return any("order_id" in each.slots for each in question.options)


def _has_no_number(question: Question, text: str) -> Mapping[str, str] | None:
    """没订单号啊, 找不到, 忘了 to the question for a number is the line that says so, typed."""
    if question.expects not in PROOF or question.asides >= _JUST_ASKED or _has_orders(question):
        return None
    return {NO_NUMBER: "没有订单号"} if _NONE_AT_HAND.fullmatch(text.strip()) else None


def _first(slot: str, numbers: Mapping[str, tuple[str, ...]]) -> Mapping[str, str] | None:
    values = numbers.get(slot, ())
    return {slot: values[0]} if values else None


def _which_kind(text: str, meant: Understanding) -> Mapping[str, str] | None:
    """Size and colour; a short word that nobody knows may be the shop's own name for one."""
    piece = fragment(text, meant.entities)
    if piece is not None and piece.kinds <= KINDS:
        return piece.slots
    unknown = meant.source == "unsure" and piece is None and len(text.strip()) <= _SHORT
    return {"size": text.strip()} if unknown else None


def _is_another_wish(question: Question, text: str, meant: Understanding) -> bool:
    """学步鞋多少钱 names the product that was asked for, and wants to know something else of it."""
    if meant.source != "nlu" or meant.confidence < _PLAIN or meant.intent in SMALL_TALK:
        return False
    return meant.intent != question.intent and fragment(text, meant.entities) is None


def _may_be_a_name(question: Question, text: str, meant: Understanding) -> bool:
    if len(text.strip()) > _FREE_TEXT or question.asides >= _JUST_ASKED:
        return False
    if not _HAS_A_WORD.search(text) or _A_SENTENCE.search(text) or _A_VERB.fullmatch(text.strip()):
        return False
    return meant.source == "unsure" or meant.intent in (question.intent, "out_of_scope")
