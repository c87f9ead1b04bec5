"""An order in Youzan's `full_order_info` shape: yuan strings, Beijing times, sealed receivers.

Field names follow the official SDK models of youzan.trade.get 4.0.1; `delivery_order`'s packages
have a carrier id but no carrier name, as there. `refund_order[].refund_state` is the refund's
status word: the model's enumeration is not in what we have.
"""

from sandbox.shops.ledger import Line, Order, Parcel, Refund
from sandbox.shops.wire import Json, beijing, yuan
from sandbox.shops.youzan.carriers import carrier_id
from sandbox.shops.youzan.items import alias, page, picture, properties
from sandbox.shops.youzan.shop import YouzanShop

ORDINARY = 0
STATUS_WORDS = {
    "WAIT_BUYER_PAY": "待支付",
    "TRADE_PAID": "已支付",
    "WAIT_CONFIRM": "待确认",
    "WAIT_SELLER_SEND_GOODS": "待发货",
    "WAIT_BUYER_CONFIRM_GOODS": "已发货",
    "TRADE_SUCCESS": "已完成",
    "TRADE_CLOSED": "已关闭",
}


def full_order(shop: YouzanShop, order: Order) -> Json:
    """The `full_order_info` object."""
    return {
        "order_info": _order_info(order),
        "pay_info": _pay_info(order),
        "buyer_info": _buyer_info(shop, order),
        "address_info": _address(shop, order),
        "orders": [_line(shop, line) for line in order.lines],
        "source_info": {
            "is_offline_order": False,
            "order_mark": "weapp_youzan",
            "source": {"platform": "wx", "wx_entrance": "merchant_xcx"},
        },
        "remark_info": {"buyer_message": order.message, "star": 0, "trade_memo": order.memo},
        "child_info": {},
    }


def _order_info(order: Order) -> Json:
    return {
        "tid": order.number,
        "status": order.status,
        "status_str": STATUS_WORDS.get(order.status, ""),
        "type": int(order.kind or ORDINARY),
        "express_type": 0,
        "pay_type": 10 if order.paid else 0,
        "close_type": order.close_type,
        "refund_state": order.refund_state,
        "created": beijing(order.created),
        "update_time": beijing(order.updated),
        "pay_time": beijing(order.paid),
        "consign_time": beijing(order.shipped),
        "success_time": beijing(order.success),
        "order_tags": {
            "is_payed": order.paid is not None,
            "is_refund": bool(order.refund_state),
            "is_member": True,
            "is_postage_free": True,
        },
    }


def _pay_info(order: Order) -> Json:
    return {
        "total_fee": yuan(order.total),
        "post_fee": yuan(0),
        "payment": yuan(order.payment),
        "transaction": [f"1{order.number[1:]}"] if order.paid else [],
        "outer_transactions": [],
    }


def _buyer_info(shop: YouzanShop, order: Order) -> Json:
    buyer = shop.buyer(order.buyer)
    return {
        "yz_open_id": buyer.yz_open_id,
        "buyer_phone": shop.vault.seal(buyer.mobile),
        "fans_nickname": buyer.nick,
        "fans_id": 0,
        "fans_type": 9,
        "outer_user_id": "",
    }


def _address(shop: YouzanShop, order: Order) -> Json:
    buyer = shop.buyer(order.buyer)
    return {
        "receiver_name": shop.vault.seal(buyer.name),
        "receiver_tel": shop.vault.seal(buyer.mobile),
        "delivery_province": buyer.province,
        "delivery_city": buyer.city,
        "delivery_district": buyer.county,
        "delivery_address": shop.vault.seal(buyer.address),
        "delivery_postal_code": "",
        "self_fetch_info": "",
    }


def _line(shop: YouzanShop, line: Line) -> Json:
    return {
        "oid": line.oid,
        "item_id": int(line.item.item_id),
        "sku_id": line.sku.sku_id,
        "item_type": 0,
        "title": line.item.product.title,
        "num": line.num,
        "price": yuan(line.sku.price),
        "discount_price": yuan(line.sku.price),
        "total_fee": yuan(line.total),
        "payment": yuan(line.payment),
        "points_price": "0",
        "sku_properties_name": properties(line.item, line.sku),
        "outer_item_id": line.item.product.key.upper(),
        "outer_sku_id": line.sku.outer_id,
        "pic_path": picture(shop, line.item),
        "goods_url": page(shop, line.item),
        "alias": alias(line.item),
        "is_present": False,
        "buyer_messages": "",
    }


def delivery(parcel: Parcel) -> Json:
    """One `delivery_order` entry: a consignment with its one package."""
    oids = [{"oid": line.oid} for line in parcel.lines]
    return {
        "express_state": 1,
        "express_type": 0,
        "oids": oids,
        "dists": [
            {
                "dist_id": f"20{parcel.waybill[-10:]:0>22}",
                "express_info": {
                    "express_id": carrier_id(parcel.company),
                    "express_no": parcel.waybill,
                },
                "dist_items": oids,
            }
        ],
    }


def refund_entry(refund: Refund) -> Json:
    """One `refund_order` entry."""
    return {
        "refund_id": refund.refund_id,
        "refund_state": refund.status,
        "refund_type": "BUYER_APPLY_REFUND",
        "refund_fee": yuan(refund.fee),
        "oids": [{"oid": refund.line.oid}],
    }
