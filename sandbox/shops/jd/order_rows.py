"""An order as JOS tells it: texts everywhere, yuan, "never" as 0001-01-01, receivers masked."""

from datetime import datetime

from sandbox.merchant.jd import JdBuyer
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.ledger import Line, Order
from sandbox.shops.wire import Json, beijing, mask_mobile, mask_name, yuan

NEVER = "0001-01-01 00:00:00"
CARRIERS = {
    "京东快递": "2087",
    "中通快递": "1499",
    "圆通速递": "463",
    "顺丰速运": "467",
    "韵达快递": "1327",
    "邮政快递包裹": "2170",
}
ALWAYS = ("orderId", "orderState", "orderStartTime", "modified")
"""What comes whether it is asked for or not."""


def order_row(shop: JdShop, order: Order, fields: list[str]) -> Json:
    """The order cut to `fields`."""
    buyer = shop.buyer(order.buyer)
    row = {**_money(order), **_times(order), **_people(buyer), **_sending(order)}
    row |= {
        "orderId": order.number,
        "orderState": order.status,
        "venderId": "10477213",
        "orderType": "22",
        "itemInfoList": [_line(line) for line in order.lines],
        "couponDetailList": [],
        "orderRemark": order.message,
        "venderRemark": order.memo,
    }
    return {name: value for name, value in row.items() if name in fields or name in ALWAYS}


def _time(moment: datetime | None) -> str:
    return beijing(moment) or NEVER


def _money(order: Order) -> Json:
    return {
        "orderTotalPrice": yuan(order.total),
        "orderSellerPrice": yuan(order.payment),
        "sellerDiscount": yuan(order.discount),
        "freightPrice": yuan(0),
        "shouldPay": yuan(order.payment),
        "actualPay": yuan(order.payment if order.paid else 0),
        # No longer kept up since October 2024: whoever reads it is wrong.
        "orderPayment": yuan(0),
    }


def _times(order: Order) -> Json:
    return {
        "orderStartTime": _time(order.created),
        "paymentConfirmTime": _time(order.paid),
        "orderEndTime": _time(order.success),
        "modified": _time(order.updated),
    }


def _people(buyer: JdBuyer) -> Json:
    return {
        "open_id_buyer": buyer.open_id,
        "xid_buyer": f"o*AA{buyer.open_id}",
        "pin": mask_name(buyer.pin),
        "consigneeInfo": {
            "fullname": mask_name(buyer.name),
            "mobile": buyer.virtual or mask_mobile(buyer.mobile),
            "telephone": buyer.virtual or mask_mobile(buyer.mobile),
            "fullAddress": f"{buyer.province}{buyer.city}{buyer.county}****",
            "province": buyer.province,
            "city": buyer.city,
            "county": buyer.county,
        },
    }


def _sending(order: Order) -> Json:
    """Carriers joined by "|", the parcels of one carrier by ","."""
    by_carrier: dict[str, list[str]] = {}
    for parcel in order.parcels:
        by_carrier.setdefault(CARRIERS[parcel.company], []).append(parcel.waybill)
    return {
        "logisticsId": "|".join(by_carrier),
        "waybill": "|".join(",".join(numbers) for numbers in by_carrier.values()),
    }


def _line(line: Line) -> Json:
    words = [line.item.product.title, *(value for _, value in line.sku.values)]
    return {
        "skuId": str(line.sku.sku_id),
        "wareId": line.item.item_id,
        "outerSkuId": line.sku.outer_id,
        "skuName": " ".join(words),
        "jdPrice": yuan(line.sku.price),
        "itemTotal": str(line.num),
        "giftPoint": "0",
        "newStoreId": "0",
    }
