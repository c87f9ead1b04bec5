"""Numbers that are written in words, where they count or measure something: 二十二码 is 22码."""

import re

_DIGITS = {word: at for at, word in enumerate("零一二三四五六七八九")} | {"两": 2}
_MEASURED = r"阶?段|码|号(?!链)|匹|升|英寸|寸|系|代|座|斤|公斤|千克|克|毫升|米|课时|厘米"
_TENS = re.compile(
    rf"[一二三四五六七八九]?十[一二三四五六七八九]|[二三四五六七八九]十|十(?={_MEASURED})"
)
_ONE = re.compile(rf"[一二两三四五六七八九](?=(?:{_MEASURED}))")
_AND_A_HALF = re.compile(r"(\d)(匹|斤|公斤|升|米)半")
_HALF = re.compile(r"半(斤|公斤|升|米)")


def in_digits(text: str) -> str:
    """Write measured numbers in digits: 三段 as 3段, 一匹半 as 1.5匹; 三件套 stays."""
    plain = _TENS.sub(lambda found: str(_value(found[0])), text)
    plain = _ONE.sub(lambda found: str(_DIGITS[found[0]]), plain)
    plain = _AND_A_HALF.sub(r"\1.5\2", plain)
    return _HALF.sub(r"0.5\1", plain)


def _value(word: str) -> int:
    tens, _, ones = word.partition("十")
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
