"""Tells order numbers, parcel numbers and telephone numbers apart by form and by what stands near.

Forms: Youzan orders are E and 24 digits, Taobao orders 18 or 19 digits, JD orders 12; parcel
numbers are a carrier's letters and digits, or 12 to 15 digits; mobile numbers are 11 digits from 1.
"""

import re
from dataclasses import dataclass

from nlu.normal import normalise

_MOBILE = re.compile(r"(?<![0-9a-z])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9])")
_YOUZAN = re.compile(r"(?<![0-9a-z])e\d{16,24}(?![0-9])")
_CARRIER = re.compile(
    r"(?<![0-9a-z])(?:sf|yt|jtsd|jt|jdvb|jdva|jdv|jdx|jd|zto|sto|yd|db|dpk|ems|ht|uc|kk|la|lp|jdk)"
    r"[a-z]?\d{9,16}(?![0-9])"
    r"|(?<![0-9a-z])[a-z]{2}\d{9}cn(?![0-9a-z])"
)
_DIGITS = re.compile(r"(?<![0-9a-z.])\d{12,24}(?![0-9])")
_PARCEL_WORD = re.compile(
    r"快递|物流|运单|包裹|单号是?[：:]?$|中通|圆通|韵达|申通|顺丰|极兔|邮政|ems|百世|德邦|派送|派件|签收|取件"
)
_ORDER_WORD = re.compile(r"订单|下单|拍的|拍下|购买")
_PARCEL_AFTER = re.compile(
    r"到哪|到了哪|签收|派送|物流|快递|在哪|没更新|不动|没动|卡在|查一下位置|包裹"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a message; offsets are characters of the original text."""

    entity: str
    start: int
    end: int
    value: str


def _kind(clean: str, start: int, end: int) -> str:
    if end - start > 15:
        return "order_id"
    before = clean[max(0, start - 12) : start]
    parcel = [match.end() for match in _PARCEL_WORD.finditer(before)]
    order = [match.end() for match in _ORDER_WORD.finditer(before)]
    if parcel or order:
        return "tracking_no" if max(parcel, default=-1) > max(order, default=-1) else "order_id"
    around = clean[:start] + " " + clean[end:]
    if _ORDER_WORD.search(around):
        return "order_id"
    if _PARCEL_WORD.search(around) or _PARCEL_AFTER.search(around):
        return "tracking_no"
    return "order_id" if end - start == 12 else "tracking_no"


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` from left to right, without overlaps."""
    clean = normalise(text)
    found: list[tuple[int, int, str]] = []
    for pattern, entity in ((_YOUZAN, "order_id"), (_CARRIER, "tracking_no")):
        found += [(*match.span(), entity) for match in pattern.finditer(clean)]
    found += [(*match.span(1), "phone") for match in _MOBILE.finditer(clean)]
    taken = list(found)
    for match in _DIGITS.finditer(clean):
        if all(match.end() <= start or end <= match.start() for start, end, _ in taken):
            found.append((*match.span(), _kind(clean, *match.span())))
    return [Number(entity, start, end, text[start:end]) for start, end, entity in sorted(found)]
