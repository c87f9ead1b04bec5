"""After-sales: ids by windows of at most 24 hours, and one case."""

from sandbox.shops.ledger import Order, Refund
from sandbox.shops.wechat_store.api import Api, seconds, turn, window
from sandbox.shops.wechat_store.errors import NOT_EXIST, WechatError, bad_body
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

LONGEST = 86_400
A_PAGE = 50


def listed(shop: WechatStoreShop, params: Params) -> Json:
    """aftersale/getaftersalelist: by creation or by change, both ends inside."""
    created = window(params, "begin_create_time", "end_create_time", LONGEST)
    updated = window(params, "begin_update_time", "end_update_time", LONGEST)
    if created is None and updated is None:
        raise bad_body("begin_create_time or begin_update_time missing")
    cases = [
        refund
        for order in shop.ledger.all()
        for refund in order.refunds
        if _inside(seconds(refund.created), created) and _inside(seconds(refund.updated), updated)
    ]
    cases.sort(key=lambda refund: refund.updated)
    filters: Json = {"c": created, "u": updated}
    page, cursor, more = turn(cases, params.text("next_key"), A_PAGE, filters)
    return {
        "after_sale_order_id_list": [refund.refund_id for refund in page],
        "has_more": more,
        "next_key": cursor,
    }


def _inside(moment: int, given: tuple[int, int] | None) -> bool:
    return given is None or given[0] <= moment <= given[1]


def kind_of(refund: Refund) -> str:
    """REFUND, RETURN or EXCHANGE."""
    if "EXCHANGE" in refund.status:
        return "EXCHANGE"
    return "RETURN" if refund.return_goods else "REFUND"


def _case(shop: WechatStoreShop, order: Order, refund: Refund) -> Json:
    buyer = shop.buyer(order.buyer)
    known = {"unionid": buyer.unionid} if buyer.unionid else {}
    return {
        "after_sale_order_id": refund.refund_id,
        "status": refund.status,
        "openid": buyer.openid,
        **known,
        "product_info": {
            "product_id": refund.line.item.item_id,
            "sku_id": str(refund.line.sku.sku_id),
            "count": refund.line.num,
        },
        "refund_info": {"amount": refund.fee, "refund_reason": 1},
        "return_info": {"waybill_id": "", "delivery_id": "", "delivery_name": ""},
        "merchant_upload_info": {"reject_reason": "", "refund_certificates": []},
        "create_time": seconds(refund.created),
        "update_time": seconds(refund.updated),
        "reason": refund.reason,
        "type": kind_of(refund),
        "order_id": order.number,
    }


def one(shop: WechatStoreShop, params: Params) -> Json:
    """aftersale/getaftersaleorder {after_sale_order_id}; amount in fen."""
    found = shop.ledger.refund(params.required("after_sale_order_id"))
    if found is None:
        raise WechatError(NOT_EXIST, "Not exist")
    return {"after_sale_order": _case(shop, *found)}


APIS = (
    Api("aftersale/getaftersalelist", listed),
    Api("aftersale/getaftersaleorder", one),
)
