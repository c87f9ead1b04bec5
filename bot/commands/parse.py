"""Reads a command line the way people type it on a phone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from desk.kernel.clock import SHANGHAI

# A Chinese keyboard types 、 where the slash is.
_SLASHES = "/／、"
_STOPS = "。.，,"
_WORD = re.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|([^\s\u3000]+)")
_TICKET = re.compile(r"(?:T-?)?(?:(\d{8})-?)?(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Line:
    """A command line taken apart; `slashed` tells whether it was written as a command."""

    name: str
    words: tuple[str, ...]
    slashed: bool


def parse(text: str, names: frozenset[str]) -> Line:
    """Take a line apart; `names` are known commands, so that /库存学步鞋 needs no space.

    Full-width letters count as plain ones; quotes ("", “”, 「」) hold words together.
    """
    text = text.strip()
    slashed = text[:1] in tuple(_SLASHES)
    words = _words(text.lstrip(_SLASHES) if slashed else text)
    if not words:
        return Line("", (), slashed)
    name, rest = _plain(words[0]), words[1:]
    if name not in names and (known := _glued(name, names)):
        name, rest = known, (words[0][len(known) :], *rest)
    return Line(name, rest, slashed)


def ticket_number(word: str, now: datetime) -> str | None:
    """Complete a ticket's number: 42 is today's T-20261121-0042; None where it is none."""
    found = _TICKET.fullmatch(_plain(word).upper().rstrip(_STOPS))
    if not found:
        return None
    day = found[1] or f"{now.astimezone(SHANGHAI):%Y%m%d}"
    return f"T-{day}-{found[2]:0>4}"


def _words(text: str) -> tuple[str, ...]:
    found = (next(filter(None, each.groups()), "") for each in _WORD.finditer(text))
    return tuple(word for word in found if word)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).lower()


def _glued(word: str, names: frozenset[str]) -> str:
    """The longest Chinese name that the word starts with; Latin ones want their space."""
    fitting = [name for name in names if not name.isascii() and word.startswith(name)]
    return max(fitting, key=len, default="")
