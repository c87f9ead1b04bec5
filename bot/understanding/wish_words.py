"""Wishes in a word or two, as people name them when they put something right: 退, 换, 价格."""

import re
from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "human_handoff": r"转?人工(?:客服)?|真人|客服",
    "complaint": r"投诉",
    "refund_status": r"退款(?:进度|到账|到哪了?)|钱(?:什么时候到|到哪了?|退了没)",
    "exchange_request": r"换货?|换个?(?:码|颜色|尺码|大的|小的)?|换(?:一个|一双|一件|新|新的)",
    "return_request": r"退货?|退钱|退款|退货退款|退掉|退回",
    "after_sales_claim": r"维修|修|保修|补发|补寄|坏了|质量问题|少发|发错|商品有问题",
    "price_protection": r"价保|保价|差价|补差价|退差价",
    "order_cancel": r"取消(?:订单)?|拦截|不要了",
    "delivery_change": r"改?(?:收货)?地址|改电话|改收货信息|改",
    "urge_order": r"催?发货|催单?|催一下|快点发货?",
    "invoice_request": r"发票|开票|开发票",
    "logistics_delay": r"快递(?:太慢|不动|没动)了?",
    "parcel_missing": r"没收到货?|没拿到",
    "logistics_query": r"(?:查?快递|物流|查物流|包裹)(?:到哪了?|在哪|信息|进度)?|到哪了?|单号",
    "order_status": r"查?订单(?:状态)?|发货了?(?:没|没有|吗)|发没发",
    "restock_notify": r"补货提醒|到货(?:提醒|通知)|登记(?:补货)?",
    "stock_check": r"(?:有没有|有)?货吗?|库存|查库存|有没有货?|现货",
    "price_query": r"价格|价钱|多少钱|什么价|几块钱?|钱数",
    "product_consult": r"材质|尺寸|成分|怎么用|了解商品",
    "coupon_query": r"(?:优惠)?券|优惠(?:券)?|红包|折扣",
    "promotion_query": r"活动|赠品",
    "member_query": r"积分|会员|等级",
    "ticket_progress": r"进度|工单|处理进度",
    "store_locate": r"门店|实体店|店在哪|地址在哪",
    "appointment_book": r"预约|试驾|安装",
    "payment_issue": r"付款|支付|付不了款?|付款有问题",
    "privacy_request": r"注销(?:账号|账户)?|删除?(?:信息|资料)|个人信息",
    "unsubscribe": r"退订|不再接收推送|推送",
}
_AROUND = r"(?:我|是|要|想|说|问|的|就|那个|你们|一下|帮|给|查|看|申请|办理?)*"
_AFTER = r"(?:的|了|吧|呀|啊|哦|嘛|呢|吗|一下|这个|的事|问题|申请)*"
_WHOLE = tuple(
    (intent, re.compile(rf"{_AROUND}(?:{words}){_AFTER}[\s。.!！?？~]*", re.IGNORECASE))
    for intent, words in _WORDS.items()
)


def named_wish(text: str) -> str:
    """The intent that a few words name and nothing else; "" for none."""
    said = text.strip()
    return next((intent for intent, pattern in _WHOLE if pattern.fullmatch(said)), "")
