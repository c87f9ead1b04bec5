"""Refunds: open.seller.order.refund.pcursor.list and .detail.

A seed's status is Kuaishou's number. One whose `fee` is 0 is an exchange.
"""

from datetime import datetime, timedelta

from sandbox.shops.kuaishou.api import DESCENDING, Api, page
from sandbox.shops.kuaishou.errors import BUSINESS, KuaishouError, invalid
from sandbox.shops.kuaishou.params import Params
from sandbox.shops.kuaishou.shop import KuaishouShop
from sandbox.shops.ledger import Order, Refund
from sandbox.shops.wire import Json, epoch_ms

LONGEST = timedelta(days=1)
RETURN, EXCHANGE, MONEY_ONLY = 1, 3, 10
_ENDED = ("60", "70")
_KNOWN = ("type", "pageSize", "currentPage", "sort", "queryType", "pcursor")
_WAITING, _ALL = 8, 9
_BY_CHANGE = 2


def listed(shop: KuaishouShop, params: Params) -> Json:
    """Refunds of a window, by the time of creation or of the last change."""
    params.only(*_KNOWN, "beginTime", "endTime")
    kind, size = params.number("type", _WAITING, _ALL), params.number("pageSize", 1, 100)
    params.number("currentPage", 1, 10_000)
    by_change = params.number("queryType", 1, 2, 1) == _BY_CHANGE
    start, end = params.window(shop.clock.now(), LONGEST)

    def where(case: tuple[Order, Refund]) -> tuple[datetime, str]:
        refund = case[1]
        return (refund.updated if by_change else refund.created), refund.refund_id

    found = [
        (order, refund)
        for order in shop.ledger.all()
        for refund in order.refunds
        if epoch_ms(start) <= epoch_ms(where((order, refund))[0]) <= epoch_ms(end)
        and (kind == _ALL or refund.status not in _ENDED)
    ]
    is_descending = params.number("sort", 1, 2, DESCENDING) == DESCENDING
    rows, cursor = page(found, where, params.cursor("pcursor"), size, descending=is_descending)
    return {
        "pcursor": cursor,
        "pageSize": size,
        "totalSize": len(found),
        "refundOrderInfoList": [refund_row(*case) for case in rows],
    }


def one(shop: KuaishouShop, params: Params) -> Json:
    """One refund by its id."""
    params.only("refundId")
    number = params.id("refundId")
    if not number:
        raise invalid("refundId")
    case = shop.ledger.refund(number)
    if case is None:
        raise KuaishouError(300011, "REFUND ORDER NOT FOUND", BUSINESS)
    return refund_row(*case)


def refund_row(order: Order, refund: Refund) -> Json:
    """A refund as list and detail tell it."""
    back = RETURN if refund.return_goods else MONEY_ONLY
    return {
        "refundId": int(refund.refund_id),
        "oid": int(order.number),
        "status": int(refund.status),
        "handlingWay": back if refund.fee else EXCHANGE,
        "refundFee": refund.fee,
        "refundReasonDesc": refund.reason,
        "itemId": int(refund.line.item.item_id),
        "skuId": refund.line.sku.sku_id,
        "submitTime": epoch_ms(refund.created),
        "createTime": epoch_ms(refund.created),
        "updateTime": epoch_ms(refund.updated),
        "endTime": epoch_ms(refund.updated) if refund.status in _ENDED else 0,
    }


APIS = (
    Api("open.seller.order.refund.pcursor.list", listed),
    Api("open.seller.order.refund.detail", one),
)
