"""快递100's codes for carriers and for where a parcel is."""

from desk.shops.carriers import Carrier
from desk.shops.port import ParcelStatus

COMPANY = {
    Carrier.SHUNFENG: "shunfeng",
    Carrier.SHUNFENG_FREIGHT: "shunfengkuaiyun",
    Carrier.ZHONGTONG: "zhongtong",
    Carrier.ZHONGTONG_FREIGHT: "zhongtongkuaiyun",
    Carrier.YUANTONG: "yuantong",
    Carrier.SHENTONG: "shentong",
    Carrier.YUNDA: "yunda",
    Carrier.YUNDA_FREIGHT: "yundakuaiyun",
    Carrier.JITU: "jtexpress",
    Carrier.JD: "jd",
    Carrier.JD_FREIGHT: "jingdongkuaiyun",
    Carrier.POST: "youzhengguonei",
    Carrier.EMS: "ems",
    Carrier.DEBANG: "debangkuaidi",
    Carrier.BAISHI: "huitongkuaidi",
    Carrier.TIANTIAN: "tiantian",
    Carrier.YOUSU: "youshuwuliu",
    Carrier.ZHAIJISONG: "zhaijisong",
    Carrier.KUAYUE: "kuayue",
    Carrier.ANNENG: "annengwuliu",
    Carrier.DANNIAO: "danniao",
    Carrier.FENGWANG: "fengwang",
}
CARRIER = {code: carrier for carrier, code in COMPANY.items()} | {"debangwuliu": Carrier.DEBANG}

_STATE = {
    "0": ParcelStatus.IN_TRANSIT,
    "1": ParcelStatus.PICKED_UP,
    "2": ParcelStatus.EXCEPTION,
    "3": ParcelStatus.DELIVERED,
    "4": ParcelStatus.RETURNING,
    "5": ParcelStatus.OUT_FOR_DELIVERY,
    "6": ParcelStatus.RETURNING,
    "7": ParcelStatus.IN_TRANSIT,
    "8": ParcelStatus.IN_TRANSIT,
    "10": ParcelStatus.IN_TRANSIT,
    "11": ParcelStatus.IN_TRANSIT,
    "12": ParcelStatus.IN_TRANSIT,
    "13": ParcelStatus.IN_TRANSIT,
    "14": ParcelStatus.RETURNING,
    "101": ParcelStatus.UNKNOWN,
    "102": ParcelStatus.UNKNOWN,
    "103": ParcelStatus.PICKED_UP,
    "401": ParcelStatus.EXCEPTION,
    "1001": ParcelStatus.IN_TRANSIT,
    "1002": ParcelStatus.IN_TRANSIT,
    "1003": ParcelStatus.IN_TRANSIT,
}
"""Ordered (101) and waiting to be fetched (102) is not fetched; 401 is a waybill taken back."""

_FAMILY = {"2": ParcelStatus.EXCEPTION, "3": ParcelStatus.DELIVERED, "5": _STATE["5"]}
_DETAILED = 3


def parcel_status(state: str) -> ParcelStatus:
    """Tell where a parcel is by a plain state or by a detailed one (`resultv2` 4)."""
    known = _STATE.get(state)
    if known is None and len(state) == _DETAILED:
        known = _FAMILY.get(state[0])
    return known or ParcelStatus.UNKNOWN
