"""Turns a message into what the conditional random field sees of each character, and back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nlu.normal import normalise

_NUM = r"[0-9零一二三四五六七八九十两俩半几百]"
_CANDIDATES = {
    "date": re.compile(
        r"大?[前后今明昨]天?[早晚]上?|大?[前后]天|今天|明天|昨天|今儿个?|明儿个?|今晚|明晚|昨晚|今早|明早|"
        r"[上下这本]{1,2}个?(?:周|星期|礼拜|月)[一二三四五六日天末底初]?|(?:周|星期|礼拜)[一二三四五六日天末1-6]|"
        rf"{_NUM}{{1,4}}年|{_NUM}{{1,3}}月{_NUM}{{1,3}}[日号]?|{_NUM}{{1,3}}[日号](?!码|线|店|色|机|楼|院)|"
        rf"(?:上午|下午|早上|晚上|中午|傍晚|凌晨){_NUM}*点?半?|{_NUM}{{1,3}}点(?:半|钟|{_NUM}{{1,2}}分?)?|"
        r"\d{1,2}[:：]\d{2}|\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,2})?|月[底初]|年[底初前]|春节|国庆|中秋|元旦|五一|十一|"
        r"双十[一二]|双11|双12|618|过年|端午|清明|儿童节|七夕|周末"
    ),
    "quantity": re.compile(
        rf"{_NUM}+\s?(?:多|来)?(?:件|个|箱|包|罐|盒|双|套|瓶|台|袋|支|条|提|杯|份|单|只|片|桶|把|块|张|辆|本|节|组|对|听|打|斤|根|筒|卷|枚|副|床|顶)"
    ),
    "size": re.compile(
        rf"{_NUM}+\.?\d?\s?(?:码|段|ml|毫升|升|l|g|kg|克|斤|寸|英寸|匹|米|m|cm|厘米|平|座|号|公斤|p)|"
        r"(?<![a-z])(?:x{0,4}[sml]|[2-6]xl|nb|均)(?:码|号|杯)?(?![a-z])|[大中小特超]{1,2}[杯码号]|"
        rf"\d{{2,3}}(?:[/-]\d{{2,3}})?[abcdef]?(?=的|码)|{_NUM}段"
    ),
    "num": re.compile(r"\d+(?:\.\d+)?"),
    "coupon": re.compile(
        r"满\d+[减打]\d+|\d+元?(?:无门槛|优惠|抵用|代金|抵扣|满减)券?|[\u4e00-\u9fff]{0,4}券"
    ),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of characters with its entity; offsets count characters."""

    entity: str
    start: int
    end: int


class Lexicon:
    """Finds the longest listed word at each place, for every list."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """Build from lists of words by entity name."""
        self._lists = {
            name: {normalise(word.strip()) for word in listed if word.strip()}
            for name, listed in words.items()
        }
        self._longest = {name: max(map(len, ws), default=0) for name, ws in self._lists.items()}

    def spans(self, clean: str) -> list[Span]:
        """Return the longest matches of every list in a normalised text."""
        found: list[Span] = []
        for name, listed in self._lists.items():
            place = 0
            while place < len(clean):
                top = min(self._longest[name], len(clean) - place)
                size = next((n for n in range(top, 0, -1) if clean[place : place + n] in listed), 0)
                if size:
                    found.append(Span(name, place, place + size))
                place += size or 1
        return found


def _kind(char: str) -> str:
    if char.isdigit():
        return "0"
    if "a" <= char <= "z":
        return "a"
    if "\u4e00" <= char <= "\u9fff":
        return "h"
    return "p" if char.isspace() or char in "，。？！、,.?!~～…:：;；（）()" else "x"


def _marks(clean: str, spans: Iterable[Span], prefix: str) -> list[list[str]]:
    marks: list[list[str]] = [[] for _ in clean]
    for span in spans:
        last = span.end - 1
        for place in range(span.start, span.end):
            edge = "S" if span.start == last else "B" if place == span.start else "I"
            marks[place].append(
                f"{prefix}{span.entity}={'E' if place == last != span.start else edge}"
            )
    return marks


def _window(padded: str, kinds: str, place: int) -> list[str]:
    at = place + 3
    left, here, right = padded[at - 1], padded[at], padded[at + 1]
    return [
        "b",
        f"0{here}",
        f"-1{left}",
        f"+1{right}",
        f"-2{padded[at - 2]}",
        f"+2{padded[at + 2]}",
        f"-3{padded[at - 3]}",
        f"+3{padded[at + 3]}",
        f"-10{left}{here}",
        f"01{here}{right}",
        f"-2-1{padded[at - 2]}{left}",
        f"12{right}{padded[at + 2]}",
        f"-101{left}{here}{right}",
        f"-2-10{padded[at - 2]}{left}{here}",
        f"012{here}{right}{padded[at + 2]}",
        f"k{kinds[at - 1 : at + 2]}",
        f"K{kinds[at - 2 : at + 3]}",
    ]


def observe(text: str, lexicon: Lexicon) -> list[list[str]]:
    """Return what the field sees of each character of `text`."""
    clean = normalise(text)
    padded = f"^^^{clean}$$$"
    kinds = "".join(map(_kind, padded))
    listed = _marks(clean, lexicon.spans(clean), "l")
    shaped = _marks(
        clean,
        (
            Span(name, *match.span())
            for name, pattern in _CANDIDATES.items()
            for match in pattern.finditer(clean)
        ),
        "r",
    )
    rows = []
    for place in range(len(clean)):
        row = _window(padded, kinds, place) + listed[place] + shaped[place]
        if place:
            row += [f"<{mark}" for mark in listed[place - 1] + shaped[place - 1]]
        if place + 1 < len(clean):
            row += [f">{mark}" for mark in listed[place + 1] + shaped[place + 1]]
        rows.append(row)
    return rows


def labels_of(text: str, spans: Iterable[Span]) -> list[str]:
    """Return the begin-inside-outside label of each character."""
    labels = ["O"] * len(text)
    for span in spans:
        labels[span.start : span.end] = [f"I-{span.entity}"] * (span.end - span.start)
        labels[span.start] = f"B-{span.entity}"
    return labels


def spans_of(text: str, labels: Sequence[str]) -> list[Span]:
    """Return the spans of a labelled text, blanks at their edges cut off."""
    spans: list[Span] = []
    start, name = 0, ""
    for place, label in enumerate([*labels, "O"]):
        if name and label != f"I-{name}":
            spans.append(Span(name, start, place))
            name = ""
        if label.startswith("B-") or (label.startswith("I-") and not name):
            start, name = place, label[2:]
    return [span for span in (_trim(text, span) for span in spans) if span.start < span.end]


def _trim(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    left = len(inside) - len(inside.lstrip())
    right = len(inside) - len(inside.rstrip())
    return Span(span.entity, span.start + left, span.end - right)
