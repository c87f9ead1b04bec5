"""Praise: words of content, which no reading may turn into a complaint."""

import re

_PRAISE = re.compile(
    r"(?:真|很|挺|非常|太|特别|蛮|都)(?:的)?(?:不错|好|棒|赞|贴心|耐心|专业|给力|满意|负责)|"
    r"(?:五|5)(?:星|颗星)|满分|好评(?!返|率|截)|点赞|表扬|辛苦(?:了|你)"
)
_NOT_SO = re.compile(
    r"不(?:是)?(?:太|很|怎么)?(?:好|满意|行|对)|没(?:有)?那么|差评|投诉|骗|垃圾|但|可是|不过|结果|就是|"
    r"态度.{0,3}(?:差|坏|恶)|太差|失望|退|坏|才怪|个鬼|个屁|呵呵|还.{0,2}好评|好意思"
)


def is_praise(text: str) -> bool:
    """Tell whether a message praises, and takes nothing of it back."""
    return bool(_PRAISE.search(text)) and not _NOT_SO.search(text)
