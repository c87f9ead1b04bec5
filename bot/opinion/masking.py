"""What the model may read of a customer's words: nothing that names a person, order or account."""

import re

from desk.kernel.private import hidden, may_name_somebody

_MASKS = (
    (re.compile(r"(?:https?://|www\.)\S+", re.I), "〔链接〕"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "〔邮箱〕"),
    (re.compile(r"(?<![A-Za-z0-9])\d{17}[\dXx](?![0-9])"), "〔证件号〕"),
    (re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,5}\d{7,}[\dA-Za-z-]*"), "〔号码〕"),
    (re.compile(r"(?:微信|vx|wx|v信|qq)\s*[号:：是为\s]*[A-Za-z0-9_-]{5,}", re.I), "〔账号〕"),
)


def masked(text: str) -> str | None:
    """The text without numbers, links and addresses; None where a name may be left in it."""
    if may_name_somebody(text):
        return None
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return hidden(text)
