"""Tracks of parcels. The answer's `data` is a JSON list inside a string, newest scan first."""

import json

from sandbox.shops.ledger import Parcel
from sandbox.shops.wire import Json, beijing
from sandbox.shops.youzan.api import Api, Envelope
from sandbox.shops.youzan.carriers import APIS as CARRIER_APIS
from sandbox.shops.youzan.carriers import carrier_code, carrier_id
from sandbox.shops.youzan.errors import NOT_FOUND, BusinessError
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop


def _track(shop: YouzanShop, parcel: Parcel) -> Json:
    scans = sorted(parcel.scans, key=lambda scan: scan.at, reverse=True)
    steps = [
        {"time": beijing(scan.at), "ftime": beijing(scan.at), "context": scan.text}
        for scan in scans
    ]
    return {
        "id": int(parcel.waybill[-8:]),
        "kdt_id": shop.credentials.kdt_id,
        "express_id": carrier_id(parcel.company),
        "name": parcel.company,
        "com": carrier_code(parcel.company),
        "nu": parcel.waybill,
        "state": parcel.state,
        "status": "1" if steps else "0",
        "message": "ok",
        "ep_condition": "",
        "created_time": int(scans[0].at.timestamp()) if scans else 0,
        "data": json.dumps(steps, ensure_ascii=False),
    }


def by_order(shop: YouzanShop, params: Params) -> object:
    """youzan.logistics.expressbyorderno.get 3.0.0: of several parcels only the first."""
    order = shop.ledger.order(params.required("tid"))
    if order is None or not order.parcels:
        raise BusinessError(NOT_FOUND, "没有查询到物流信息")
    return _track(shop, order.parcels[0])


def by_waybill(shop: YouzanShop, params: Params) -> object:
    """youzan.logistics.goodsexpress.get 3.0.0: express_id and express_no must fit together."""
    express_id, waybill = params.required("express_id"), params.required("express_no")
    found = shop.ledger.parcel(waybill)
    if found is None or str(carrier_id(found[1].company)) != express_id:
        raise BusinessError(NOT_FOUND, "没有查询到物流信息")
    return _track(shop, found[1])


APIS = (
    Api("youzan.logistics.expressbyorderno.get", "3.0.0", by_order, Envelope.OLD),
    Api("youzan.logistics.goodsexpress.get", "3.0.0", by_waybill, Envelope.OLD),
    *CARRIER_APIS,
)
