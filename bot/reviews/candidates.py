"""Corrections as training candidates: Rasa's YAML by intent, to be looked at and moved by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reviews.masking import masked
from desk.kernel.private import may_name_somebody
from desk.reviews.intents import INTENTS

_HEAD = """\
# Candidates for training: what people corrected, numbers replaced by invented ones.
# Look at each, annotate what stands in it, and move it into the file of its intent by hand.
version: "3.1"
nlu:
"""
_CHECK = "# CHECK: may hold a name, an address or an account; replace it before you move it.\n"
_CONTACT = re.compile(r"(?:微信|vx|wx|v信|qq)\s*[号:：]*\s*[A-Za-z0-9_-]{5,}|@|://|www\.", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a customer wrote (as it was), and what a person says it means; `seed` masks it."""

    text: str
    intent: str
    seed: str


def as_yaml(candidates: Sequence[Candidate]) -> str:
    """Write candidates, one block for each intent; doubtful ones in blocks of their own."""
    plain: dict[str, list[str]] = {}
    doubtful: dict[str, list[str]] = {}
    for each in candidates:
        text = " ".join(masked(each.text, each.seed).split())
        into = doubtful if may_name_somebody(text) or _CONTACT.search(text) else plain
        if text and text not in into.setdefault(each.intent, []):
            into[each.intent].append(text)
    return _HEAD + _blocks(plain, "") + _blocks(doubtful, _CHECK)


def _blocks(texts: Mapping[str, Sequence[str]], remark: str) -> str:
    return "".join(_block(each, texts[each], remark) for each in INTENTS if texts.get(each))


def _block(intent: str, texts: Sequence[str], remark: str) -> str:
    lines = "".join(f"    - {_plain(text)}\n" for text in texts)
    return f"{remark}- intent: {intent}\n  examples: |\n{lines}"


def _plain(text: str) -> str:
    """Brackets annotate entities in Rasa's format; a customer's own must not."""
    return text.translate(str.maketrans("[]{}", "［］｛｝"))
