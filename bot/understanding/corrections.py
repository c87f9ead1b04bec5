"""Corrections: 不是这个单，是昨天那个; 我说的是黑色; 不对 我问的是价格."""

import re
from dataclasses import dataclass

_STOP = r"[\s,，.。、;；!！~～…]*+"
_PAUSE = r"[\s,，.。、;；!！~～…]*"
_NOT = r"不对|不是(?:的|吧|啦)?|不{2,}+(?:对|是(?:的|吧|啦)?)?"
"""不不不 is taken whole: a row that may be divided at will takes ever longer with each 不."""
_SLIP = r"搞错了?|弄错了?|理解错了?|看错了?"
_NO = rf"(?:{_NOT}|错了?|{_SLIP}|哎呀?|呃|嗯|no)"
_AT_FIRST = rf"(?:(?:{_NO}|不不+){_STOP})?"
_WRONG = rf"(?:{_NOT}|错了|{_SLIP})"
_ME = r"(?:我|俺|人家)?(?:刚才|刚刚|一直)?"
_SAY = r"(?:说|问|要|指|讲|想要|想问|想说|看|买|选)"
_BUT = rf"{_STOP}(?:而是|{_ME}(?:{_SAY}的)?是|{_ME}想?要的?是?|{_ME}{_SAY}的是?|换成|改成)"
_DENIED = r"(?P<denied>[^,，。!！?？]{1,12}?)"
_WANTED = r"(?P<wanted>[^?？]{1,24})"

_PATTERNS = (
    re.compile(
        rf"^{_AT_FIRST}{_ME}(?:{_SAY}的?)?(?<!是)(?:不是|不要)(?!说)(?:要|想|问|这款)?{_DENIED}"
        rf"{_BUT}(?!不是){_PAUSE}{_WANTED}$"
    ),
    re.compile(
        rf"^{_AT_FIRST}(?:不是|不用|不要|不想)(?!说){_DENIED}[\s,，]+"
        rf"(?P<wanted>[^,，?？]{{1,10}}?)(?:一下)?(?:就行|就好|就可以|即可)了?[。.!！~]*$"
    ),
    re.compile(
        rf"^{_AT_FIRST}{_ME}不要{_DENIED}[\s,，]+(?P<wanted>[^,，?？吗呢\s]{{1,8}}?)(?:的|吧|就行|就好)*$"
    ),
    re.compile(rf"^(?:{_NO}{_STOP})*{_ME}{_SAY}的(?:就|明明)?是{_PAUSE}{_WANTED}$"),
    re.compile(rf"^(?:{_NO}{_STOP})*{_ME}是(?:说|问|指|要|想问|想要){_PAUSE}{_WANTED}$"),
    re.compile(
        rf"^(?:说错了?|打错(?:字|了)+|口误|更正(?:一下)?|应该是|应当是){_STOP}(?:应该)?是?{_WANTED}$"
    ),
    re.compile(rf"^(?:{_WRONG}[\s,，.。!！~]+)+(?:应该)?是?{_WANTED}$"),
)
_LONGEST = 120
"""Characters; what is longer is a story, which no one form takes apart."""
_IN_SO_MANY_WORDS = 3
"""From this pattern on a message says of itself that it corrects."""
_ONLY_DENIED = re.compile(
    r"^(?:不对|错了)?[\s,，]*(?:不是|不要)(?P<denied>(?:这|那)(?:一)?(?:个|单|笔|款|双|件|条)(?:订单|单)?)"
    r"(?:的|呀|啊|啦|吧|哦)*[。.!！~]*$"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the customer did not mean, and what instead ("" for either that is not said).

    `plain`: introduced as a correction in so many words, so that any wish may follow.
    """

    denied: str
    wanted: str
    plain: bool = False


def correction(text: str) -> Correction | None:
    """Read a correction; None where the message is none by its form."""
    said = text.strip()
    if len(said) > _LONGEST:
        return None
    if only := _ONLY_DENIED.match(said):
        return Correction(only["denied"], "")
    for place, pattern in enumerate(_PATTERNS):
        if matched := pattern.match(said):
            denied = (matched.groupdict().get("denied") or "").strip()
            return Correction(
                denied, matched["wanted"].strip(" ,，。.!！~～"), plain=place >= _IN_SO_MANY_WORDS
            )
    return None
