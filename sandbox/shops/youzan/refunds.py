"""After-sales cases: here `code` is the string "200" and the list takes Unix seconds."""

from sandbox.shops.ledger import Order, Refund
from sandbox.shops.wire import Json, beijing, epoch_ms, yuan
from sandbox.shops.youzan.api import Api, Envelope
from sandbox.shops.youzan.errors import BAD_PARAMETER, NOT_FOUND, BusinessError
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop

FOREVER = 4_000_000_000
ALWAYS = (0, FOREVER)
BACK_WITHOUT_WINDOW = 92 * 86400


def _case(shop: YouzanShop, order: Order, refund: Refund) -> Json:
    return {
        "refund_id": refund.refund_id,
        "kdt_id": shop.credentials.kdt_id,
        "tid": order.number,
        "oid": refund.line.oid,
        "status": refund.status,
        "cs_status": 1,
        "refund_type": "BUYER_APPLY_REFUND",
        "demand": 2 if refund.return_goods else 1,
        "demand_desc": "退货退款" if refund.return_goods else "仅退款",
        "return_goods": refund.return_goods,
        "refund_fee": yuan(refund.fee),
        "refund_postage": yuan(0),
        "item_num": refund.line.num if refund.return_goods else 0,
        "reason": refund.reason_code,
        "desc": refund.reason,
        "created": beijing(refund.created),
        "modified": beijing(refund.updated),
        "version": epoch_ms(refund.updated),
    }


def search(shop: YouzanShop, params: Params) -> object:
    """youzan.trade.refund.search 3.0.1: windows in seconds; page_no * page_size <= 3000.

    Without any window it looks back three months.
    """
    page_no, size = params.number("page_no", 1, 1, 3000), params.number("page_size", 20, 1, 100)
    if page_no * size > 3000:
        raise BusinessError(BAD_PARAMETER, "参数错误：page_no*page_size 不能超过3000")
    created = _window(params, "create_time")
    updated = _window(params, "update_time")
    if created == updated == ALWAYS:
        created = (int(shop.clock.now().timestamp()) - BACK_WITHOUT_WINDOW, FOREVER)
    status, tid = params.text("status"), params.text("tid")
    cases = [
        (order, refund)
        for order in shop.ledger.all()
        for refund in order.refunds
        if created[0] <= int(refund.created.timestamp()) <= created[1]
        and updated[0] <= int(refund.updated.timestamp()) <= updated[1]
        and status in ("", refund.status)
        and tid in ("", order.number)
    ]
    cases.sort(key=lambda case: case[1].updated, reverse=True)
    start = (page_no - 1) * size
    return {
        "total": len(cases),
        "refunds": [_case(shop, *case) for case in cases[start : start + size]],
    }


def _window(params: Params, name: str) -> tuple[int, int]:
    return (
        params.number(f"{name}_start", 0, 0, FOREVER),
        params.number(f"{name}_end", FOREVER, 0, FOREVER),
    )


def one(shop: YouzanShop, params: Params) -> object:
    """youzan.trade.refund.get 3.0.1; money is back only at refund_fund_list[].status 2."""
    found = shop.ledger.refund(params.required("refund_id"))
    if found is None:
        raise BusinessError(NOT_FOUND, "退款单不存在")
    order, refund = found
    funds: list[Json] = []
    if refund.status == "SUCCESS":
        funds.append(
            {
                "refund_id": refund.refund_id,
                "refund_no": f"{refund.refund_id}1",
                "refund_fee": refund.fee,
                "refund_mode": 0,
                "pay_way": 1,
                "status": 2 if refund.money_back else 0,
                "message": "",
            }
        )
    return {
        **_case(shop, order, refund),
        "refund_account_time": beijing(refund.money_back or refund.created),
        "refund_fund_list": funds,
        "refund_order_item": [
            {"oid": refund.line.oid, "refund_fee": refund.fee, "item_num": refund.line.num}
        ],
    }


APIS = (
    Api("youzan.trade.refund.search", "3.0.1", search, Envelope.QUOTED),
    Api("youzan.trade.refund.get", "3.0.1", one, Envelope.QUOTED),
)
