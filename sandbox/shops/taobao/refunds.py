"""After-sales cases: taobao.refunds.receive.get and taobao.refund.get."""

from sandbox.shops.ledger import Order, Refund
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import not_there
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Fields, Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json, beijing, mask_name, stored, yuan


def _case(shop: TaobaoShop, order: Order, refund: Refund) -> Json:
    line, buyer = refund.line, shop.buyer(order.buyer)
    done = order.status in ("TRADE_FINISHED", "TRADE_CLOSED")
    return {
        "refund_id": int(refund.refund_id),
        "tid": int(order.number),
        "oid": int(line.oid),
        "status": refund.status,
        "refund_fee": yuan(refund.fee),
        "payment": yuan(line.payment - refund.fee),
        "total_fee": yuan(line.total),
        "price": yuan(line.sku.price),
        "num": line.num,
        "num_iid": int(line.item.item_id),
        "title": line.item.product.title,
        "reason": refund.reason,
        "desc": "",
        "created": beijing(refund.created),
        "modified": beijing(refund.updated),
        "good_status": "BUYER_RECEIVED",
        "has_good_return": refund.return_goods,
        "order_status": order.status,
        "buyer_nick": mask_name(buyer.nick),
        "buyer_open_uid": buyer.open_uid,
        "refund_phase": "aftersale" if done else "onsale",
        "dispute_type": "REFUND_AND_RETURN" if refund.return_goods else "REFUND",
    }


def received(shop: TaobaoShop, form: Form) -> Json:
    """taobao.refunds.receive.get: by modified window, status, buyer_open_uid; newest first."""
    fields = Fields(form.listed("fields", 200))
    start, end = form.moment("start_modified"), form.moment("end_modified")
    status, uid = form.text("status"), form.text("buyer_open_uid")
    cases = [
        (order, refund)
        for order in shop.ledger.all()
        for refund in order.refunds
        if (start is None or start <= stored(refund.updated))
        and (end is None or stored(refund.updated) <= end)
        and status in ("", refund.status)
        and uid in ("", shop.buyer(order.buyer).open_uid)
    ]
    cases.sort(key=lambda case: case[1].updated, reverse=True)
    size = form.number("page_size", 40, 1, 100)
    first = (form.number("page_no", 1, 1, 100_000) - 1) * size
    rows = [fields.of(_case(shop, *case)) for case in cases[first : first + size]]
    page: Json = {"refunds": Rows("refund", rows)}
    if form.flag("use_has_next"):
        return {"has_next": first + size < len(cases), **page}
    return {"total_results": len(cases), **page}


def one(shop: TaobaoShop, form: Form) -> Json:
    """taobao.refund.get {refund_id, fields}."""
    fields = Fields(form.listed("fields", 200))
    found = shop.ledger.refund(form.required("refund_id"))
    if found is None:
        raise not_there("refund", "退款单不存在")
    return {"refund": fields.of(_case(shop, *found))}


APIS = (Api("taobao.refunds.receive.get", received), Api("taobao.refund.get", one))
