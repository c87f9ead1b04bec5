"""Answers in free words: trimmed, bounded, found by their pattern among other words."""

import re
import unicodedata

from desk.templates.model import Field
from desk.templates.refusal import Refused, refused

MOST = 300
"""Characters of a text whose field sets no bound of its own."""

_BLANKS = re.compile(r"[\s\u3000\u200b\ufeff]+")
_HAS_A_WORD = re.compile(r"[^\W_]")
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z@._%+/\-]{3,}")
_BREAKS = re.compile(r"(?<=[0-9A-Za-z])[ \-](?=[0-9A-Za-z])")
_EDGES = " ,，.。;；:：、!！~～“”\"'‘’\n"
_POLITE = re.compile(
    r"(?<![,，。!！~～ ])[,，。!！~～ ]*+"
    r"(?:谢谢[您你啦了]?|麻烦了?|辛苦了?|thx|thanks)[!！。~～ ]*+$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:嗯|好的?|哦|那|就|给我?|帮我|请)*+(?:写|填|开|用|是|叫|改成|改为)"
    r"(?:一?下|成|这个)?[:：，, ]*"
)


def read_text(field: Field, words: str) -> str | Refused:
    """The text of an answer, without politeness around it."""
    if field.pattern:
        return _fitting(field, words)
    text = _POLITE.sub("", tidied(words)).strip(_EDGES)
    text = _LEADS.sub("", text, count=1).strip(_EDGES) or text
    if not _HAS_A_WORD.search(text):
        return refused("no_words", field=field.label)
    return _bounded(field, text)


def tidied(words: str) -> str:
    """The words with each run of blanks as one."""
    return _BLANKS.sub(" ", words).strip()


def tokens_fitting(pattern: str, words: str) -> tuple[str, ...]:
    """The pieces of a message, each once, that a pattern fits as a whole.

    They may be written in full width, in small letters or with blanks between groups.
    """
    plain = unicodedata.normalize("NFKC", tidied(words))
    joined = _BREAKS.sub("", plain)
    pieces = [each[0].strip(".") for text in (plain, joined) for each in _TOKEN.finditer(text)]
    fitting = (fit for each in pieces if (fit := _fit(pattern, each)))
    return tuple(dict.fromkeys(fitting))


def _fitting(field: Field, words: str) -> str | Refused:
    whole = tidied(words).strip(_EDGES)
    plain = unicodedata.normalize("NFKC", whole)
    candidates = (whole, plain, plain.replace(" ", ""), _LEADS.sub("", plain, count=1))
    if fit := next(filter(None, (_fit(field.pattern, each) for each in candidates)), ""):
        return _bounded(field, fit)
    found = tokens_fitting(field.pattern, words)
    if len(found) == 1:
        return _bounded(field, found[0])
    if len(found) > 1:
        return refused("several", field=field.label)
    if fit := _fit(field.pattern, whole, 0):
        return _bounded(field, fit)
    if not _HAS_A_WORD.search(plain):
        return refused("no_words", field=field.label)
    if field.pattern_told:
        return refused("pattern", field=field.label, told=field.pattern_told)
    return refused("pattern_plain", field=field.label)


def _fit(pattern: str, text: str, flags: int = re.ASCII) -> str:
    """The text, or it in capitals, where the pattern fits; "" where it does not.

    At first a word of the pattern (\\w) is one of Latin letters: 发到a@b.com is no address.
    """
    fitting = (each for each in (text, text.upper()) if re.fullmatch(pattern, each, flags))
    return next(fitting, "")


def _bounded(field: Field, text: str) -> str | Refused:
    least, most = field.least or 1, field.most or MOST
    if len(text) > most:
        return refused("too_long", field=field.label, most=most)
    if len(text) < least:
        return refused("too_short", field=field.label, least=least)
    return text
