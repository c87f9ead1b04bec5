"""快递鸟's codes for carriers and for where a parcel is."""

from desk.shops.carriers import Carrier
from desk.shops.port import ParcelStatus

COMPANY = {
    Carrier.SHUNFENG: "SF",
    Carrier.ZHONGTONG: "ZTO",
    Carrier.ZHONGTONG_FREIGHT: "ZTOKY",
    Carrier.YUANTONG: "YTO",
    Carrier.SHENTONG: "STO",
    Carrier.YUNDA: "YD",
    Carrier.YUNDA_FREIGHT: "YDKY",
    Carrier.JITU: "JTSD",
    Carrier.JD: "JD",
    Carrier.JD_FREIGHT: "JDKY",
    Carrier.POST: "YZPY",
    Carrier.EMS: "EMS",
    Carrier.DEBANG: "DBL",
    Carrier.BAISHI: "HTKY",
    Carrier.TIANTIAN: "HHTT",
    Carrier.YOUSU: "UC",
    Carrier.ZHAIJISONG: "ZJS",
    Carrier.KUAYUE: "KYSY",
    Carrier.ANNENG: "ANE",
    Carrier.DANNIAO: "DNWL",
}
CARRIER = {code: carrier for carrier, code in COMPANY.items()}

_STATE = {
    "0": ParcelStatus.UNKNOWN,
    "1": ParcelStatus.PICKED_UP,
    "2": ParcelStatus.IN_TRANSIT,
    "3": ParcelStatus.DELIVERED,
    "4": ParcelStatus.EXCEPTION,
    "5": ParcelStatus.IN_TRANSIT,
    "6": ParcelStatus.IN_TRANSIT,
    "201": ParcelStatus.IN_TRANSIT,
    "202": ParcelStatus.OUT_FOR_DELIVERY,
    "211": ParcelStatus.OUT_FOR_DELIVERY,
    "404": ParcelStatus.RETURNING,
    "406": ParcelStatus.RETURNING,
    "407": ParcelStatus.RETURNING,
}
"""Sent on (5) and at the customs (6) is on its way; 404, 406 and 407 go back to the sender."""

_DETAILED = 3


def parcel_status(state: str, detail: str) -> ParcelStatus:
    """Tell where a parcel is by `State` and, where there is one, the finer `StateEx`."""
    for code in (detail, detail[:1] if len(detail) == _DETAILED else "", state):
        if code in _STATE:
            return _STATE[code]
    return ParcelStatus.UNKNOWN
