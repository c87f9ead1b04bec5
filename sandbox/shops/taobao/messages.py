"""TOP's message channel over HTTP: user.permit, messages.consume and messages.confirm."""

from collections.abc import Iterator, Sequence

from sandbox.shops.control import Change
from sandbox.shops.ledger import Order, Refund
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import invalid
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json, yuan
from sandbox.shops.wishes import Control

TRADE_TOPICS = {
    "WAIT_BUYER_PAY": "TradeCreate",
    "WAIT_SELLER_SEND_GOODS": "TradeBuyerPay",
    "SELLER_CONSIGNED_PART": "TradePartlySellerShip",
    "WAIT_BUYER_CONFIRM_GOODS": "TradeSellerShip",
    "TRADE_FINISHED": "TradeSuccess",
    "TRADE_CLOSED": "TradeClose",
    "TRADE_CLOSED_BY_TAOBAO": "TradeClose",
}
REFUND_TOPICS = {
    "WAIT_SELLER_AGREE": "RefundCreated",
    "WAIT_BUYER_RETURN_GOODS": "RefundSellerAgreeAgreement",
    "WAIT_SELLER_CONFIRM_GOODS": "RefundBuyerReturnGoods",
    "SELLER_REFUSE_BUYER": "RefundSellerRefuseAgreement",
    "CLOSED": "RefundClosed",
    "SUCCESS": "RefundSuccess",
}
SELLER = "小满母婴旗舰店"


def news(shop: TaobaoShop, wish: Control, changes: Sequence[Change]) -> Iterator[tuple[str, Json]]:
    """The topics and contents of what the control has just changed."""
    for change in changes:
        if change.refund:
            yield _refund(shop, change.order, change.refund)
        else:
            yield _trade(shop, change.order)
    if wish.stock:
        topic = (
            "taobao_item_ItemStockChanged" if wish.stock.quantity else "taobao_item_ItemZeroStock"
        )
        content: Json = {"num_iid": int(wish.stock.item), "quantity": wish.stock.quantity}
        yield topic, {**content, "sku_id": int(wish.stock.sku), "nick": SELLER}


def _trade(shop: TaobaoShop, order: Order) -> tuple[str, Json]:
    return f"taobao_trade_{TRADE_TOPICS.get(order.status, 'TradeChanged')}", {
        "tid": int(order.number),
        "oid": int(order.lines[0].oid),
        "status": order.status,
        "payment": yuan(order.payment),
        "buyer_open_uid": shop.buyer(order.buyer).open_uid,
        "seller_nick": SELLER,
    }


def _refund(shop: TaobaoShop, order: Order, refund: Refund) -> tuple[str, Json]:
    return f"taobao_refund_{REFUND_TOPICS.get(refund.status, 'RefundBuyerModifyAgreement')}", {
        "refund_id": int(refund.refund_id),
        "tid": int(order.number),
        "oid": int(refund.line.oid),
        "refund_fee": yuan(refund.fee),
        "buyer_open_uid": shop.buyer(order.buyer).open_uid,
        "seller_nick": SELLER,
    }


def permit(shop: TaobaoShop, _form: Form) -> Json:
    """taobao.tmc.user.permit {topics}: from now on the seller's messages are kept."""
    shop.messages.is_permitted = True
    return {"is_success": True}


def consume(shop: TaobaoShop, form: Form) -> Json:
    """taobao.tmc.messages.consume {group_name, quantity 10..200}: what is due."""
    _check_group(form)
    rows = shop.messages.take(form.number("quantity", 100, 10, 200), shop.clock.now())
    return {"messages": Rows("tmc_message", rows)}


def confirm(shop: TaobaoShop, form: Form) -> Json:
    """taobao.tmc.messages.confirm {group_name, s_message_ids <= 200}."""
    _check_group(form)
    numbers = form.listed("s_message_ids", 200)
    if not all(number.isdecimal() for number in numbers):
        raise invalid("s_message_ids", "消息ID应为数字")
    for number in numbers:
        shop.messages.confirm(number)
    return {"is_success": True}


def _check_group(form: Form) -> None:
    if form.text("group_name") not in ("", "default"):
        raise invalid("group_name", "用户分组不存在")


APIS = (
    Api("taobao.tmc.user.permit", permit),
    Api("taobao.tmc.messages.consume", consume),
    Api("taobao.tmc.messages.confirm", confirm),
)
