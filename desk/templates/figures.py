"""Answers that are a number or an amount of money: 三个, 35块5, 两万."""

import re
import unicodedata

from desk.kernel.amounts import amount_in, is_about
from desk.kernel.money import Fen
from desk.kernel.numerals import NUMERALS, in_figures
from desk.templates.model import Field
from desk.templates.refusal import Refused, refused

_MOST_DIGITS = 12
_MYRIADS = re.compile(r"(?<![\d.])(\d{1,4})(?:\.(\d{1,4}))? ?[万wW](?![\d\w])")
_JIAO = re.compile(r"(?<![\d元块.])(?<![元块] )([1-9一二两三四五六七八九]) ?[毛角]")
_FIGURE = re.compile(r"(?<![\d.A-Za-z])-?\d[\d,]*(?:\.\d+)?")
_NUMERAL = re.compile(rf"[{NUMERALS}]+")


def read_number(field: Field, words: str) -> int | Refused:
    """A whole number, in figures or in words; of several none is guessed."""
    plain = _myriads(unicodedata.normalize("NFKC", words))
    if is_about(plain):
        return refused("about", field=field.label)
    found = [each[0].replace(",", "") for each in _FIGURE.finditer(plain)]
    if not found:
        spoken = (in_figures(each[0]) for each in _NUMERAL.finditer(plain))
        found = [each for each in spoken if each]
    numbers = dict.fromkeys(found)
    if not numbers or max(map(len, numbers)) > _MOST_DIGITS:
        return refused("no_number", field=field.label)
    if len(numbers) > 1:
        return refused("several", field=field.label)
    number = next(iter(numbers))
    if "." in number:
        return refused("not_whole", field=field.label)
    return _bounded(field, int(number))


def read_money(field: Field, words: str) -> int | Refused:
    """An amount in fen."""
    plain = unicodedata.normalize("NFKC", words)
    if is_about(plain):
        return refused("about", field=field.label)
    plain = _JIAO.sub(lambda found: f"0.{_figure(found[1])}元", _myriads(plain))
    if re.search(r"-\s*[¥￥]?\s*\d", plain) and not re.search(r"\d\s*-\s*\d", plain):
        return refused("no_money", field=field.label)
    amount = amount_in(plain)
    if amount is None:
        several = len(_FIGURE.findall(plain)) > 1
        return refused("several" if several else "no_money", field=field.label)
    least, most = field.least, field.most
    if least is not None and amount < least:
        return refused("money_least", field=field.label, least=Fen(least))
    if most is not None and amount > most:
        return refused("money_most", field=field.label, most=Fen(most))
    return int(amount)


def _figure(word: str) -> str:
    """A digit as a figure, whichever way it is written."""
    return word if word.isascii() else in_figures(word)


def _myriads(text: str) -> str:
    return _MYRIADS.sub(lambda found: f"{found[1]}{(found[2] or ''):0<4}", text)


def _bounded(field: Field, number: int) -> int | Refused:
    least, most = field.least, field.most
    if least is not None and number < least:
        return refused("number_least", field=field.label, least=least)
    if most is not None and number > most:
        return refused("number_most", field=field.label, most=most)
    return number
