"""Openings: 哦对了, 还有, 顺便 before a wish say nothing of it."""

import re

_OPENING = re.compile(
    r"^(?:[哦噢啊诶哎嗯呃][\s,，.。~～]*)*(?:对了|想起来了?|另外(?!一?[个款双件单笔条]|那)|顺便|(?:还有|还想)(?=[\s,，]|我|就是|那|问))"
    r"(?:再|还|也)?(?:想)?(?:问(?:你|您)?(?:一?下|一个|个)?)?[\s,，.。、:：~～]*(?=\S{2})"
)


def without_opening(text: str) -> str:
    """The message from where it begins to say something."""
    return _OPENING.sub("", text.strip())
