"""Tracks: logistics.trackNoRouteDetail, for waybills that were printed by Douyin only.

The official models spell the list `route__node_list` and its moments as texts; the enumeration of
`state` is not published where we looked, so the words here are the sandbox's own.
"""

from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.carriers import carrier_code
from sandbox.shops.douyin.errors import failed
from sandbox.shops.douyin.order_rows import seconds
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.ledger import Parcel
from sandbox.shops.wire import Json

STATES = {
    0: ("TRANSIT", "运输中"),
    1: ("GOT", "已揽收"),
    2: ("ISSUE", "疑难件"),
    3: ("SIGN", "已签收"),
    4: ("RETURN", "退回中"),
    5: ("SEND", "派送中"),
    6: ("RETURN", "退回中"),
}


def track(shop: DouyinShop, params: Params) -> Json:
    """logistics.trackNoRouteDetail {logistics_code, track_no}: they must fit together."""
    code, waybill = params.required("logistics_code"), params.text("track_no")
    if not waybill:
        raise failed(4006, "运单号不能为空")
    found = shop.ledger.parcel(waybill)
    if found is None or carrier_code(found[1].company) != code:
        raise failed(-10004, "记录不存在")
    if waybill in shop.seeds.foreign_waybills:
        raise failed(10015, "非抖音电商电子面单不支持查询轨迹")
    nodes = _nodes(found[1])
    return {"route__node_list": nodes, "track_info": {"track_no": waybill, "express": code}}


def _nodes(parcel: Parcel) -> list[Json]:
    scans = sorted(parcel.scans, key=lambda scan: scan.at)
    nodes: list[Json] = []
    for at, scan in enumerate(scans):
        now = parcel.state if at == len(scans) - 1 else 0 if at else 1
        state, words = STATES[now]
        nodes.append(
            {
                "content": scan.text,
                "timestamp": str(seconds(scan.at)),
                "state": state,
                "state_description": words,
                "site_name": "",
            }
        )
    return nodes


APIS = (Api("logistics.trackNoRouteDetail", track),)
