"""What members of staff may call an intent on a command line."""

from collections.abc import Mapping
from difflib import get_close_matches

from desk.reviews.intents import INTENTS

_WORDS: Mapping[str, str] = {
    "stock_check": "查库存 库存 有货 问库存",
    "price_query": "问价格 价格 查价格 多少钱",
    "product_consult": "了解商品 商品咨询 产品咨询 咨询商品",
    "order_status": "查订单 订单状态 发货没",
    "urge_order": "催发货 催单",
    "logistics_query": "查快递 查物流 物流 快递",
    "logistics_delay": "快递太慢了 物流太慢 快递慢 物流延误",
    "parcel_missing": "没收到货 没收到 未收到货",
    "return_request": "退货退款 退货",
    "exchange_request": "换货 换码",
    "refund_status": "查退款 退款进度",
    "after_sales_claim": "商品有问题 质量和售后 售后 质量问题",
    "price_protection": "申请价保 价保 退差价",
    "coupon_query": "看优惠券 优惠券 问优惠券",
    "promotion_query": "看活动 活动 问活动",
    "member_query": "查会员和积分 会员和积分 会员 积分",
    "ticket_progress": "查处理进度 查工单进度 工单进度 处理进度",
    "store_locate": "找门店 门店",
    "appointment_book": "预约",
    "invoice_request": "开发票 发票",
    "delivery_change": "改收货信息 改地址",
    "order_cancel": "取消订单 取消",
    "complaint": "我要投诉 投诉",
    "human_handoff": "找人工客服 找人工 转人工 人工",
    "restock_notify": "登记补货提醒 补货提醒 到货通知",
    "payment_issue": "付款有问题 付款问题 付款",
    "unsubscribe": "不再接收推送 退订",
    "privacy_request": "我的个人信息 个人信息",
    "satisfaction_rating": "评价服务 评价",
    "greet": "打个招呼 打招呼 问好",
    "goodbye": "结束对话 告别 再见",
    "thank": "说声谢谢 谢谢 感谢",
    "affirm": "是的 肯定",
    "deny": "不用了 否定",
    "bot_challenge": "你是谁 问是不是机器人",
    "out_of_scope": "其他问题 其他 无关",
}
_BY_WORD = {word: intent for intent in INTENTS for word in (intent, *_WORDS[intent].split())}


def intent_called(word: str) -> str | None:
    """The intent that a word names: its label, what it is called, or the only one it is part of."""
    wanted = word.strip().lower()
    if wanted in _BY_WORD:
        return _BY_WORD[wanted]
    fitting = {intent for name, intent in _BY_WORD.items() if wanted and wanted in name}
    return fitting.pop() if len(fitting) == 1 else None


def alike(word: str) -> tuple[str, ...]:
    """Up to three names that look like a word."""
    return tuple(get_close_matches(word.strip().lower(), sorted(_BY_WORD), n=3, cutoff=0.4))
