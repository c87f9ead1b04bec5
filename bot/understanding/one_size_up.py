"""One size up: 大一码的呢 is about the product talked about; the action counts."""

import re
from collections.abc import Mapping

_STEP = re.compile(
    r"^(?:那|有没有|有|换个?|要|再|来|给我)*(?P<step>[大小](?:[一1半两2]个?[码号]|一?[点些]))"
    r"(?:的|呢|吗|么|嘛|有|没|得|还|货|啊|呀|不)*[?？。\s]*$"
)


def one_size_up(text: str) -> Mapping[str, str] | None:
    """The words for a bigger or smaller size; None where the message says more than that."""
    step = _STEP.match(text.strip())
    return {"size": step["step"]} if step else None
