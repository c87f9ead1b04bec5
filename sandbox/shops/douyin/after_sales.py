"""After-sales: afterSale.List tells what was applied for, afterSale.Detail what went back."""

from datetime import timedelta

from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.errors import invalid
from sandbox.shops.douyin.order_rows import kind_of, order_status, refund_state, seconds
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.ledger import Order, Refund
from sandbox.shops.wire import Json

HALF_A_YEAR = timedelta(days=183)
MOST_ROWS = 50_000
SORTS = ("status_deadline", "apply_time", "update_time")
FOREVER = 1 << 40
Case = tuple[Order, Refund]


def search(shop: DouyinShop, params: Params) -> Json:
    """afterSale.List: pages from 0; a window of updates needs its sort, or polling would miss."""
    size, page = params.size(11000), params.whole("page")
    if page < 0 or (page + 1) * size > MOST_ROWS:
        raise invalid(11000, "page*size不能超过50000")
    newest_first = _is_descending(params)
    cases = [case for case in _cases(shop, params) if _wanted(case, params)]
    cases.sort(key=lambda case: case[1].updated, reverse=newest_first)
    start = page * size
    rows = [_row(shop, *case) for case in cases[start : start + size]]
    return {
        "items": rows,
        "has_more": start + size < len(cases),
        "total": len(cases),
        "page": page,
        "size": len(rows),
    }


def _is_descending(params: Params) -> bool:
    sorts = params.texts("order_by")
    for sort in sorts:
        field, _, way = sort.partition(" ")
        if field not in SORTS or way not in ("asc", "desc"):
            raise invalid(11000, "order_by不支持")
    by_update = any(sort.startswith("update_time ") for sort in sorts)
    if params.has("update_start_time") and not by_update:
        raise invalid(11000, "按更新时间查询须按update_time排序")
    return not sorts or sorts[0].endswith("desc")


def _cases(shop: DouyinShop, params: Params) -> list[Case]:
    has_window = any(params.has(name) for name in ("start_time", "update_start_time"))
    oldest = 0 if has_window else seconds(shop.clock.now() - HALF_A_YEAR)
    applied = (params.whole("start_time", oldest), params.whole("end_time", FOREVER))
    updated = (params.whole("update_start_time", 0), params.whole("update_end_time", FOREVER))
    return [
        (order, refund)
        for order in shop.ledger.all()
        for refund in order.refunds
        if applied[0] <= seconds(refund.created) <= applied[1]
        and updated[0] <= seconds(refund.updated) <= updated[1]
    ]


def _wanted(case: Case, params: Params) -> bool:
    order, refund = case
    return params.text("order_id") in ("", order.number) and params.text("aftersale_id") in (
        "",
        refund.refund_id,
    )


def _row(shop: DouyinShop, order: Order, refund: Refund) -> Json:
    answered_as = {13: 3}
    status = int(refund.status)
    line = refund.line
    return {
        "aftersale_info": {
            "aftersale_id": refund.refund_id,
            "aftersale_order_type": 1,
            "aftersale_type": kind_of(shop, refund),
            "aftersale_status": answered_as.get(status, status),
            "related_id": line.oid,
            "apply_time": seconds(refund.created),
            "update_time": seconds(refund.updated),
            "refund_amount": refund.fee,
            "refund_post_amount": 0,
            "aftersale_num": line.num,
            "refund_status": refund_state(shop, refund),
            "remark": "",
        },
        "order_info": {
            "shop_order_id": order.number,
            "related_order_info": [
                {
                    "sku_order_id": line.oid,
                    "order_status": order_status(order),
                    "pay_amount": line.payment,
                    "item_num": line.num,
                    "product_name": line.item.product.title,
                    "product_id": int(line.item.item_id),
                }
            ],
            "order_flag": 0,
        },
        "text_part": {"reason_text": refund.reason},
        "seller_logs": [],
    }


def detail(shop: DouyinShop, params: Params) -> Json:
    """afterSale.Detail {after_sale_id}; the sums that really went back."""
    found = shop.ledger.refund(params.required("after_sale_id"))
    if found is None:
        raise invalid(11003, "数据不存在")
    order, refund = found
    back = shop.seeds.paid_back.get(refund.refund_id, refund.fee) if refund.money_back else 0
    return {
        "process_info": {
            "after_sale_info": {
                "after_sale_id": int(refund.refund_id),
                "after_sale_status": int(refund.status),
                "after_sale_type": kind_of(shop, refund),
                "refund_status": refund_state(shop, refund),
                "refund_total_amount": refund.fee,
                "refund_post_amount": 0,
                "real_refund_amount": back,
                "refund_time": seconds(refund.money_back),
                "apply_time": seconds(refund.created),
                "update_time": seconds(refund.updated),
                "reason": refund.reason,
                "reason_code": refund.reason_code,
            },
            "logistics_info": {"order": [], "return": None},
        },
        "order_info": {"shop_order_id": int(order.number), "sku_order_infos": []},
    }


APIS = (Api("afterSale.List", search), Api("afterSale.Detail", detail))
