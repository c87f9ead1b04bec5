"""Numbers that are written in Chinese words: 一百二十九, 一二九, 三万五."""

_DIGIT = {word: at for at, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000}

NUMERALS = "零〇一二两三四五六七八九十百千万"
"""The characters that such a number is made of."""

_LONGEST = 30
"""Characters; what is longer counts nothing."""


def in_figures(words: str) -> str:
    """129 of 一百二十九 and of 一二九; 一百二 is 120; "" where they are no number.

    `words` are NUMERALS only.
    """
    if len(words) > _LONGEST:
        return ""
    if all(word in _DIGIT for word in words):
        return "".join(str(_DIGIT[word]) for word in words)
    myriads, _, rest = words.rpartition("万")
    if myriads and rest in _DIGIT:
        return str(int(in_figures(myriads)) * 10_000 + _DIGIT[rest] * 1_000)
    whole = int(in_figures(myriads)) if myriads else 0
    return str(whole * 10_000 + _below_a_myriad(rest))


def _below_a_myriad(words: str) -> int:
    total, digit, last = 0, 0, 1
    for word in words:
        if word in _UNIT:
            total, digit, last = total + (digit or 1) * _UNIT[word], 0, _UNIT[word]
        elif word in _DIGIT:
            digit, last = _DIGIT[word], last if word not in "零〇" else 1
    return total + digit * (last // 10 if last > 10 else 1)
