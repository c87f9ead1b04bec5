"""What a change is told as over the message connection: its topic and the JSON inside."""

import json

from sandbox.shops.control import Change
from sandbox.shops.pinduoduo.states import State, state_of
from sandbox.shops.wire import Json, epoch_ms

ORDER_TOPICS = {
    1: "pdd_trade_TradeConfirmed",
    2: "pdd_trade_TradeSellerShip",
    3: "pdd_trade_TradeSuccess",
}
REFUND_TOPICS = {
    **dict.fromkeys((2, 3, 14, 21), "pdd_refund_RefundCreated"),
    **dict.fromkeys((4, 5, 7, 31), "pdd_refund_RefundAgreeAgreement"),
    **dict.fromkeys((9, 11, 12, 13), "pdd_refund_RefundClosed"),
}
RISK = "pdd_trade_TradeRiskChanged"
TOPICS = frozenset({*ORDER_TOPICS.values(), *REFUND_TOPICS.values(), RISK})
"""What the app has subscribed to."""


def topic_of(change: Change) -> str:
    """The topic of a change; "" for one that has none (money that arrived, a cancelled order)."""
    if change.refund:
        return REFUND_TOPICS.get(int(change.refund.status), "")
    return _of_order(state_of(change.order))


def _of_order(state: State) -> str:
    if state.confirm != 1:
        return ""
    return RISK if state.is_checked else ORDER_TOPICS.get(state.order, "")


def content_of(change: Change, mall: int) -> str:
    """The content as the platform sends it: JSON in a text, fees in fen, times in ms."""
    content: Json = {"mall_id": mall, "tid": change.order.number}
    if change.refund:
        content |= {
            "refund_id": int(change.refund.refund_id),
            "refund_fee": change.refund.fee,
            "bill_type": 2 if change.refund.return_goods else 1,
            "operation": 1000,
            "modified": epoch_ms(change.refund.updated),
        }
    return json.dumps(content, separators=(",", ":"))
