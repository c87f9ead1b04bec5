"""Where in a whole message a product is named: 温奶器好用吗 is about 温奶器.

Shops' titles say what their products are at the ends of words; there a sentence about one goes on
with what is asked of it.
"""

import re
from collections.abc import Iterable, Iterator

from desk.shops.units import UNKNOWN, UNKNOWN_NUMBER, Units
from desk.shops.vocabulary import Vocabulary
from desk.shops.words import AUDIENCE, letters, spell

_NOUNS = (
    "刷架盒袋套包膜壳垫罩机器液膏粉杯盖夹带绳贴纸布车床椅衣裤裙鞋袜帽油水霜片棒头嘴管钩篮箱柜柄座锁灯线券卡锅碗盘瓶"
    "盆枕被毯巾玩具笼窝帘桌凳炉壶炸扇镜表链戒件席帐芯网板牌本筐"
)
_SHORTEST, _LONGEST, _TELLING = 2, 6, 3
_FIRST_WORDS = 2
_LATIN_NAME = re.compile(r"[a-z][a-z0-9 ]+$")
_ASKS = (
    r"[是有能可会要怎多什几吗么呢吧啊不没还和跟与或在好适给买贵啥哪咋为到过今明需想也都就行应真太很最比？?]"
    r"|(.)不\1"
)
_GOES_ON = re.compile(
    rf"{_ASKS}|[了便耐穿戴洗放里上，,。！!\s]|去冰|支持|现在|现货|容易|防水|包安装|包邮|宝宝|婴儿|新生儿|孩子|大人|孕妇|$"
)
"""What follows a name at once where it is asked about."""
_ASKED_LATER = re.compile(rf"[^{{nouns}}\W]{{1,4}}?(?:{_ASKS})".replace("{nouns}", _NOUNS))
"""A question may begin with a few characters more; but 奶瓶保温套能洗吗 is not about 奶瓶."""
_BEFORE_IT = re.compile(
    r"^(?:我们?|你们?|老板|亲|请问|麻烦|帮忙?|想|要|买|来|拿|再|给|看看?|下|问|一下|和|跟|与|或|还是|有没有|有|吗|呢|"
    r"[一二两三四五六七八九十\d]+[个只罐包件双瓶盒袋条张箱提套]|[\s,，。!！?？])+"
)
_MOST = 3


class Names:
    """The names that titles end in or begin with, the aliases for them, and models' names."""

    def __init__(self, titles: Iterable[str], vocabulary: Vocabulary, units: Units) -> None:
        self._units = units
        self._heads = frozenset(head for title in titles for head in _heads_of(title))
        self._aliases = frozenset(
            name
            for name, words in vocabulary.aliases.items()
            if len(name) >= _SHORTEST
            and not name.isascii()
            and any(letters(word) in self._heads for word in words)
        ) | frozenset(vocabulary.own)
        self._longest = max(_LONGEST, *map(len, self._aliases), 0)

    def named_in(self, message: str) -> tuple[str, ...]:
        """The parts of a message that end in a name after which the message goes on otherwise."""
        text = spell(message)
        found: list[str] = []
        begin = 0
        for end in self._ends(text):
            part = _BEFORE_IT.sub("", text[begin:end])
            if part:
                found.append(part)
                begin = end
        return tuple(found[:_MOST])

    def _ends(self, text: str) -> Iterator[int]:
        for end in range(_SHORTEST, len(text) + 1):
            around = text[end - 1 : end + 1]
            if len(around) == 2 and around.isascii() and around.isalnum():
                continue  # Within a model's name or a number.
            goes_on = _GOES_ON.match(text, end) or _ASKED_LATER.match(text, end)
            if goes_on and (self._ends_in_name(text, end) or self._ends_in_model(text[:end])):
                yield end

    def _ends_in_name(self, text: str, end: int) -> bool:
        return any(
            text[start:end] in self._heads or text[start:end] in self._aliases
            for start in range(max(0, end - self._longest), end - _SHORTEST + 1)
        )

    def _ends_in_model(self, text: str) -> bool:
        found = _LATIN_NAME.search(text)
        if found is None:
            return False
        units = self._units.read(found[0])
        return UNKNOWN not in units and UNKNOWN_NUMBER not in units


def _heads_of(title: str) -> Iterator[str]:
    for place, word in enumerate(map(_plain, spell(title).split())):
        for size in range(_SHORTEST, min(_LONGEST, len(word)) + 1):
            if not word[-size:].isascii():
                yield word[-size:]
        if place < _FIRST_WORDS:
            for start in range(len(word)):
                for end in range(start + _TELLING, min(start + _LONGEST, len(word)) + 1):
                    yield word[start:end]


def _plain(word: str) -> str:
    return letters(AUDIENCE.sub("", word))
