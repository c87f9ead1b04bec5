"""An order as Douyin writes it: fen, Unix seconds, 0 for what has not come, sealed receivers.

Lists and the single order have the same shape. `order_status` has no word for "ended by a refund":
only `main_status` (21, 22, 39) tells it.
"""

from datetime import datetime

from sandbox.shops.douyin.carriers import carrier_code
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.ledger import Line, Order, Parcel, Refund
from sandbox.shops.wire import Json, mask_mobile, mask_name

ORDER_STATUS = {103: 1, 21: 4, 22: 4, 39: 5}
WORDS = {
    1: "待支付",
    105: "已支付",
    2: "备货中",
    101: "部分发货",
    3: "已发货",
    4: "已取消",
    5: "已完成",
}
TRADE_WORDS = {0: "普通", 1: "拼团", 2: "定金预售"}


def seconds(moment: datetime | None) -> int:
    """Unix seconds; 0 for what has not come."""
    return int(moment.timestamp()) if moment else 0


def main_status(order: Order) -> int:
    """The main status; -1 for a word that is none of Douyin's."""
    return int(order.status) if order.status.isdecimal() else -1


def order_status(order: Order) -> int:
    """The order status, poorer than the main one."""
    status = main_status(order)
    return ORDER_STATUS.get(status, status)


def order_row(shop: DouyinShop, order: Order) -> Json:
    """The whole order."""
    gift = shop.seeds.pay_gifts.get(order.number, 0)
    return {
        **_state(shop, order),
        "order_amount": order.total,
        "pay_amount": order.payment,
        "post_amount": 0,
        "promotion_amount": order.discount,
        "promotion_shop_amount": order.discount,
        "promotion_platform_amount": 0,
        "promotion_pay_amount": gift,
        "buyer_words": order.message,
        "seller_words": order.memo,
        **_receiver(shop, order),
        "logistics_info": [_package(order, parcel) for parcel in order.parcels],
        "sku_order_list": [_line(shop, order, line) for line in order.lines],
        "shop_order_tag_ui": [
            {"key": "tag", "text": text, "help_doc": ""}
            for text in shop.seeds.tags.get(order.number, [])
        ],
    }


def _state(shop: DouyinShop, order: Order) -> Json:
    status = order_status(order)
    return {
        "shop_id": int(shop.keys.shop_id),
        "shop_name": "小满母婴抖音小店",
        "order_id": order.number,
        "order_level": 2,
        "order_type": 0,
        "order_type_desc": "普通订单",
        "order_status": status,
        "order_status_desc": WORDS.get(status, ""),
        "main_status": main_status(order),
        "pay_type": 1 if order.paid else 0,
        "pay_time": seconds(order.paid),
        "create_time": seconds(order.created),
        "update_time": seconds(shop.moved_at(order)),
        "ship_time": seconds(order.shipped),
        "finish_time": seconds(order.success),
        "cancel_reason": "",
        "doudian_open_id": shop.buyer(order.buyer).open_id,
    }


def _receiver(shop: DouyinShop, order: Order) -> Json:
    buyer = shop.buyer(order.buyer)
    area = {
        "province": {"id": "", "name": buyer.province},
        "city": {"id": "", "name": buyer.city},
        "town": {"id": "", "name": buyer.town},
        "street": {"id": "", "name": buyer.street},
    }
    masked = f"{buyer.mobile[:1]}{'*' * 10}" if buyer.hides_phone else mask_mobile(buyer.mobile)
    return {
        "post_tel": "",
        "post_receiver": "",
        "encrypt_post_tel": shop.vault.seal(buyer.mobile),
        "encrypt_post_receiver": shop.vault.seal(buyer.name),
        "post_addr": {**area, "detail": "", "encrypt_detail": shop.vault.seal(buyer.address)},
        "mask_post_tel": masked,
        "mask_post_receiver": mask_name(buyer.name),
        "mask_post_addr": {**area, "detail": "*" * len(buyer.address)},
    }


def _package(order: Order, parcel: Parcel) -> Json:
    return {
        "tracking_no": parcel.waybill,
        "company": carrier_code(parcel.company),
        "company_name": parcel.company,
        "ship_time": seconds(order.shipped),
        "delivery_id": parcel.waybill[-10:],
        "product_info": [
            {
                "product_name": line.item.product.title,
                "product_id": int(line.item.item_id),
                "product_id_str": line.item.item_id,
                "sku_id": line.sku.sku_id,
                "sku_order_id": line.oid,
                "product_count": line.num,
                "price": line.sku.price,
                "sku_specs": [{"name": name, "value": value} for name, value in line.sku.values],
            }
            for line in parcel.lines
        ],
    }


def _line(shop: DouyinShop, order: Order, line: Line) -> Json:
    refund = next((each for each in order.refunds if each.line is line), None)
    gift = shop.seeds.pay_gifts.get(order.number, 0) if line is order.lines[0] else 0
    trade = shop.seeds.trades.get(order.number, 0)
    return {
        "order_id": line.oid,
        "parent_order_id": order.number,
        "order_level": 3,
        "order_status": _line_status(order, line),
        "main_status": main_status(order),
        "trade_type": trade,
        "trade_type_desc": TRADE_WORDS[trade],
        "pre_sale_type": 0,
        "product_id": int(line.item.item_id),
        "product_id_str": line.item.item_id,
        "product_name": line.item.product.title,
        "product_pic": f"{shop.public}/img/{line.item.item_id}.svg",
        "sku_id": line.sku.sku_id,
        "out_sku_id": line.sku.outer_id,
        "spec": [{"name": name, "value": value} for name, value in line.sku.values],
        "item_num": line.num,
        "origin_amount": line.sku.price,
        "sum_amount": line.total,
        "order_amount": line.total,
        "pay_amount": line.payment,
        "promotion_pay_amount": gift,
        "post_amount": 0,
        "create_time": seconds(order.created),
        "pay_time": seconds(order.paid),
        "ship_time": seconds(order.shipped) if line.shipped else 0,
        "after_sale_info": _after_sale(shop, refund),
    }


def _line_status(order: Order, line: Line) -> int:
    status = order_status(order)
    if status == 101:
        return 3 if line.shipped else 2
    return status


def _after_sale(shop: DouyinShop, refund: Refund | None) -> Json:
    if refund is None:
        return {"after_sale_status": 0, "after_sale_type": 0, "refund_status": 0}
    return {
        "after_sale_status": int(refund.status),
        "after_sale_type": kind_of(shop, refund),
        "refund_status": refund_state(shop, refund),
    }


def kind_of(shop: DouyinShop, refund: Refund) -> int:
    """0 with goods coming back, 1 after and 2 before shipment, others as the seeds say."""
    otherwise = 0 if refund.return_goods else 1 if refund.line.shipped else 2
    return shop.seeds.kinds.get(refund.refund_id, otherwise)


def refund_state(shop: DouyinShop, refund: Refund) -> int:
    """1 waiting, 2 under way (agreed), 3 the money is back; 0 where no money is spoken of."""
    if kind_of(shop, refund) in (3, 7, 8):
        return 0
    if refund.money_back:
        return 3
    return 2 if refund.status == "12" else 1
