"""Words that leave a question of a form open, correct the last answer, or only ask back."""

import re
import unicodedata
from collections.abc import Sequence

_FOR_NOW = r"(?:我|这个|那个|先|暂时|现在|还|真的|真|也|就|都|嗯|额|呃|抱歉|不好意思|[,，。 ])*"
_END = r"(?:了|吧|呀|啊|哦|呢|哈|嘛|的|亲|谢谢|[,，。.!！~～… ])*"
_LATER = (
    r"(?:晚点|晚些|等一?[下会]儿?|待会儿?|一会儿?|回头|回家|明天|以后)"
    r"[再给你我来]{0,3}(?:说|发|填|拍|补|看|告诉)?(?:给?[你您]们?|过来)?"
)
_SKIP = re.compile(
    rf"{_FOR_NOW}(?:不知道|不清楚|不晓得|不记得|想不起来|忘了|没有?|无|暂无|跳过|略过?|不填|不写|"
    rf"空着|空|不想(?:填|说|写|给|拍|留)|不方便(?:说|填|拍|写|透露|给|留)?|不用|不需要|不必|算|"
    rf"拍不(?:了|到)|没法?拍|没有?(?:照片|图|截图)|扔了|丢了|不急|不限|再说|不详|"
    rf"(?:先|再|去)*(?:找|问|看|确认)(?:找|问|看|一下)(?:再说)?|[没不]在家|不在身边|在上班|在外面|没带|"
    rf"没(?:空|时间)(?:拍|弄|找|写)?(?:照片?)?|(?:怎么|为什么|干嘛|凭什么)还?要(?:照片|图片?|截图|拍照?)?|"
    rf"{_LATER}|skip|pass|no|n/?a){_END}",
    re.IGNORECASE,
)
_POLITE = re.compile(r"(?:好的?|谢谢|多谢|谢了|麻烦了?|辛苦了?|嗯|哦|亲|哈)++")
_CLAUSES = re.compile(r"[\s,，.。;；!！~～…]+")
_AS_YOU_LIKE = re.compile(
    rf"{_FOR_NOW}(?:随便|都?行|都?可以|都好|怎样|你们?(?:看着?)?(?:安排|定|决定|办)|看着(?:安排|办)|"
    rf"无所谓|随时|听你们的)[,，。 ]*+(?:都?行|都?可以|你们?(?:安排|定|看着?办))?{_END}"
)
_NO_CHANGE = re.compile(
    r"^(?:好的?|嗯+|哦+|行|ok|收到|知道了|谢谢|多谢)[的了吧啊呀!！。~ ]*$", re.IGNORECASE
)
_CORRECTS = re.compile(
    r"^(?:哎呀?|啊|呃|额|不好意思|抱歉|[,，。 ])*(?:刚才|刚刚|上面|前面|那个)?(?:的)?"
    r"(?:不对|不是|错了|[写打发填说]错字?了?|更正(?:一下)?)[,，。 ]*+"
    r"(?:应该|应当|要|得)?(?:是|为|改成|写)?[:：，, ]*+(?P<right>.+)$"
)
_ENOUGH = re.compile(
    r"问(?:得|的)?(?:这么|那么|真|好|太)多|(?:别|不要|能不能不)(?:再|一直|老)?问了?(?!题)|"
    r"(?:问题|步骤|要求)(?:怎么|真|也)?(?:这么|太|好)多|(?:真|太|好|这么)(?:麻烦|啰嗦|罗嗦)|"
    r"不想(?:填|答|回答|说)了|懒得(?:填|答|说)|都不填了"
)
_SLIP = re.compile(r"[写打发填说]错")
_ASKS = re.compile(
    r"[吗么嘛?？]|多少|怎么|怎样|什么|为啥|为什么|哪|几[时点天个]|多久|谁|能不能|可不可以|有没有|是不是|要不要"
)
_WANTS = re.compile(
    r"我?[想要]|帮|再给|给我|开(?:个|张)?(?:发)?票|预约|改|查|退|换|催|取消|快递|物流|发货|订单|人工|客服|投诉|优惠|券|有货|价格|多少钱|不要了|下单"
)


def skips(text: str, names: Sequence[str] = ()) -> bool:
    """Whether words leave a question open: 不知道, 先不填, 没有, 税号晚点发.

    `names` are what the field is called.
    """
    for name in names:
        text = text.replace(name, " ")
    if leaves_to_us(text):
        return True
    clauses = [
        each for each in _CLAUSES.split(_plain(text)) if each and not _POLITE.fullmatch(each)
    ]
    return bool(clauses) and all(_SKIP.fullmatch(each) for each in clauses)


def leaves_to_us(text: str) -> bool:
    """Whether anything will do: 都行, 你们安排."""
    return _AS_YOU_LIKE.fullmatch(_plain(text)) is not None


def only_nods(text: str) -> bool:
    """Whether words answer nothing yet: 好的, 嗯嗯, 谢谢."""
    return _NO_CHANGE.fullmatch(_plain(text)) is not None


def has_enough(text: str) -> bool:
    """Whether somebody is tired of being asked: 问这么多干嘛, 别问了."""
    return _ENOUGH.search(text) is not None


def right_instead(text: str) -> str:
    """What is right instead of the last answer: 写错了，是某某公司; "" where nothing was wrong."""
    found = _CORRECTS.match(_plain(text))
    return found["right"].strip() if found else ""


def is_slip(text: str) -> bool:
    """Whether words own to a slip: 写错了, 打错字了."""
    return _SLIP.search(text) is not None


def asks_back(text: str) -> bool:
    """Whether words ask something rather than answer."""
    return _ASKS.search(text) is not None


def wants_something(text: str) -> bool:
    """Whether words could be a wish of their own."""
    return asks_back(text) or _WANTS.search(text) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
