"""Words of customers and of product titles, brought to one spelling."""

import re
import unicodedata
from functools import lru_cache

from desk.shops.numerals import in_digits
from desk.shops.simplified import TO_SIMPLIFIED

_KEPT = 1024
"""A text is looked at for several things, one after another."""
_NOT_A_WORD = re.compile(r"[^0-9a-z\u4e00-\u9fff.]+")

_FILLERS = re.compile(
    r"上次|上回|之前|刚才|刚刚|昨天|前几天|看中|看过|看的|买过|买的|收藏|你们家|你们店|你们|你家|咱们家|咱们|咱家|请问|"
    r"现在|帮我|查一下|看一下|看看|我想要|我想买|想要|想买|还有没有|有没有|没有|是不是|还有货|有货|有现货|现货|库存|缺货|补货|"
    r"还有|有(?=[吗么嘛呢?\s]|$)|多少钱|什么价|价格|怎么卖|那个|那款|那双|那件|那条|那种|这个|这款|这双|这件|这条|这种|"
    r"你好|您好|在吗|在不在|麻烦|问一下|问下|想问|咨询一下|有木有|有冇|仲有|有卖|还卖|还能买|能买到|给我|帮忙|"
    r"一双|一件|一个|一罐|一包|一条|一款|(?<!美)的|[吗呢吧啊呀嘛了我刚]"
)

OF = "的"
SAID_OF = re.compile(r"(?<!美)的")
"""Stands between what is said of a thing and its name; not in 美的, a brand."""

AUDIENCE = re.compile(
    r"宝宝|婴幼儿|婴儿|儿童|小孩|孩子|新生儿|小朋友|[男女](?:[士款生孩]|童装?|士款)?"
)
"""Whom nearly everything is for: these words tell little apart."""


@lru_cache(maxsize=_KEPT)
def spell(text: str) -> str:
    """Bring a text to one spelling: width, case, simplified characters, 三段 as 3段."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(TO_SIMPLIFIED)
    return in_digits(plain).replace("阶段", "段")


def letters(text: str) -> str:
    """Keep only what carries meaning: characters, letters, digits."""
    kept = _only_words(text)
    # What stood apart by a mark may have become a word now: 三:码 is 3码.
    return kept if kept.isascii() else _only_words(kept)


def _only_words(text: str) -> str:
    return _NOT_A_WORD.sub("", spell(text)).replace(".", "")


def without_fillers(spelled: str) -> str:
    """Take away what people say around the thing they mean."""
    return _FILLERS.sub(" ", spelled)


def without_fillers_but_of(spelled: str) -> str:
    """The same, with each 的 left that stands between what is said of a thing and its name."""
    return _FILLERS.sub(lambda found: OF if found[0] == OF else " ", spelled)
