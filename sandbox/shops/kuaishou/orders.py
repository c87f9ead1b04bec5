"""Orders: open.order.cursor.list and open.order.detail; fen, Unix milliseconds, 0 for never."""

from datetime import datetime, timedelta

from sandbox.shops.kuaishou.api import DESCENDING, Api, page
from sandbox.shops.kuaishou.errors import BUSINESS, KuaishouError, invalid
from sandbox.shops.kuaishou.params import Params
from sandbox.shops.kuaishou.shop import KuaishouShop
from sandbox.shops.ledger import Line, Order
from sandbox.shops.wire import Json, epoch_ms, mask_mobile, mask_name

LONGEST = timedelta(days=7)
CARRIERS = {
    "顺丰速运": 4,
    "圆通速递": 6,
    "邮政快递包裹": 8,
    "中通快递": 9,
    "韵达快递": 11,
    "极兔速递": 109,
}
OTHER = 9999
_VIEWS = {2: "10", 3: "30", 4: "40", 5: "50", 6: "70", 7: "80"}
_KNOWN = ("orderViewStatus", "pageSize", "sort", "queryType", "cpsType", "cursor")
_BY_CHANGE = 2


def listed(shop: KuaishouShop, params: Params) -> Json:
    """Orders of a window by the time of creation or of the last change, page by cursor."""
    params.only(*_KNOWN, "beginTime", "endTime")
    view, size = params.number("orderViewStatus", 1, 7), params.number("pageSize", 1, 50)
    by_change = params.number("queryType", 1, 2, 1) == _BY_CHANGE
    params.number("cpsType", 0, 2, 0)
    start, end = params.window(shop.clock.now(), LONGEST)

    def where(order: Order) -> tuple[datetime, str]:
        return (order.updated if by_change else order.created), order.number

    found = [
        order
        for order in shop.ledger.all()
        if epoch_ms(start) <= epoch_ms(where(order)[0]) <= epoch_ms(end)
        and _VIEWS.get(view, order.status) == order.status
    ]
    is_descending = params.number("sort", 1, 2, DESCENDING) == DESCENDING
    rows, cursor = page(found, where, params.cursor("cursor"), size, descending=is_descending)
    return {
        "cursor": cursor,
        "pageSize": size,
        "beginTime": epoch_ms(start),
        "endTime": epoch_ms(end),
        "orderList": [order_row(shop, order) for order in rows],
    }


def one(shop: KuaishouShop, params: Params) -> Json:
    """One order by its number."""
    params.only("oid")
    number = params.id("oid")
    if not number:
        raise invalid("oid")
    order = shop.ledger.order(number)
    if order is None:
        raise KuaishouError(2002, "订单不存在", BUSINESS)
    return order_row(shop, order)


def order_row(shop: KuaishouShop, order: Order) -> Json:
    """An order as list and detail tell it: masked and encrypted receivers, refunds by id only."""
    return {
        "orderBaseInfo": _base(shop, order),
        "orderItemInfo": _item(order, order.lines[0]),
        "orderAddress": _address(shop, order),
        "orderLogisticsInfo": [
            {
                "logisticsId": 0,
                "expressNo": parcel.waybill,
                "expressCode": CARRIERS.get(parcel.company, OTHER),
            }
            for parcel in order.parcels
        ],
        "orderRefundList": [
            {"refundId": int(refund.refund_id), "refundStatus": int(refund.status)}
            for refund in order.refunds
        ],
        "orderNote": {"sellerNote": [], "orderNoteInfo": []},
        "subOrderInfo": [],
    }


def _time(moment: datetime | None) -> int:
    return epoch_ms(moment) if moment is not None else 0


def _base(shop: KuaishouShop, order: Order) -> Json:
    buyer = shop.buyer(order.buyer)
    return {
        "oid": int(order.number),
        "status": int(order.status),
        "createTime": _time(order.created),
        "payTime": _time(order.paid),
        "sendTime": _time(order.shipped),
        "recvTime": _time(order.success),
        "refundTime": max((_time(refund.created) for refund in order.refunds), default=0),
        "updateTime": _time(order.updated),
        "totalFee": order.payment,
        "discountFee": order.discount,
        "expressFee": 0,
        "buyerOpenId": buyer.open_id,
        "buyerNick": buyer.nick,
        "sellerOpenId": "f18e23c6a0sandboxseller",
        "remark": order.message,
        "payType": 1,
        "cpsType": 0,
    }


def _item(order: Order, line: Line) -> Json:
    return {
        "orderItemId": int(line.oid),
        "itemId": int(line.item.item_id),
        "skuId": line.sku.sku_id,
        "itemTitle": line.item.product.title,
        "skuDesc": " ".join(value for _, value in line.sku.values),
        "skuNick": line.sku.outer_id,
        "num": line.num,
        "originalPrice": line.sku.price,
        "price": line.sku.price,
        "discountFee": order.discount,
    }


def _address(shop: KuaishouShop, order: Order) -> Json:
    buyer = shop.buyer(order.buyer)
    return {
        "province": buyer.province,
        "city": buyer.city,
        "district": buyer.district,
        "encryptedConsignee": f"$enc.n.{buyer.key}$",
        "desensitiseConsignee": mask_name(buyer.name),
        "encryptedMobile": f"$enc.m.{buyer.key}$",
        "desensitiseMobile": mask_mobile(buyer.mobile),
        "encryptedAddress": f"$enc.a.{buyer.key}$",
        "desensitiseAddress": "****",
    }


APIS = (Api("open.order.cursor.list", listed), Api("open.order.detail", one))
