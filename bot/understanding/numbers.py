"""Numbers that are what they look like, whatever a model makes of them."""

import re
from collections.abc import Iterator

from bot.understanding.grouped import plain_digits
from bot.understanding.parcel_or_order import kind_of
from desk.kernel.amounts import amount_beside

_TICKET = re.compile(r"T-\d{8}-\d{4,}", re.I)
_PINDUODUO_ORDER = re.compile(r"(?<![A-Za-z0-9])\d{6}-\d{15}(?!\d)")
_YOUZAN_ORDER = re.compile(
    r"(?<![A-Za-z0-9])(?:[Ee]\d{18,26}|20[2-4]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{15})(?!\d)"
)
"""E and 23 digits that begin with a date; the letter is easily lost in copying."""
_YOUZAN_DIGITS = 23
_TRACKING = re.compile(
    r"(?<![A-Za-z0-9])(?:SF|YT|JT|JD|ZTO|STO|DPK|EMS)[A-Za-z]{0,3}[ -]?\d{9,18}"
    r"|(?<![A-Za-z0-9])[A-Z]{2}\d{9}CN(?![A-Za-z0-9])",
    re.I,
)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d{9})(?!\d)")
_VENDURE_ORDER = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z]*[1-9])(?=[1-9]*[A-Z])[1-9A-HJ-NP-Z]{16}(?![A-Za-z0-9])", re.I
)
"""Sixteen digits and letters, both, without 0, I and O; a carrier's letters come first (above)."""
_SHORT_ORDER = re.compile(
    r"(?:订单编?号码?|order (?:no\.?|number|id))[:是为 ]{0,3}"
    r"#?(\d{3,10})(?![\d.元块年月日号])"
    r"|(?<![A-Za-z0-9#])#(\d{3,10})(?![\d.])",
    re.I,
)
"""Small shops count their orders: #1001. Without a word or the sign it may be anything.

The sign is none of the number: Shopify's orders are known without it."""
_DIGITS = re.compile(r"(?<![A-Za-z0-9])[1-9]\d{10,23}(?!\d)")
_FORMS = (
    (_TICKET, "ticket"),
    (_PINDUODUO_ORDER, "order_id"),
    (_YOUZAN_ORDER, "order_id"),
    (_TRACKING, "tracking_no"),
    (_PHONE, "phone"),
    (_VENDURE_ORDER, "order_id"),
    (_SHORT_ORDER, "order_id"),
    (_DIGITS, ""),
)
_PHONE_TAIL = re.compile(r"(?:尾号|[后末尾][四4]位)\D{0,4}(\d{4})(?!\d)")
_NO_TAIL = r"(?![\d.:：\-元块年月日号件个双罐包片室栋幢座楼层弄路单])"
_NO_AMOUNT = r"(?:(?![付¥￥共]|金额|总价|合计)\D){1,6}"
_NUMBER_AND_TAIL = re.compile(rf"^\D{{0,8}}\d{{12,26}}{_NO_AMOUNT}(\d{{4}}){_NO_TAIL}\D{{0,3}}$")
"""Both in one message that says hardly anything else; in a longer one four digits may be a room."""
_TAIL_RIGHT_AFTER = re.compile(rf"(?<![\d-])\d{{12,26}}[ ,，、/]{{1,3}}(\d{{4}}){_NO_TAIL}")
"""Four digits next to the number, whatever is asked behind them; beside Pinduoduo's an amount."""
_OTHER_NUMBER = re.compile(
    r"(?:税号|识别号|信用代码|银行卡号?|卡号|账号|帐号|身份证号?码?|流水号?|交易单?号|条形?码|序列号)"
    r"\D{0,3}[0-9A-Za-z]{6,}"
)
"""Numbers that look like those of an order and are none."""
_ONLY_A_PHONE = re.compile(
    r"\D{0,2}(?:手机号?码?|电话号?码?|号码)?\D{0,3}1[3-9]\d{9}(?:\D{0,3}|[,，。 ]*谢谢)[。.!！]?"
)


def find_numbers(text: str) -> dict[str, tuple[str, ...]]:
    """Find order_id, tracking_no, phone, phone_tail, paid_amount and ticket numbers by their form.

    Values are in half width, capitals and without blanks, in the order they were written in. What
    was paid is given beside the number of an order only, in yuan.
    """
    text = _OTHER_NUMBER.sub(" ", plain_digits(text))
    found: dict[str, list[str]] = {}
    for _, kind, value in sorted(_numbers(text)):
        found.setdefault(kind, []).append(value)
    forms = (_PHONE_TAIL, _NUMBER_AND_TAIL, _TAIL_RIGHT_AFTER)
    tails = next((each for form in forms if (each := form.findall(text))), [])
    if tails:
        found["phone_tail"] = tails
    if paid := amount_beside(text, found.get("order_id", ()), tails):
        found["paid_amount"] = [paid.yuan()]
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _numbers(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each number begins, its kind and its value; none is read twice."""
    rest = text
    for pattern, kind in _FORMS:
        for match in pattern.finditer(rest):
            value = next(filter(None, match.groups()), match[0])
            yield match.start(), kind or kind_of(text, *match.span()), _as_shops_write(value, kind)
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)


def _as_shops_write(value: str, kind: str) -> str:
    if kind == "tracking_no":
        value = value.replace(" ", "").replace("-", "")
    lost_its_letter = kind == "order_id" and len(value) == _YOUZAN_DIGITS and value.isdigit()
    return f"E{value}" if lost_its_letter else value.upper()


def only_a_phone(text: str) -> str:
    """The telephone number that a message is and hardly anything else; "" where it says more."""
    numbers = find_numbers(text).get("phone", ())
    plain = plain_digits(text).strip()
    return numbers[0] if numbers and _ONLY_A_PHONE.fullmatch(plain) else ""
