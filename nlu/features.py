"""Turns a message into the counted pieces that the intent classifier weighs."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import jieba
import pypinyin

from nlu.asides import part
from nlu.normal import normalise
from nlu.numbers import find_numbers

_LINK = re.compile(
    r"(?:https?://|www\.)[\x21-\x7e]+|[a-z0-9-]+\.(?:com|cn|net|top)(?:/[\x21-\x7e]*)?"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_REPEAT = re.compile(r"(.)\1{2,}")
_BREAK = re.compile(r"[\s,，。.!！;；、~～…:：|]+")
_ASK = re.compile(r"[?？]+")
_REACH = 16
jieba.setLogLevel(logging.WARNING)
_PLACEHOLDERS = {"order_id": "⟦", "tracking_no": "⟧", "phone": "☏"}


def _width(match: re.Match[str]) -> str:
    whole = match.group().split(".")[0]
    return "➊➋➌➍➎➏"[min(len(whole), 6) - 1]


def simplify(text: str) -> str:
    """Return the message with numbers and links as placeholders and breaks as single blanks."""
    pieces, place = [], 0
    for number in find_numbers(text):
        pieces += [text[place : number.start], _PLACEHOLDERS[number.entity]]
        place = number.end
    clean = normalise("".join([*pieces, text[place:]]))
    clean = _LINK.sub("⌁", clean)
    clean = _DIGITS.sub(_width, clean)
    clean = _REPEAT.sub(r"\1\1", clean)
    clean = _ASK.sub("?", clean)
    return _BREAK.sub(" ", clean).strip()


def _grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


@cache
def _sound(char: str) -> str:
    if not "\u4e00" <= char <= "\u9fff":
        return char
    sound = pypinyin.lazy_pinyin(char)[0]
    for loose, strict in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(loose):
            sound = strict + sound[2:]
    return sound.removesuffix("g") if sound.endswith("ng") else sound


def sounds(text: str) -> list[str]:
    """Return the toneless, southern-tolerant reading of each character."""
    return [_sound(char) for char in text]


def _characters(text: str) -> Iterator[str]:
    framed = f"^{text}$"
    return (f"c{gram}" for gram in _grams(framed, 1, 3) if gram not in {"^", "$", " "})


def _pairs(text: str) -> Iterator[str]:
    """Yield characters of one clause that stand apart: "没…发", whatever stands between."""
    for clause in text.split():
        framed = f"^{clause}$"
        for left, first in enumerate(framed):
            for second in framed[left + 2 : left + _REACH]:
                yield f"s{first}{second}"


def _readings(text: str) -> Iterator[str]:
    read = ["^", *sounds(text.replace(" ", "")), "$"]
    for size in (2, 3):
        for start in range(len(read) - size + 1):
            yield "p" + "'".join(read[start : start + size])


def _words(text: str) -> Iterator[str]:
    words = ["^", *(word for word in jieba.cut(text) if word.strip()), "$"]
    yield from (f"w{word}" for word in words[1:-1])
    yield from (f"w{left}_{right}" for left, right in pairwise(words))


def _set_aside(text: str) -> Iterator[str]:
    return (f"d{gram}" for gram in _grams(text, 1, 4) if gram != " ")


def features_of(text: str) -> Counter[str]:
    """Return the pieces of a message with their counts; the first letter names the block."""
    kept, aside = part(simplify(text))
    counted: Counter[str] = Counter()
    for block in (_characters, _pairs, _readings, _words):
        counted.update(block(kept))
    counted.update(_set_aside(aside))
    return counted
