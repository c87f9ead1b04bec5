"""One order as `order/get` shows it: fen, Unix seconds, the receiver masked."""

from sandbox.merchant.wechat_store import WechatBuyer
from sandbox.shops.ledger import Line, Order, Parcel
from sandbox.shops.wechat_store.api import seconds
from sandbox.shops.wechat_store.products import attrs
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json, mask_mobile, mask_name

DELIVERY_IDS = {
    "中通快递": "ZTO",
    "圆通速递": "YTO",
    "韵达快递": "YD",
    "申通快递": "STO",
    "顺丰速运": "SF",
    "京东快递": "JD",
    "EMS": "EMS",
}
IN_AFTER_SALE = frozenset(
    ("MERCHANT_PROCESSING", "USER_WAIT_RETURN", "MERCHANT_WAIT_RECEIPT", "PLATFORM_REFUNDING")
)


def order_json(shop: WechatStoreShop, order: Order) -> Json:
    """The `order` of the answer."""
    buyer = shop.buyer(order.buyer)
    known = {"unionid": buyer.unionid} if buyer.unionid else {}
    running = [refund for refund in order.refunds if refund.status in IN_AFTER_SALE]
    return {
        "order_id": order.number,
        "openid": buyer.openid,
        **known,
        "create_time": seconds(order.created),
        "update_time": seconds(order.updated),
        "status": int(order.status),
        "is_present": order.number in shop.presents,
        "order_detail": _detail(shop, order, buyer),
        "aftersale_detail": {
            "on_aftersale_order_cnt": len(running),
            "aftersale_order_list": [
                {"aftersale_order_id": refund.refund_id, "status": 0} for refund in order.refunds
            ],
        },
    }


def _detail(shop: WechatStoreShop, order: Order, buyer: WechatBuyer) -> Json:
    return {
        "product_infos": [
            _product(shop, order, line, place) for place, line in enumerate(order.lines, 1)
        ],
        "price_info": {
            "product_price": order.total,
            "order_price": order.payment,
            "freight": 0,
            "discounted_price": order.discount,
            "is_discounted": order.discount > 0,
            "original_order_price": order.total,
            "merchant_receieve_price": order.payment,
        },
        "pay_info": {
            "payment_method": 1,
            "prepay_time": seconds(order.created),
            "pay_time": seconds(order.paid),
            "transaction_id": f"42{order.number}000000" if order.paid else "",
        },
        "delivery_info": {
            "address_info": address(buyer),
            "delivery_product_info": [_parcel(parcel) for parcel in order.parcels],
            "ship_done_time": seconds(order.shipped) if order.status != "21" else 0,
            "deliver_method": 0,
        },
        "coupon_info": {},
        "ext_info": {"customer_notes": order.message, "merchant_notes": order.memo},
        "settle_info": {},
    }


def _product(shop: WechatStoreShop, order: Order, line: Line, place: int) -> Json:
    mine = [refund for refund in order.refunds if refund.line is line]
    return {
        "product_id": line.item.item_id,
        "sku_id": str(line.sku.sku_id),
        "thumb_img": f"{shop.public}/img/{line.item.item_id}.svg",
        "sku_cnt": line.num,
        "sale_price": line.sku.price,
        "market_price": line.sku.price,
        "title": line.item.product.title,
        "sku_code": line.sku.outer_id,
        "sku_attrs": attrs(line.sku),
        "estimate_price": line.payment,
        "real_price": line.payment,
        "is_discounted": line.payment != line.total,
        "on_aftersale_sku_cnt": sum(line.num for each in mine if each.status in IN_AFTER_SALE),
        "finish_aftersale_sku_cnt": sum(line.num for each in mine if each.money_back),
        "sku_deliver_info": {"stock_type": int(order.number in shop.presales)},
        "product_unique_id": f"{order.number}_{place:03d}",
    }


def _parcel(parcel: Parcel) -> Json:
    return {
        "waybill_id": parcel.waybill,
        "delivery_id": DELIVERY_IDS.get(parcel.company, "OTHER"),
        "delivery_name": parcel.company,
        "delivery_time": seconds(parcel.scans[0].at) if parcel.scans else 0,
        "deliver_type": 1,
        "product_infos": [
            {
                "product_id": line.item.item_id,
                "sku_id": str(line.sku.sku_id),
                "product_cnt": line.num,
            }
            for line in parcel.lines
        ],
    }


def address(buyer: WechatBuyer) -> Json:
    """The receiver, masked; behind a virtual number the real one stands masked beside it."""
    masked: Json = {
        "user_name": mask_name(buyer.name),
        "postal_code": "",
        "province_name": buyer.province,
        "city_name": buyer.city,
        "county_name": buyer.county,
        "detail_info": mask_name(buyer.address),
        "house_number": "",
        "tel_number": "" if buyer.virtual else mask_mobile(buyer.mobile),
        "virtual_order_tel_number": "",
        "use_tel_number": int(buyer.virtual),
        "hash_code": f"{sum(buyer.address.encode()):08x}{len(buyer.address):04x}",
    }
    if buyer.virtual:
        masked["tel_number_ext_info"] = {
            "real_tel_number": mask_mobile(buyer.mobile),
            "virtual_tel_number": "",
            "virtual_tel_expire_time": 0,
        }
    return masked
