"""Whether something shall be mended, rather than made good: 能修吗, 报修, 寄修."""

import re

_MEND = re.compile(
    r"(?:能|可以|想|要|怎么|帮我?|给我?|上门|寄|返|报|维|保)修|修(?:一下|理|吗|不|好吗|么)"
)
_NO_MENDING = re.compile(r"不(?:想|要|用)?修|别修|没修好|修不好")


def mends(words: str) -> bool:
    """Whether words want a repair."""
    return _MEND.search(words) is not None and _NO_MENDING.search(words) is None
