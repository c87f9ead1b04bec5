"""Yes, no, not yet: short words that only mean something after a question."""

import re
from dataclasses import dataclass

from actions.sure import NO, NOD, WAIT, YES

__all__ = ["NO", "NOD", "WAIT", "YES", "is_nod", "yes_or_no"]


_TAIL = r"(?:的|了|吧|呀|啊|哦|噢|啦|哈|嘛|呗|哒|滴|亲)*+"
_YES_WORDS = (
    r"嗯+|恩+|对+|是的?|好+|行+|可以|可|成|中|要得?|没错|没问题|确定|确认|当然|同意|ok|okay|okk|yes|y|"
    r"需要|就这样|就这么办|就这个|就是这[个单笔]|是这[个单笔]|想好了|必须|得嘞|好嘞|去办|办|查|登记|帮我?"
)
_NO_WORDS = (
    r"不用|不要|不需要|不必|不是|不对|不可以|不行|不了|不|别|算|没有|没|暂时不|(?:先|还是)不|先?不(?:取消|改|删|拦|注销)|"
    r"别取消|别改|取消什么|no|nope|n|保留|留着|还是要|照常发|继续发|后悔|反悔|撤回"
)
_WAIT_WORDS = (
    r"先?等一?下|先?等一?等|稍等|等会儿?|慢着|先等|先别|让我想想|我?想想|想一?想|考虑一?下|再说|再想想|再考虑|"
    r"我?(?:先|去|得)*问[问下一]*(?:我?(?:老公|老婆|家人|家里|妈|爸))?|不确定|还没想好"
)
_THANKS = r"谢谢|感谢|麻烦(?:了|你们?了?)?|辛苦了?"
_DOES = r"取消|拦截|拦|改|改派|删除?|删掉|注销|退订"
_BREATH = r"[\s,，.。!！~～、…]*+"
_MARKS = r"[\s,，.。!！~～、…😊🙏👌👍]"
_EDGE = re.compile(rf"^{_BREATH}|(?<!{_MARKS}){_MARKS}++$")
_DRAWN_OUT = re.compile(r"(.)\1{2,}", re.DOTALL)
"""嗯嗯嗯嗯嗯 says no more than 嗯嗯."""
_LONGEST = 30
"""Characters; who writes more says more than yes or no."""


@dataclass(frozen=True, slots=True)
class _AllOf:
    """Texts made of nothing but certain words, after one that may stand `before` them.

    Divided by the places where a word can end: one pattern repeated in another would try every
    way to divide 哦噢哦噢哦噢, which takes twice as long with each character.
    """

    word: re.Pattern[str]
    before: re.Pattern[str]

    def fits(self, said: str) -> bool:
        """Whether the whole of `said` is such words, at least one."""
        opening = self.before.match(said)
        starts, ends = {0, opening.end() if opening else 0}, set[int]()
        for start in range(len(said)):
            if start in starts or start in ends:
                ends |= self._ends(said, start)
        return len(said) in ends

    def _ends(self, said: str, start: int) -> set[int]:
        places = range(start + 1, len(said) + 1)
        return {end for end in places if self.word.fullmatch(said, start, end)}


def _all_of(words: str, before: str = "") -> _AllOf:
    word = re.compile(rf"(?:{words}){_TAIL}{_BREATH}", re.IGNORECASE)
    return _AllOf(word, re.compile(before, re.IGNORECASE))


_MEANINGS = (
    (NO, _all_of(f"{_NO_WORDS}|{_THANKS}")),
    (WAIT, _all_of(_WAIT_WORDS, rf"(?:嗯+|好的?|哦){_BREATH}")),
    (YES, _all_of(f"{_YES_WORDS}|{_DOES}|{_THANKS}")),
)
_NODS = _all_of(rf"嗯+|恩+|哦+|噢|好+|行+|成|中|ok|okay|okk|y|{_THANKS}")
_ONLY_THANKS = _all_of(_THANKS)


def yes_or_no(text: str) -> str:
    """Tell whether a message is nothing but YES, NO or WAIT; "" where it is something else."""
    said = _bare(text)
    if not said:
        return YES if re.search(r"👌|👍", text) else ""
    if len(said) > _LONGEST or _ONLY_THANKS.fits(said):
        return ""
    return next((meaning for meaning, all_of in _MEANINGS if all_of.fits(said)), "")


def is_nod(text: str) -> bool:
    """Tell whether a yes is one of those that also mean "I see" (嗯, 好的, 👌)."""
    said = _bare(text)
    return not said or (len(said) <= _LONGEST and _NODS.fits(said))


def _bare(text: str) -> str:
    return _EDGE.sub("", _DRAWN_OUT.sub(r"\1\1", text.strip()))
