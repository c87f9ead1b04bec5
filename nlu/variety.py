"""Makes the examples as varied as customers are: openings, circumstances, denials, slips."""

import random
from collections import defaultdict
from collections.abc import Sequence

from nlu.features import sounds

OPENINGS = """你好|您好|亲|在吗|请问|请问一下|麻烦问下|你好我想问一下|喂你好|那个|嗯那个|老板|客服你好|hi|亲亲
麻烦帮我看下|我想问问|就是|就是说|想问一下哈|诶|哎|打扰一下|帮个忙|不好意思|不好意思问一下|急急急|救急
喂我想问一下|嗯我就是想问一下|那个什么|我说|你们好|hello|话说|对了|还有|另外|顺便问下|再问一个|最后问一下""".replace(
    "\n", "|"
).split("|")

CLOSINGS = """谢谢|谢谢啦|麻烦了|麻烦你了|急|在线等|急急急|拜托了|辛苦了|哈|呢|呀|啊|哦|嘛|😭|🙏|😂|😊|??|！！
可以吗|行吗|好吗|怎么弄|帮我看看|帮我查查|求回复|快回我|在吗|人呢|有人吗|回一下|麻烦快点""".replace("\n", "|").split("|")

CIRCUMSTANCES = """我昨天在你们家买的|上周在你们店里买了双鞋|我前两天拍了一单|我是老顾客了|我是第一次在你家买|我刚下单
给孩子买的|给我妈买的|给老婆买的|送人的|公司用的|我在上海|我人在北京|我现在在外面|我刚下班|我马上要出差
我收到东西了|东西刚到|货已经到了|快递刚送来|我昨天收到的|我看了下订单|我看了下物流|我看了评价|我看了详情页
朋友推荐我来的|在抖音上看到的|在小红书看到你们家|直播间看到的|我老公让我问的|同事跟我说的|我之前问过一次
我昨天问过你们|之前的客服没说清楚|刚才说到一半|我没太看懂|我不太会弄|年纪大了不太懂|我用手机操作的
就我买的那个奶粉|就那件羽绒服|上次那双鞋|我家那个洗衣机|新买的手机|家里的空调|刚到的裙子|那箱纸尿裤|那台电视
那支口红|那个面霜|我订的那辆车|孩子的英语课|我点的那杯奶茶|我报的钢琴课|那个电饭煲|我那个扫地机
今天正好有空|周末要用|下周要出门|月底要搬家|过两天就是生日|马上双十一了|天气冷了|孩子等着用
你们家东西还可以|东西倒是挺好|质量还行|颜色我挺喜欢|大小刚好|价格也合适|我挺喜欢这款|我纠结好久了""".replace("\n", "|").split("|")

TOPICS = {
    "stock_check": "问有没有货|问库存|查库存",
    "price_query": "问价格|讲价|砍价|问多少钱",
    "product_consult": "问怎么用|问尺码|问材质",
    "order_status": "查订单|问发没发货",
    "urge_order": "催发货|催单",
    "logistics_query": "查快递|问物流|问到哪了|问单号",
    "logistics_delay": "嫌快递慢|催快递",
    "parcel_missing": "没收到货|丢件",
    "return_request": "要退货|退货|要退|退款",
    "exchange_request": "要换货|换货|要换",
    "refund_status": "问退款|问钱到没到",
    "after_sales_claim": "质量问题|要维修|要赔偿|坏了",
    "price_protection": "要差价|要价保",
    "coupon_query": "要优惠券|要券|问优惠",
    "promotion_query": "问活动|参加活动",
    "member_query": "问积分|问会员",
    "ticket_progress": "问进度",
    "store_locate": "问地址|问门店",
    "appointment_book": "预约|约时间",
    "invoice_request": "要发票|开发票",
    "delivery_change": "改地址|改时间",
    "order_cancel": "取消订单|要取消",
    "complaint": "投诉|吵架",
    "human_handoff": "找人工|转人工",
    "payment_issue": "付不了款|付款的事",
}
_SMALL = frozenset(
    "greet goodbye thank affirm deny bot_challenge out_of_scope satisfaction_rating".split()
)
_DENIALS = "不是{}|我不是{}|不是要{}|不{}|先不{}|我不是来{}的|没有要{}的意思|不是想{}".split("|")
_MARKS = ("，", " ", "", "。", ",", "  ", "…")


class Variety:
    """Makes variants of an example that mean the same; the same seed makes the same ones."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        """`texts` are where slips of the pen take their wrong characters from."""
        self._dice = random.Random(seed)  # noqa: S311  variety is not secrecy
        alike: dict[str, set[str]] = defaultdict(set)
        for char in sorted(set("".join(texts))):
            if "\u4e00" <= char <= "\u9fff":
                alike[sounds(char)[0]].add(char)
        self._alike = {sound: sorted(chars) for sound, chars in alike.items() if len(chars) > 1}

    def of(self, text: str, intent: str, many: int) -> list[str]:
        """Return up to `many` variants of an example of `intent`."""
        makers = [self._opened, self._closed, self._slipped]
        if intent not in _SMALL:
            makers += [self._situated, self._situated, self._denying, self._both]
        return [self._dice.choice(makers)(text, intent) for _ in range(many)]

    def _mark(self) -> str:
        return self._dice.choice(_MARKS)

    def _opened(self, text: str, intent: str) -> str:
        return self._dice.choice(OPENINGS) + self._mark() + text

    def _closed(self, text: str, intent: str) -> str:
        return text + self._mark() + self._dice.choice(CLOSINGS)

    def _situated(self, text: str, intent: str) -> str:
        said = self._dice.choice(CIRCUMSTANCES)
        pair = [said, text] if self._dice.random() < 0.8 else [text, said]
        return self._mark().join(pair)

    def _both(self, text: str, intent: str) -> str:
        return self._opened(self._situated(text, intent), intent)

    def _denying(self, text: str, intent: str) -> str:
        topic = self._dice.choice([name for name in TOPICS if name != intent])
        words = self._dice.choice(TOPICS[topic].split("|"))
        denial = self._dice.choice(_DENIALS).format(words)
        pair = [denial, text] if self._dice.random() < 0.75 else [text, denial]
        return (self._mark() or " ").join(pair)

    def _slipped(self, text: str, intent: str) -> str:
        places = [
            place
            for place, sound in enumerate(sounds(text))
            if sound in self._alike and "\u4e00" <= text[place] <= "\u9fff"
        ]
        if len(text) < 4 or not places:
            return text
        place = self._dice.choice(places)
        wrong = [c for c in self._alike[sounds(text[place])[0]] if c != text[place]]
        return text[:place] + self._dice.choice(wrong) + text[place + 1 :]
