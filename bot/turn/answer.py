"""Answers: what a message says to the question that the bot asked before it."""

import re
from collections.abc import Mapping

from bot.understanding.numbers import find_numbers
from desk.conversations.incoming import Text
from desk.conversations.model import Option, Question
from desk.turns import Understanding

_ORDINAL = re.compile(
    r"^\D{0,3}?(?:第)?\s*([1-9一二两三四五六七八九])\s*(?:个|款|双|件|项|号)?[的吧呢。.、!！]*$"
)
_CHINESE = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_FREE_TEXT = 120


def tapped(question: Question, text: Text) -> Mapping[str, str] | None:
    """The slots of the option that was tapped, counted off or named; None if none was."""
    chosen = (
        _by_menu(question.options, text.menu_id)
        or _by_ordinal(question.options, text.text)
        or _by_name(question.options, text.text)
    )
    return chosen.slots if chosen else None


def written(question: Question, text: Text, meant: Understanding) -> Mapping[str, str] | None:
    """The slot that free text fills; None where the message is about something else."""
    match question.expects:
        case "":
            return None
        case "phone_tail":
            whole = find_numbers(text.text).get("phone", ())
            tails = [each[-4:] for each in whole] or _FOUR_DIGITS.findall(text.text)
            return _first("phone_tail", tails)
        case "order_id" | "tracking_no" | "phone" as form:
            return _first(form, find_numbers(text.text).get(form, ()))
        case slot if values := meant.entities.get(slot):
            return {slot: values[0]}
        case slot if _may_be_a_name(question, text.text, meant):
            return {slot: text.text.strip()}
    return None


def _by_menu(options: tuple[Option, ...], menu_id: str) -> Option | None:
    return next((each for each in options if menu_id and each.id == menu_id), None)


def _by_ordinal(options: tuple[Option, ...], text: str) -> Option | None:
    found = _ORDINAL.match(text.strip())
    if not found:
        return None
    index = _CHINESE.get(found[1]) or int(found[1])
    return options[index - 1] if index <= len(options) else None


def _by_name(options: tuple[Option, ...], text: str) -> Option | None:
    said = text.strip()
    named = [
        each for each in options if said and any(said in value for value in each.slots.values())
    ]
    return named[0] if len(named) == 1 else None


def _first(slot: str, values: tuple[str, ...] | list[str]) -> Mapping[str, str] | None:
    return {slot: values[0]} if values else None


def _may_be_a_name(question: Question, text: str, meant: Understanding) -> bool:
    if len(text.strip()) > _FREE_TEXT:
        return False
    return meant.source == "unsure" or meant.intent in (question.intent, "out_of_scope")
