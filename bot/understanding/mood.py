"""Mood: whether a message is angry, told from its words and marks."""

import re
from enum import IntEnum


class Mood(IntEnum):
    """How a customer sounds."""

    CALM = 0
    VEXED = 1
    FURIOUS = 2


_INSULTS = (
    r"骗子|骗人|垃圾(?!桶|袋|箱|铲|盒|车|处理|分类|压缩)|滚(?:蛋|开|出|远)|滚[!！。,，\s]*$|傻[逼比叉]|煞笔|"
    r"(?<![a-z0-9])(?:sb|nmsl|tmd|cnm)(?![a-z0-9])|妈的|他妈|特么|操你|草你|去死吧|有病(?:吧|啊|是不是)|你们有病|"
    r"脑残|废物|王八|混蛋|不要脸|(?:真|太|好|你们?|够)恶心|恶心人|缺德|黑心|坑(?:人|爹|钱)|太坑|智障|狗屁|放屁"
)
_THREATS = (
    r"(?<![不别])(?<!不想)(?<!不会)投诉|曝光(?!率|量|度)|12315|消协|工商局?|报警(?!器|灯|系统|提示|声)|起诉|法院|律师|"
    r"找记者|发(?:到)?(?:网上|微博|小红书)"
)
_AT_THE_END = (
    r"忍无可忍|受够了|气死(?!我了哈)|气炸|气疯|火大|太过分|欺(?:骗|负)(?:消费者|人|老实)|没完没了|"
    r"第(?:[三四五六七八九十]|[3-9]|\d{2,}|[nN]|好?几)(?:次|遍|回)(?:问|说|找|催|反馈|打|来|联系|投诉)|"
    r"(?:问|说|催|找|反馈|打|联系)(?:过|了|你们)*(?:[三四五六七八九十]|[3-9]|\d{2,}|好几|无数|多少|[nN])(?:次|遍|回)"
)
_ANNOYED = (
    r"无语|什么态度|态度.{0,2}(?:差|恶劣)|急死|烦死|烦不烦|敷衍|踢皮球|推(?:来推去|诿|卸)|复制粘贴|答非所问|"
    r"听不懂(?:人话|吗)|不理人|没人(?:管|理|回)|管不管|(?:有没有|到底有)人管|到底.{0,3}(?:管|退不退|发不发|处理不处理|解决不解决)|失望|差劲|差评|慢死|搞什么|什么(?:破|鬼|玩意|垃圾)|(?:我|真是?)(?:醉|服)了|"
    r"^呵呵|卧槽|我去年|耍(?:我|人)|当(?:我)?(?:傻子|猴)|太离谱|离谱|磨叽|磨磨唧唧"
)
_IMPATIENT = re.compile(
    r"还(?:没|不|要)|怎么|到底|一直|又|都(?:几|多少|\d|[一二三四五六七八九十])|多久|什么时候|快点|赶紧|马上|不动|没人|"
    r"能不能|人呢|在哪|到哪|为什么|凭什么|几天"
)
_GLAD = re.compile(
    r"谢谢|太好了|真好|好棒|喜欢|可爱|爱了|赞|棒|便宜|漂亮|好看|好吃|开心|哈哈|^好|^ok",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[!！]{3,}|[?？]{3,}|[!！?？]{4,}")
_SHOUTS = re.compile(r"^(?:[A-Z']+[\s!?.,]+){2,}[A-Z']{3,}[\s!?.,]*$")
_FURIOUS = re.compile(rf"{_INSULTS}|{_THREATS}|{_AT_THE_END}", re.IGNORECASE)
_VEXED = re.compile(_ANNOYED)


def mood_of(text: str) -> Mood:
    """Tell how a message sounds; marks alone are no anger (谢谢！！！ is none)."""
    if _FURIOUS.search(text):
        return Mood.FURIOUS
    if _VEXED.search(text) or _SHOUTS.search(text):
        return Mood.VEXED
    if _MARKS.search(text) and _IMPATIENT.search(text) and not _GLAD.search(text):
        return Mood.VEXED
    return Mood.CALM
