"""Clauses: where one thing that a customer says ends and the next may begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

_ENDS = re.compile(r"(?P<strong>[?？。!！;；\n]+)|(?P<weak>[,，、~～\s]+)")
_BESIDES = re.compile(
    r"(?=另外|顺便|顺带|对了|再问|再帮我|还想问|还要问|还问|其次|以及|第二[，,、 ]"
    r"|然后(?:[，, ]?(?:我|那个|就是|想|帮|地址|电话|发票|能不能|可不可以|可以|麻烦|再))"
    r"|还有(?:[，, ]|我|个|就是|一[个件]|想|那|之前|上次|昨天))"
)
_MOST = 8


class Joint(IntEnum):
    """How firmly a clause is told apart from the one before it."""

    WEAK = 0
    """A comma or a blank: often only a breath."""
    STRONG = 1
    """The end of a sentence, or of a message."""
    BESIDES = 2
    """A word that announces another matter."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of what was said, and how it is joined to the piece before."""

    text: str
    joint: Joint


def clauses(texts: Sequence[str]) -> tuple[Clause, ...]:
    """Divide the messages of a burst; () where there is nothing to divide, or too much of it."""
    found: list[Clause] = []
    for text in texts:
        joint = Joint.STRONG
        for sentence in _BESIDES.split(text):
            found.extend(_pieces(sentence, joint))
            joint = Joint.BESIDES
    return tuple(found) if 1 < len(found) <= _MOST else ()


def _pieces(sentence: str, joint: Joint) -> list[Clause]:
    """The clauses of a stretch of text; the first is joined as told."""
    pieces: list[Clause] = []
    start = 0
    for end in (*_ENDS.finditer(sentence), None):
        piece = sentence[start : end.start() if end else None].strip()
        if piece:
            pieces.append(Clause(piece, joint))
            joint = Joint.WEAK
        if end:
            start = end.end()
            joint = max(joint, Joint.STRONG if end["strong"] else Joint.WEAK)
    return pieces
