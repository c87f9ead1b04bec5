"""Tells order numbers, parcel numbers and telephone numbers apart by form and by what stands near.

Forms: Youzan orders are E and 24 digits, Taobao orders 18 or 19 digits, JD orders 12, Pinduoduo
orders a date and 15 digits; parcel numbers are a carrier's letters and digits, or 12 to 15 digits
that begin as the carriers' do; mobile numbers are 11 digits from 1 in any grouping, with an
extension when a platform hides them. Long numbers behind other letters are a shop's own orders.
"""

import re
from dataclasses import dataclass

from nlu.normal import normalise

_MOBILE = re.compile(
    r"(?<![0-9])(?:\+?86[- ]?)?"
    r"(1[3-9]\d(?:[-. ]?\d{4}[-. ]?\d{4}|[-. ]?\d{3}[-. ]?\d{5}|\d{2}[-. ]\d{3}[-. ]?\d{3}))"
    r"(?![0-9])"
)
_FIXED = re.compile(
    r"(?<![0-9a-z-])"
    r"(0\d{2,3}[- ]\d{7,8}|[48]00[- ]\d{3}[- ]?\d{4}|[48]00[- ]?\d{4}[- ]\d{3})(?![0-9])"
)
_PINDUODUO = re.compile(r"(?<![0-9a-z])2\d[01]\d[0-3]\d-\d{15}(?![0-9])")
_OTHER = re.compile(r"(?:流水|交易|条码|条形码|税号|卡号|身份证|账号|序列号)[^\d]{0,8}$")
_YOUZAN = re.compile(r"(?:(?<![0-9a-z])e\d{16,19}|(?<![0-9])e\d{20,24})(?![0-9])")
_CARRIER = re.compile(
    r"(?<![0-9a-z])(?:sf|yt|jtsd|jt|jdvb|jdva|jdv|jdx|jd|zto|zt|sto|st|yd|db|dpk|ems|ht|uc|kk|la|lp|jdk)"
    r"[a-z]?\d{9,16}(?![0-9])"
    r"|(?<![0-9a-z])[a-z]{2}\d{9}cn(?![0-9a-z])"
)
_LETTERED = re.compile(r"(?<![0-9a-z])[a-z]{1,3}\d{10,22}(?![0-9])")
_DIGITS = re.compile(r"(?<![0-9a-z.])\d{12,24}(?![0-9])")
_PARCEL_WORD = re.compile(
    r"快递|物流|运单|包裹|(?<!订)单号是?[：:]?$|中通|圆通|韵达|申通|顺丰|极兔|邮政|ems|百世|德邦|派送|派件|签收|取件"
)
_ORDER_WORD = re.compile(r"订单|下单|拍的|拍下|购买")
_DATED = re.compile(r"20[2-4]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_LIKE_A_PARCEL = re.compile(r"7\d{11,14}$|4\d{14}$")
"""ZTO and STO begin with 7, Yunda's fifteen digits with 4; others of such length are orders."""
_FORMS = (
    (_YOUZAN, "order_id"),
    (_PINDUODUO, "order_id"),
    (_CARRIER, "tracking_no"),
    (_LETTERED, "order_id"),
    (_MOBILE, "phone"),
    (_FIXED, "phone"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a message; offsets are characters of the original text."""

    entity: str
    start: int
    end: int
    value: str


def _kind(clean: str, start: int, end: int) -> str:
    if end - start > 15 or _DATED.match(clean[start:end]):
        return "order_id"
    before = clean[max(0, start - 12) : start]
    parcel = [match.end() for match in _PARCEL_WORD.finditer(before)]
    order = [match.end() for match in _ORDER_WORD.finditer(before)]
    if parcel or order:
        return "tracking_no" if max(parcel, default=-1) > max(order, default=-1) else "order_id"
    around = clean[:start] + " " + clean[end:]
    if _ORDER_WORD.search(around):
        return "order_id"
    if _PARCEL_WORD.search(around):
        return "tracking_no"
    return "tracking_no" if _LIKE_A_PARCEL.match(clean[start:end]) else "order_id"


def _free(span: tuple[int, int], found: list[tuple[int, int, str]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end, _ in found)


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` from left to right, without overlaps."""
    clean = normalise(text)
    found: list[tuple[int, int, str]] = []
    for pattern, entity in _FORMS:
        for match in pattern.finditer(clean):
            if _free(match.span(match.lastindex or 0), found):
                found.append((*match.span(match.lastindex or 0), entity))
    for match in _DIGITS.finditer(clean):
        if _free(match.span(), found) and not _OTHER.search(clean[: match.start()]):
            found.append((*match.span(), _kind(clean, *match.span())))
    return [Number(entity, start, end, text[start:end]) for start, end, entity in sorted(found)]
