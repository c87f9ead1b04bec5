"""Bare digits: whether they number an order or a parcel, by what they are called and begin with."""

import re

_PARCEL_BEFORE = re.compile(
    r"(?:快递|物流|包裹|取件)(?:单|号|单号|编号)|运单|面单|"
    r"(?:中通|圆通|韵达|申通|顺丰|极兔|邮政|百世|德邦|丹鸟|京东快递|京东物流|ems)"
)
_ORDER_BEFORE = re.compile(r"订单|单子|下单|拍的|拍下")
_PARCEL_AFTER = re.compile(r"\D{0,3}(?:快递|物流|运)单号?|\D{0,2}这个快递")
_ORDER_AFTER = re.compile(r"\D{0,3}订单")
_LIKE_A_PARCEL = re.compile(r"7\d{11,14}|4\d{12}|4\d{14}|(?:1[01]|9[89])\d{11}")
"""Parcels of ZTO and STO begin with 7, Yunda's (13 or 15 digits) with 4, the post's so (13)."""
_LONGEST_PARCEL = 15
_BEFORE = 10


def kind_of(text: str, start: int, end: int) -> str:
    """Tell "order_id" or "tracking_no" of the digits text[start:end].

    From 16 digits on it is an order. Below, JD numbers orders as carriers number parcels: what it
    is called decides, then how it begins. 单号 and 快递到哪了 decide nothing, as they are said with
    either. What stays open is an order: who looks for one looks among the parcels, too
    (actions/own_order.py).
    """
    if end - start > _LONGEST_PARCEL:
        return "order_id"
    before, after = text[max(0, start - _BEFORE) : start].lower(), text[end : end + _BEFORE]
    parcel, order = _last(_PARCEL_BEFORE, before), _last(_ORDER_BEFORE, before)
    if parcel != order:
        return "tracking_no" if parcel > order else "order_id"
    if _ORDER_AFTER.match(after):
        return "order_id"
    by_name = _PARCEL_AFTER.match(after) is not None
    return "tracking_no" if by_name or _LIKE_A_PARCEL.fullmatch(text[start:end]) else "order_id"


def _last(words: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in words.finditer(text)), default=-1)
