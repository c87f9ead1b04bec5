"""What frequently asked questions are about, in the many words that customers have for it."""

import re

_TOPICS = {
    "size": r"尺码|码数|选码|偏大|偏小|准码|脚长|"
    r"(?:穿|选|买|要|用|拿|拍)(?:多大|几码|什么码|啥码|哪个码|几号|多少码)|"
    r"(?:多|几|两|[一二三四五六七八九十\d])斤.{0,8}(?:码|号|多大|哪个)|(?:码|号).{0,6}(?:多少|几)斤",
    "material": r"材质|材料|面料|料子|什么做的|啥做的|纯棉|(?:是|含).{0,3}(?:棉|塑料|硅胶|橡胶)",
    "washing": r"(?:怎么|如何|咋|可以|能|好).{0,3}洗|机洗|水洗|手洗|清洗",
    "genuine": r"正品|真货|假货|真的假的|真假|正宗|高仿|授权",
    "shelf_life": r"保质期|过期|生产日期|日期新|新鲜|临期|到哪年|到什么时候能(?:吃|喝|用)",
    "flight": r"上飞机|登机|坐飞机|托运",
    "carrier": r"(?:发|走|用|寄).{0,3}(?:什么|哪家|哪个|啥)(?:快递|物流)|默认快递|"
    r"(?:什么|哪家|啥)快递|能发(?:顺丰|京东|邮政|EMS)",
    "dispatch": r"(?:今天|当天|现在|晚上|马上).{0,8}(?:能|可以|会)?发(?:货|出|吗|不)|"
    r"几点前.{0,6}发|(?:多久|什么时候|几天|多长时间)(?:能)?发货|发货时间",
    "arrival": r"(?:几天|多久|多长时间|什么时候|哪天).{0,4}(?:到|送到|收到)|到.{1,6}几天",
    "freight": r"运费|邮费|包邮|快递费",
    "seven_days": r"(?:七|7)天无理由|无理由",
    "opened": r"(?:拆|开)(?:封|开|了|过|包).{0,8}(?:退|换)|(?:退|换).{0,6}(?:拆|开)(?:封|了)",
    "payment": r"花呗|信用卡|分期|货到付款|微信支付|支付宝|怎么付款|付款方式|支持.{0,4}付",
    "returns": r"退(?!订)|寄回",
    "invoice": r"(?:能|可以|可不可以|给).{0,2}开(?:发)?票|有发票",
}
_RETURNS = "returns"
"""A topic of its own, and one that changes every other: freight of a return is not freight."""
_READ = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TOPICS.items()}


def topics_of(question: str) -> frozenset[str]:
    """The topics that a question touches."""
    return frozenset(name for name, pattern in _READ.items() if pattern.search(question))


def same_topic(question: str, written: str) -> bool:
    """Tell whether a written question is about all that a customer's question touches."""
    asked, answered = topics_of(question), topics_of(written)
    if _RETURNS in asked and _RETURNS not in answered:
        return False
    core = asked - {_RETURNS}
    return bool(core) and core <= answered
