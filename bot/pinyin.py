"""How Chinese characters sound, by pypinyin; see desk.shops.readings."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_KEPT = 65_536
"""Words that titles have in common; reading them is what takes longest."""
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]")


@lru_cache(maxsize=_KEPT)
def readings(text: str) -> tuple[str, ...]:
    """Give the syllable of each character, without tones; "" for what is no Chinese character."""
    return tuple(syllable for run in _RUNS.findall(text) for syllable in _of_run(run))


def _of_run(run: str) -> list[str]:
    if not "\u4e00" <= run[0] <= "\u9fff":
        return [""]
    syllables = lazy_pinyin(run, style=Style.NORMAL, errors="ignore")
    return syllables if len(syllables) == len(run) else [""] * len(run)
