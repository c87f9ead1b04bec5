"""What to call a product in a sentence: shop titles are written for search engines."""

import re

_LONG_ENOUGH = 6
_LONGEST = 24
_TELLS_APART = re.compile(r"\d\s*段|\d+(?:\.\d+)?(?:ml|l|g|kg|片|罐|支|包|寸|升|克)(?![a-z])", re.I)


def called(title: str) -> str:
    """The first words of a title, with the stage or size that tells it from its neighbours.

    婴儿学步鞋 软底 春秋款 → 婴儿学步鞋; 启赋奶粉 官方正品 3段 800g → 启赋奶粉 官方正品 3段 800g.
    """
    name = ""
    for word in title.split():
        if len(name) < _LONG_ENOUGH or _TELLS_APART.search(word):
            name = f"{name} {word}".strip()
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
