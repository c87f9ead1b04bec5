"""Answers: what a message says to the question that the bot asked before it."""

import re
from collections.abc import Mapping

from actions.asking import SURE
from actions.form_state import FORM
from actions.own_order import NO_NUMBER
from actions.sure import is_plain
from bot.understanding.fragments import SOME_ORDER, THAT, THAT_ORDER, THIS_ONE, fragment
from bot.understanding.numbers import find_numbers
from bot.understanding.picks import pick
from bot.understanding.proving import (
    JUST_ASKED,
    PIECES,
    bare_amount,
    first,
    none_at_hand,
    number_and_proof,
    piece,
)
from bot.understanding.topics import KINDS, SMALL_TALK
from bot.understanding.yes_no import NO, NOD, YES, is_nod, yes_or_no
from desk.conversations.incoming import Text
from desk.conversations.model import Option, Question
from desk.turns import Understanding

_DOUBTS = re.compile(r"[吗?？不没别先]|多久|怎么|什么|哪|几|会|能|那")
_ALL_OF_THEM = re.compile(
    r"^(?:这|那)?(?:两|几|三)?(?:个|单|笔|件)?(?:我)?(?:全部?都?|都|一起|所有)(?:要|退|换|开|的)?\S{0,2}$"
)
_PAST = re.compile(r"^(?:今|昨|前|大前|上|双|\d)")
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
_SAYS_WHICH_ORDER = (
    frozenset(("product", "platform", "date", THAT, THIS_ONE, THAT_ORDER, SOME_ORDER)) | KINDS
)


def tapped(question: Question, text: Text) -> Mapping[str, str] | None:
    """The slots of the option that was tapped, counted off, named or agreed to; None if none."""
    if line := _by_menu(question.options, text.menu_id):
        return line.slots
    if question.expects == SURE:
        return _agreed(question, text.text)
    if paid := bare_amount(question, text.text):
        return paid
    chosen = pick(question.options, text.text)
    return chosen.slots if chosen else none_at_hand(question, text.text)


def written(
    question: Question, text: Text, meant: Understanding, focus: Mapping[str, str]
) -> Mapping[str, str] | None:
    """The slots that free text fills; None where the message is about something else."""
    numbers = find_numbers(text.text)
    match question.expects:
        case _ if question.intent == FORM or not question.expects:
            return None  # What answers a form is read with the form, by bot/turn/form_reading.py.
        case "sure":
            return _insists(question, text.text, meant)
        case asked if asked in PIECES:
            return piece(question, text.text, meant, numbers)
        case "order_id":
            given = number_and_proof(question, text.text, numbers)
            return given or _which_order(question, text.text, meant, focus)
        case "tracking_no" | "phone" as form:
            return first(form, numbers)
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
    if question.asides < JUST_ASKED and (meaning := yes_or_no(text)):
        return {SURE: NOD if meaning == YES and is_nod(text) else meaning}
    line = pick(question.options, text)
    return line.slots if line else None


def _insists(question: Question, text: str, meant: Understanding) -> Mapping[str, str] | None:
    """Saying the wish again in plain words is a yes to it; a question on it is none."""
    if meant.source != "nlu" or meant.confidence < _PLAIN or question.asides >= JUST_ASKED:
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
    if len(text.strip()) > _FREE_TEXT or question.asides >= JUST_ASKED:
        return False
    if not _HAS_A_WORD.search(text) or _A_SENTENCE.search(text) or _A_VERB.fullmatch(text.strip()):
        return False
    return meant.source == "unsure" or meant.intent in (question.intent, "out_of_scope")
