"""Sets aside what a customer says the message is not about ("不是要退，是换")."""

import re

_LEAD = r"^(?:我|也|都|倒|其实|现在|今天|这次|那个|就|真|可|并|你|你们|请|麻烦)*"
_ASIDE_START = re.compile(
    _LEAD + r"(?:不是|并非|非要|不问|先不|先别|不催|别管|别跟我|别给我|别说|别问|别光|没有|没想"
    r"|不谈|不说"
    r"|不用(?:管|给|说|查|推|退|换|修|赔|道|改)|不想(?!要了)|不要(?!了|发|再|送|给我发|推|打)"
    r"|不退|不换|不改|不取消|不查|不修|不急|不订|不买(?!了)|不投诉|不着急|不需要(?!了)|不缺|不在乎"
    r"|不计较|不考虑|不看|不打算(?!要)|不砍|不讲|不参加|不领|不预约|不找|不嫌|别换|别退|别修|别赔)"
)
_ASIDE_END = re.compile(
    r"(?:不急|不着急|就算了|先不说|晚点说|再说|先放放|先放着|无所谓|不重要|不用了?|不管|我?不要|我?知道|我有"
    r"|收到了|没问题|没毛病|放一边|不提了|不用管|不用查|免了|都行|先不管|不是问题|不用报了?|不错|挺好的?"
    r"|还可以|还行|挺满意|很满意|没的说|没得说|挺快|也行)(?:哈|啊|呀|了|的)?$"
)
_TURN = re.compile(
    r"^(?:但|可是|不过|就是|只是|主要是|关键是|问题是|而是|其实是|我是想|我就想|就想|我要的是|我问的是"
    r"|是想|是要|我是要)"
)


def _aside(clause: str) -> bool:
    if _TURN.match(clause):
        return False
    return bool(_ASIDE_START.match(clause) or _ASIDE_END.search(clause))


def part(clean: str) -> tuple[str, str]:
    """Return the clauses that count and those set aside, of a text with blanks between clauses.

    When nothing would be left to count, everything counts.
    """
    clauses = clean.split()
    aside = [clause for clause in clauses if _aside(clause)]
    kept = [clause for clause in clauses if not _aside(clause)]
    if not aside or max(map(len, kept), default=0) < 2:
        return clean, ""
    return " ".join(kept), " ".join(aside)
