"""What rules can tell by themselves: the plain words, when the NLU is away or unsure."""

import re
from collections.abc import Mapping

from bot.understanding.grouped import plain_digits
from bot.understanding.numbers import find_numbers
from desk.turns import Understanding

_PLAIN: Mapping[str, str] = {
    "human_handoff": r"转?人工|真人|找.{0,3}(?:客服|经理|店长)|接客服",
    "unsubscribe": r"退订|别(?:再)?(?:给我)?(?:发|推)|不要(?:再)?推送",
    "privacy_request": r"注销|删除?.{0,4}(?:信息|资料|数据)|哪来的?我?的?(?:电话|号码|信息)",
    "complaint": r"投诉|12315|消协|曝光|骗子|态度.{0,3}差|工商",
    "parcel_missing": r"(?:显示|说).{0,4}签收.{0,8}没|没收到.{0,6}签收|签收.{0,6}没(?:有)?收到",
    "logistics_delay": r"(?:快递|物流|包裹).{0,10}(?:没动|不动|不?没?更新|卡|停|慢|还没到)|"
    r"几天.{0,4}没(?:动|到)",
    "price_protection": r"价保|保价|降价.{0,6}(?:差价|退)|补差价|退差价",
    "refund_status": r"退款.{0,8}(?:到|哪|多久|没|进度|呢)|钱.{0,4}(?:退到|什么时候到|没到)",
    "exchange_request": r"换货|换(?:一?个|一?双|一?件|成|大|小|码|颜色)",
    "return_request": r"退货|退款|不想要了|七天无理由|想退|要退|能退|可以退",
    "after_sales_claim": r"坏了|破了?|少发|漏发|发错|开胶|质量问题|有瑕疵|保修|维修",
    "delivery_change": r"改(?:一?下)?(?:地址|电话|收货)|地址.{0,4}(?:错|改)",
    "order_cancel": r"取消订单|取消.{0,4}单|拦截",
    "urge_order": r"(?:催|快点?|赶紧|尽快).{0,4}发货|怎么还不发",
    "invoice_request": r"发票|开票",
    "satisfaction_rating": r"^(?:非常|很|挺|还算?|不太?|比较|十分|特别)?满意[的了吧啊。!！]*$|"
    r"^(?:打|给)?\s*(?:\d{1,2}|[一二两三四五])\s*(?:分|颗?星)(?:好评)?[吧的了。!！]*$|"
    r"^(?:一般般?|还行|凑合|就那样|差评|好评)[吧的了。!！]*$",
    "ticket_progress": r"工单|处理(?:到|得|的).{0,4}(?:哪|怎么样)|进度|T-\d{8}",
    "payment_issue": r"付(?:不了|款失败|不上)|支付(?:失败|不了)|扣了?两次|重复扣",
    "restock_notify": r"(?:到货|有货|补货).{0,4}(?:通知|告诉|喊|叫)",
    "stock_check": r"有(?:货|没有|木有)|还有(?:吗|么|没)|缺货|现货|补货|断货|库存",
    "coupon_query": r"券|优惠|红包|满减|折扣",
    "promotion_query": r"活动|赠品|拼团|砍价|抽奖|以旧换新",
    "price_query": r"多少钱|价格|怎么卖|便宜点|啥价|几块",
    "member_query": r"积分|会员|等级",
    "store_locate": r"门店|附近.{0,4}店|地址在哪|几点(?:关|开)门|营业时间|自提",
    "appointment_book": r"预约|试驾|安装.{0,4}(?:时间|什么时候)|约(?:个|一下)",
    "logistics_query": r"快递|物流|到哪|单号|包裹|什么时候(?:能)?到|几天到",
    "order_status": r"发货(?:了)?(?:没|吗)|发了?(?:没|吗)|订单.{0,4}(?:状态|成功)|我的订单",
    "greet": r"^(?:你好|您好|在吗|在么|hi|hello|哈喽|嗨|早上好|晚上好|有人吗)",
    "goodbye": r"^(?:再见|拜拜|88|bye)",
    "thank": r"谢谢|感谢|多谢|3q",
    "affirm": r"^(?:好的?|是的?|对|嗯+|行|可以|ok|要)[的了吧呀啊。!！]*$",
    "deny": r"^(?:不用了?|不要|不是|算了|没有|不)[的了吧呀啊。!！]*$",
}
_RULES = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _PLAIN.items())

_MARKS = re.compile(r"[\s?？.。,，!！~～、·…]+")

_RULE_CONFIDENCE = 0.7
_WORDS_BESIDE = 4
_BESIDE = ("phone_tail", "paid_amount")
_OF_A_NUMBER = {
    "ticket": "ticket_progress",
    "order_id": "order_status",
    "tracking_no": "logistics_query",
}


def by_rules(text: str) -> Understanding | None:
    """Understand by plain words; None where no rule speaks."""
    for intent, pattern in _RULES:
        if pattern.search(text):
            return Understanding(intent, _RULE_CONFIDENCE, "rule", find_numbers(text))
    return None


def says_nothing(text: str) -> bool:
    """Whether a message is marks and no word: ？, 。。。"""
    return _MARKS.fullmatch(text) is not None


def bare_number(text: str) -> Understanding | None:
    """Understand a message that is a number and hardly anything else."""
    numbers = find_numbers(text)
    for kind, intent in _OF_A_NUMBER.items():
        values = numbers.get(kind, ())
        beside = [*values[:1], *(word for each in _BESIDE for word in numbers.get(each, ()))]
        if values and len(plain_digits(text).strip()) - sum(map(len, beside)) <= _WORDS_BESIDE:
            return Understanding(intent, _RULE_CONFIDENCE, "rule", numbers)
    return None
