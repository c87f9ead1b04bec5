"""Tracks of parcels, oldest step first. `action` words are a believable choice."""

from sandbox.shops.ledger import Order, Parcel
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import not_there
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json, beijing

STATUS_WORDS = {3: "对方已签收", 4: "对方拒绝签收", 6: "对方拒绝签收"}
COLLECTED = "物流公司揽收成功"


def trace(shop: TaobaoShop, form: Form) -> Json:
    """taobao.logistics.trace.search {tid, is_split, sub_tid}: a split order needs the sub order."""
    order = shop.ledger.order(form.required("tid"))
    if order is None:
        raise not_there("trade", "交易订单不存在")
    parcel = _parcel(order, form)
    steps = sorted(parcel.scans, key=lambda scan: scan.at)
    return {
        "tid": int(order.number),
        "out_sid": parcel.waybill,
        "company_name": parcel.company,
        "status": STATUS_WORDS.get(parcel.state, COLLECTED),
        "trace_list": Rows(
            "transit_step_info",
            [
                {
                    "status_time": beijing(scan.at),
                    "status_desc": scan.text,
                    "action": _action(scan.text, index),
                }
                for index, scan in enumerate(steps)
            ],
        ),
    }


def _parcel(order: Order, form: Form) -> Parcel:
    wanted = form.required("sub_tid").split(",") if form.text("is_split") == "1" else []
    for parcel in order.parcels:
        if not wanted or any(line.oid in wanted for line in parcel.lines):
            return parcel
    raise not_there("logistics-order", "物流订单不存在")


def _action(text: str, index: int) -> str:
    if "签收" in text:
        return "SIGNED"
    if "派" in text:
        return "SENT_SCAN"
    return "GOT" if index == 0 else "ARRIVAL"


APIS = (Api("taobao.logistics.trace.search", trace),)
