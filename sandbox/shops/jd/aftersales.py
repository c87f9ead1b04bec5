"""Refunds: services after delivery, what they give back, and cancelled orders' applications.

A case of an order that was sent is a service; its seed's status is APPLIED, APPROVED, or JD's
number of the refund (13 done, 14 failed). Before sending it is an application; its status is the
review's number. Dates of services are Unix milliseconds, those of applications Beijing time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sandbox.shops.jd.api import Api
from sandbox.shops.jd.errors import invalid
from sandbox.shops.jd.params import Params
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.ledger import Order, Refund
from sandbox.shops.wire import Json, beijing, epoch_ms, mask_name, yuan

MOST_DAYS = {"applyTime": timedelta(days=7), "approveTime": timedelta(days=10)}
_VIEW = (
    "orderId",
    "applyTimeBegin",
    "applyTimeEnd",
    "approveTimeBegin",
    "approveTimeEnd",
    "pageNumber",
    "pageSize",
)
_WITHOUT_REFUND = ("APPLIED", "APPROVED")
Case = tuple[Order, Refund]


def _cases(shop: JdShop, *, sent: bool) -> list[Case]:
    return [
        (order, refund)
        for order in shop.ledger.all()
        for refund in order.refunds
        if (order.shipped is not None) is sent
    ]


def view(shop: JdShop, params: Params) -> Json:
    """Services by order, or by the time of the application or of the approval."""
    params.only(*_VIEW)
    page, size = params.number("pageNumber", 1, 1, 10_000), params.number("pageSize", 10, 1, 50)
    wanted = _wanted(params)
    found = [case for case in _cases(shop, sent=True) if wanted(case)]
    start = (page - 1) * size
    return {
        "pageResult": {
            "success": True,
            "code": "00000",
            "msg": "成功",
            "pageNumber": page,
            "pageSize": size,
            "totalCount": len(found),
            "data": [_service(shop, *case) for case in found[start : start + size]],
        }
    }


def _wanted(params: Params) -> Callable[[Case], bool]:
    number = params.id("orderId")
    if number:
        return lambda case: case[0].number == number
    for name, most in MOST_DAYS.items():
        begin, end = params.moment(f"{name}Begin"), params.moment(f"{name}End")
        if begin is None and end is None:
            continue
        if begin is None or end is None or not begin < end or end - begin > most:
            raise invalid(name, f"要成对，最多 {most.days} 天")
        return partial(_was_at, name, begin, end)
    raise invalid("orderId", "订单号、申请时间、审核时间至少要有一个")


def _was_at(name: str, begin: datetime, end: datetime, case: Case) -> bool:
    refund = case[1]
    if name == "applyTime":
        return begin <= refund.created <= end
    return refund.status != "APPLIED" and begin <= refund.updated <= end


def _service(shop: JdShop, order: Order, refund: Refund) -> Json:
    bill: Json = {
        "serviceId": int(refund.refund_id),
        "afsApplyId": int(refund.refund_id) + 40_000_000,
        "orderId": int(order.number),
        "wareId": refund.line.sku.sku_id,
        "wareName": refund.line.item.product.title,
        "afsApplyTime": epoch_ms(refund.created),
        "applyReason": refund.reason,
        "customerPin": mask_name(shop.buyer(order.buyer).pin),
    }
    if refund.status != "APPLIED":
        bill["approveDate"] = epoch_ms(refund.updated)
    row: Json = {"sameOrderServiceBill": bill}
    if refund.status not in _WITHOUT_REFUND:
        row |= {"afsRefundId": int(refund.refund_id) + 900_000_000, "status": int(refund.status)}
    if refund.money_back is not None:
        row |= {"completeTime": epoch_ms(refund.money_back), "refoundAmount": refund.fee}
    return row


def amount(shop: JdShop, params: Params) -> Json:
    """What a service gave back (yuan), or the most that it may; never both."""
    params.only("afsServiceId")
    number = params.id("afsServiceId")
    case = next((each for each in _cases(shop, sent=True) if each[1].refund_id == number), None)
    if case is None:
        return {"result": {"success": "false", "errorCode": "404", "errorMsg": "服务单不存在"}}
    order, refund = case
    detail: Json = (
        {"afsActualRefundDetail": {"actualRefundAmount": yuan(refund.fee)}}
        if refund.money_back is not None
        else {"afsEstimateRefundDetail": {"maxRefundAmount": yuan(refund.fee)}}
    )
    return {
        "result": {
            "success": "true",
            "errorCode": "200",
            "data": {"orderId": int(order.number), **detail},
        }
    }


def applications(shop: JdShop, params: Params) -> Json:
    """Applications for the money of orders cancelled before sending; sums in fen."""
    params.only("orderId", "ids", "pageIndex", "pageSize")
    number = params.id("orderId")
    if not number:
        raise invalid("orderId", "不能为空")
    page, size = params.number("pageIndex", 1, 1, 100), params.number("pageSize", 10, 1, 50)
    found = [case for case in _cases(shop, sent=False) if case[0].number == number]
    start = (page - 1) * size
    return {
        "queryResult": {
            "success": True,
            "totalCount": len(found),
            "result": [_application(shop, *case) for case in found[start : start + size]],
        }
    }


def _application(shop: JdShop, order: Order, refund: Refund) -> Json:
    return {
        "id": refund.refund_id,
        "orderId": order.number,
        "buyerId": mask_name(shop.buyer(order.buyer).pin),
        "applyRefundSum": str(refund.fee),
        "applyTime": beijing(refund.created),
        "checkTime": "" if refund.status == "0" else beijing(refund.updated),
        "status": refund.status,
        "reason": refund.reason,
    }


APIS = (
    Api("jingdong.asc.serviceAndRefund.view", view),
    Api("jingdong.b2c.shop.aftersales.refund.get", amount),
    Api("jingdong.pop.afs.soa.refundapply.queryPageList", applications),
)
