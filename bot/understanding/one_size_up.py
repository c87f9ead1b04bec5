"""One size up: 大一码的呢, counted from the size that was talked about."""

import re
from collections.abc import Mapping

from desk.conversations.model import Dialogue

_STEP = re.compile(
    r"^(?:那|有没有|有|换个?|要|再|来|给我)*(?P<way>大|小)(?P<step>一|1|半|两|2)?(?:个)?(?:码|号|点|些)"
    r"(?:点)?(?:的|呢|吗|有吗|有没有|有货吗|还有吗)*[?？。\s]*$"
)
_SIZE = re.compile(r"^(\d{1,3})(?:\.5)?(\D*)$")
_STEPS = {"两": 2, "2": 2}


def one_size_up(text: str, dialogue: Dialogue) -> Mapping[str, str] | None:
    """The size meant by a bigger or smaller one; None where no number is known to count from."""
    step, size = _STEP.match(text.strip()), _SIZE.match(dialogue.focus.get("size", ""))
    if step is None or size is None:
        return None
    count = _STEPS.get(step["step"] or "", 1)
    number = int(size[1]) + (count if step["way"] == "大" else -count)
    return {"size": f"{number}{size[2]}"} if number > 0 else None
