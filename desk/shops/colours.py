"""Colours as shops name them, and the plain colours that people ask for."""

import re

_FAMILIES = {
    "白": "奶油白 象牙白 米白 奶白 乳白 象牙 珍珠白 云白 奶油 本白 月光白 漂白 燕麦白",
    "黑": "曜石黑 深空黑 曜石 曜黑 深空 碳黑 炭黑 墨黑 暗夜",
    "灰": "石墨灰 石墨 银灰 烟灰 雾灰 水泥 麻灰 太空灰 深空灰 浅灰 深灰",
    "红": "酒红 大红 枣红 砖红 玫红 豆沙 中国红 朱红 正红 车厘子 樱桃 复古红",
    "粉": "粉红 樱花粉 樱花 藕粉 雾粉 裸粉 蜜桃 桃粉 珊瑚粉 浅粉 肉粉 芭比",
    "橙": "珊瑚 橘 桔 南瓜 爱马仕橙",
    "黄": "奶黄 姜黄 鹅黄 柠檬黄 杏黄 芥末 浅黄",
    "绿": "薄荷绿 薄荷 墨绿 豆绿 军绿 抹茶 牛油果 草绿 浅绿 翡翠 雅川青 青绿",
    "蓝": "海军蓝 海盐蓝 藏青 天蓝 湖蓝 雾蓝 海军 浅蓝 深蓝 海盐 宝蓝 克莱因 牛仔蓝 远峰 雾霾蓝",
    "紫": "香芋 薰衣草 丁香 浅紫 暗紫 葡萄紫",
    "棕": "卡其 咖啡 咖 驼 焦糖 巧克力 奶咖 褐 摩卡 栗",
    "米": "杏 燕麦 奶茶 裸 亚麻 原木",
    "银": "银白 亮银 星光",
    "金": "香槟 玫瑰金 流沙金 原色",
}
_OF = {name: plain for plain, names in _FAMILIES.items() for name in (plain, *names.split())}
_PLAIN = "".join(_FAMILIES)
_BY_LENGTH = "|".join(sorted(_OF, key=len, reverse=True))
_NO_SHADES = ("藕粉", "奶茶", "奶黄")
_SHADES = "|".join(
    name
    for name in _BY_LENGTH.split("|")
    if len(name) > 1 and name[-1] in _PLAIN and name not in _NO_SHADES
)
"""Shades that nothing is called by: at the end of a sentence they need no 色."""

NAMES = (
    rf"(?:{_BY_LENGTH})色|米白|奶白|乳白|藏青|卡其"
    rf"|(?:{_SHADES})(?=$|\s)"
    rf"|(?<![\u4e00-\u9fff])[{_PLAIN}](?=[的款])|(?<=[有要买是选])[{_PLAIN}](?=[的款])"
)
"""A pattern for the colour words of a sentence."""

_NAME = re.compile(_BY_LENGTH)


def family(word: str) -> str:
    """The plain colour that a colour is a kind of: 樱花粉 → 粉; "" for what is no colour."""
    found = _NAME.search(word.removesuffix("色"))
    return _OF[found[0]] if found else ""
