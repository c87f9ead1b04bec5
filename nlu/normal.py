"""Brings a message to one spelling without moving a character, so that entity offsets still fit."""

import unicodedata
from functools import cache
from pathlib import Path

import opencc

# Characters that the general table turns into rarer or unwanted ones in customers' messages.
_KEEP = frozenset("著乾")


@cache
def _simplified() -> dict[str, str]:
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line)
    return {old: new.split(" ")[0] for old, new in pairs if len(old) == 1 and old not in _KEEP}


@cache
def _one(char: str) -> str:
    if unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Cs", "Co", "Cn"}:
        return " "
    folded = unicodedata.normalize("NFKC", char).lower()
    if len(folded) != 1:
        return char
    return _simplified().get(folded, folded)


def normalise(text: str) -> str:
    """Return `text` with half-width, lower-case, simplified characters, of the same length."""
    return "".join(map(_one, text))
