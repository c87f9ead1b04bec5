"""Words of customers and of product titles, brought to one spelling."""

import re
import unicodedata

_TRADITIONAL = "嬰兒學鞋軟褲襪褥帶餵溫熱涼綠藍紅黃紫銀顏號碼數階單雙個條寶媽褸裝連體衛純綿訂車"
_SIMPLIFIED = "婴儿学鞋软裤袜褥带喂温热凉绿蓝红黄紫银颜号码数阶单双个条宝妈褛装连体卫纯绵订车"
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_NUMERALS = str.maketrans("一二三四五六", "123456")

_STAGE = re.compile(r"([一二三四五六])(?=段|阶段)")
_NOT_A_WORD = re.compile(r"[^0-9a-z\u4e00-\u9fff.]+")

_FILLERS = re.compile(
    r"上次|上回|之前|刚才|刚刚|昨天|前几天|看中|看过|看的|买过|买的|收藏|你们|你家|咱们|咱家|请问|"
    r"现在|帮我|查一下|看一下|看看|我想要|我想买|想要|想买|还有没有|有没有|没有|是不是|有货|现货|库存|缺货|补货|"
    r"还有|有(?=[吗么嘛呢?]|$)|多少钱|什么价|价格|怎么卖|那个|那款|那双|那件|那条|那种|这个|这款|这双|这件|这条|这种|"
    r"一双|一件|一个|一罐|一包|一条|一款|[吗呢吧啊呀嘛了的我刚]"
)

AUDIENCE = re.compile(r"宝宝|婴幼儿|婴儿|儿童|小孩|孩子|新生儿|小朋友")
"""Whom nearly everything is for: these words tell little apart."""

NICKNAMES = {
    "尿不湿": "纸尿裤",
    "尿布湿": "纸尿裤",
    "尿片": "纸尿裤",
    "鞋子": "鞋",
    "裤子": "裤",
    "袜子": "袜",
    "帽子": "帽",
    "瓶子": "瓶",
    "杯子": "杯",
    "椅子": "椅",
    "被子": "被",
    "车子": "车",
    "哈衣": "连体衣",
    "爬服": "连体衣",
    "婴儿车": "婴儿推车",
}
"""What customers say, and the word that titles carry; longer ones win."""


def spell(text: str) -> str:
    """Bring a text to one spelling: width, case, simplified characters, 三段 as 3段."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TO_SIMPLIFIED)
    plain = _STAGE.sub(lambda found: found[1].translate(_NUMERALS), plain)
    return plain.replace("阶段", "段")


def letters(text: str) -> str:
    """Keep only what carries meaning: characters, letters, digits."""
    return _NOT_A_WORD.sub("", spell(text)).replace(".", "")


def without_fillers(spelled: str) -> str:
    """Take away what people say around the thing they mean."""
    return _FILLERS.sub(" ", spelled)
