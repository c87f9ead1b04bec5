"""Yes, no, not yet: short words that only mean something after a question."""

import re

from actions.sure import NO, NOD, WAIT, YES

__all__ = ["NO", "NOD", "WAIT", "YES", "is_nod", "yes_or_no"]


_TAIL = r"(?:的|了|吧|呀|啊|哦|噢|啦|哈|嘛|呗|哒|滴|亲)*"
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
_BREATH = r"[\s,，.。!！~～、…]*"
_EDGE = re.compile(rf"^{_BREATH}|[\s,，.。!！~～、…😊🙏👌👍]+$")


def _all_of(words: str, before: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:{before})?(?:(?:{words}){_TAIL}{_BREATH})+", re.IGNORECASE)


_MEANINGS = (
    (NO, _all_of(f"{_NO_WORDS}|{_THANKS}")),
    (WAIT, _all_of(_WAIT_WORDS, rf"(?:嗯+|好的?|哦){_BREATH}")),
    (YES, _all_of(f"{_YES_WORDS}|{_DOES}|{_THANKS}")),
)
_NODS = _all_of(rf"嗯+|恩+|哦+|噢|好+|行+|成|中|ok|okay|okk|y|{_THANKS}")
_ONLY_THANKS = _all_of(_THANKS)


def yes_or_no(text: str) -> str:
    """Tell whether a message is nothing but YES, NO or WAIT; "" where it is something else."""
    said = _EDGE.sub("", text.strip())
    if not said:
        return YES if re.search(r"👌|👍", text) else ""
    if _ONLY_THANKS.fullmatch(said):
        return ""
    return next((meaning for meaning, all_of in _MEANINGS if all_of.fullmatch(said)), "")


def is_nod(text: str) -> bool:
    """Tell whether a yes is one of those that also mean "I see" (嗯, 好的, 👌)."""
    said = _EDGE.sub("", text.strip())
    return not said or _NODS.fullmatch(said) is not None
