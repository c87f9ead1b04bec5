"""Fragments: a message that only names or points at something, and asks nothing by itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

THAT = "that"
"""Points at what is talked about: 这个, 它."""
THAT_ORDER = "that_order"
"""Points at the order that is talked about: 刚才那个订单."""
SOME_ORDER = "some_order"
"""Points at an order of the customer's: 昨天那个, 最新的那单; the action finds it by the words."""

THIS_ONE = "this_one"
"""Chooses what is talked about: 那就要这个."""

_MEASURE = "个只款双件条种罐包盒台辆套瓶袋箱份本张支"
_DAY = (
    r"(?:大前|前|昨|今)[天晚日儿]|上上?个?(?:周|星期|礼拜|月)[一二三四五六日天]?|"
    r"这(?:个)?(?:周|星期|礼拜|月)|(?:周|星期|礼拜)[一二三四五六日天]|前几天|前两天|"
    r"(?:\d{1,2}月)?\d{1,2}[号日]|\d{1,2}\.\d{1,2}|双(?:11|十一|12|十二)|618"
)
_BOUGHT = r"(?:我)?(?:刚刚?)?(?:买|下单|下|拍|订|付款?)(?:的|了)?"
_SHOP = r"天猫|淘宝|京东|有赞|抖音|快手|拼多多|小红书|微商城|小程序"
_NOUN = rf"(?:(?:这|那)(?:一)?(?:[{_MEASURE}笔]|单)?(?:订单|单子|单)?|订单|单子|单)"

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        SOME_ORDER,
        re.compile(
            rf"(?:{_DAY})(?:{_BOUGHT}的?{_NOUN}?|的{_NOUN}?|{_NOUN})|"
            rf"(?:最新|最近|最早|最后|上一|第一)(?:{_BOUGHT}|的|一|笔)*{_NOUN}?|{_BOUGHT}的{_NOUN}|"
            r"买.{1,8}?的?那(?:一)?(?:个|单|笔)(?:订单)?"
        ),
    ),
    (
        "platform",
        re.compile(rf"在?(?P<value>{_SHOP})(?:上|店|旗舰店|里)?(?:{_BOUGHT}的?)?的?{_NOUN}?"),
    ),
    (
        THAT_ORDER,
        re.compile(
            r"(?:还是)?(?:刚才|刚刚|上面|之前|前面|同)(?:说)?的?(?:这|那)?(?:一)?(?:个|笔|张)?"
            r"(?:订单|单子|单|包裹)|(?:这|那)(?:一)?(?:个|笔|张)?(?:订单|单子|单|包裹)"
        ),
    ),
    ("date", re.compile(rf"(?P<value>(?:{_DAY})(?:早上|上午|中午|下午|晚上)?)")),
    (
        "quantity",
        re.compile(
            rf"(?P<value>(?:\d{{1,3}}|[一两二三四五六七八九十]{{1,2}})(?![个只]?月)[{_MEASURE}])"
        ),
    ),
    (
        "size",
        re.compile(
            r"(?<![\d.])(?P<value>\d{1,3}(?:\.\d)?(?:码|号|cm|ml|kg|g|段|寸|斤|升|L|l)?|[一二三四]段|"
            r"(?<![A-Za-z])(?:NB|[2-5]XL|X{0,3}[SL]|M)(?![A-Za-z])|[大中小均特]码|[大中小]号|[大中小超]杯)"
            r"(?![\d.])(?:码|号)?",
            re.IGNORECASE,
        ),
    ),
    (
        "color",
        re.compile(
            r"(?P<value>[^\W\dA-Za-z那这要的个和有没是我换来]{1,2}色|[米奶乳]白|藏青|卡其|[黑白红蓝绿粉灰黄紫](?=的|那))"
        ),
    ),
    (
        THAT,
        re.compile(
            rf"(?:还是|刚才|刚刚|上面|前面)*(?:这|那)(?:一)?[{_MEASURE}]|它|刚才(?:说|看)?的"
        ),
    ),
)
_OF_ORDERS = 3
"""So many of the parts say which order; a date or product in them is none by itself."""
_FILLERS = re.compile(
    r"^\s*还有(?!吗|没|么)|那就|那么|就是?|还是|呢|吗|么|的话|的|了|吧|呀|啊|哦|噢|喔|嗯+|额|呃|哈+|啦|嘛|哒|滴|也|再|和|跟|还|"
    r"我?想?(?:问|了解|咨询|看)(?:一?下|问|看)?|请问|我?想?要|来|帮我?|我|亲|看看|看一?下|一下|是|选|拿|那|这"
)
_NOISE = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_CHOOSES = re.compile(r"就(?:要|买|拿|选|它|这|是这)|(?:要|买|拿|选)(?:这|它)")
_LONGEST = 40
_TELLS_WHICH = frozenset(("product", "platform"))
"""学步鞋那单 is not the order talked about, but the one with the shoes."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a fragment names, by kind, and which ways of pointing are in it."""

    slots: Mapping[str, str]
    points: frozenset[str]

    @property
    def kinds(self) -> frozenset[str]:
        """Everything that a topic has to take so that the fragment belongs to it."""
        return frozenset(self.slots) | self.points


def fragment(text: str, entities: Mapping[str, tuple[str, ...]]) -> Fragment | None:
    """Read a fragment; None where the message says more than that.

    `entities` are those that the NLU has found; what it missed is found by form.
    """
    if len(text) > _LONGEST:
        return None
    found: dict[str, str] = {}
    rest = _take(_NOISE.sub(" ", text), _PARTS[:_OF_ORDERS], found)
    for value in sorted((each for values in entities.values() for each in values), key=len)[::-1]:
        rest = re.sub(re.escape(_NOISE.sub(" ", value)), " ", rest, flags=re.IGNORECASE)
    rest = _take(rest, _PARTS[_OF_ORDERS:], found)
    if _NOISE.sub("", _FILLERS.sub("", rest)):
        return None
    points = frozenset(found) & {THAT, THAT_ORDER, SOME_ORDER}
    named = {kind: values[0] for kind, values in entities.items() if values}
    slots = {kind: value for kind, value in found.items() if kind not in points} | named
    if THAT_ORDER in points and slots.keys() & _TELLS_WHICH:
        points = points - {THAT_ORDER} | {SOME_ORDER}
    if THAT in points and _CHOOSES.search(text):
        points = points - {THAT} | {THIS_ONE}
    read = Fragment(slots, _without_hesitation(text, slots, points))
    return read if read.kinds else None


def _take(rest: str, parts: Sequence[tuple[str, re.Pattern[str]]], found: dict[str, str]) -> str:
    """Find what is told by its form; returns the text without it."""
    for kind, pattern in parts:
        if matched := pattern.search(rest):
            found[kind] = matched.groupdict().get("value") or matched[0]
            rest = f"{rest[: matched.start()]} {rest[matched.end() :]}"
    return rest


def _without_hesitation(
    text: str, slots: Mapping[str, str], points: frozenset[str]
) -> frozenset[str]:
    """那个… is how a sentence begins; 那个呢 and 就那个 point at something."""
    if not slots and points == {THAT} and re.fullmatch(r"[这那]个\W*", text):
        return frozenset()
    return points
