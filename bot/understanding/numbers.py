"""Numbers that are what they look like, whatever a model makes of them."""

import re

_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_YOUZAN_ORDER = re.compile(r"(?<![A-Za-z0-9])[Ee]\d{18,26}(?!\d)")
_VENDURE_ORDER = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z]*[1-9])(?=[1-9]*[A-Z])[1-9A-HJ-NP-Z]{16}(?![A-Za-z0-9])", re.I
)
"""Sixteen digits and letters, both, without 0, I and O; a carrier's letters come first (below)."""
_TRACKING = re.compile(
    r"(?<![A-Za-z0-9])(?:SF|YT|JT|JD|ZTO|STO|DPK|EMS)[A-Za-z]{0,3}\d{9,18}", re.I
)
_DIGITS = re.compile(r"(?<![A-Za-z0-9])\d{12,24}(?!\d)")
_PHONE_TAIL = re.compile(r"(?:尾号|后四位|末四位|最后四位)\D{0,4}(\d{4})(?!\d)")
_NUMBER_AND_TAIL = re.compile(r"^\D{0,8}\d{16,26}\D{1,6}(\d{4})\D{0,3}$")
"""Both in one message that says hardly anything else; in a longer one four digits may be a room."""
_TICKET = re.compile(r"T-\d{8}-\d{4,}", re.I)

_OTHER_NUMBER = re.compile(
    r"(?:税号|识别号|信用代码|银行卡号?|卡号|账号|帐号|身份证号?码?)\D{0,3}[0-9A-Za-z]{6,}"
)
"""Numbers that look like those of an order and are none."""

_ONLY_A_PHONE = re.compile(
    r"\D{0,2}(?:手机号?码?|电话号?码?|号码)?\D{0,3}1[3-9]\d{9}(?:\D{0,3}|[,，。 ]*谢谢)[。.!！]?"
)
_SHORTEST_ORDER = 16


def find_numbers(text: str) -> dict[str, tuple[str, ...]]:
    """Find order_id, tracking_no, phone, phone_tail and ticket numbers by their form.

    Bare digits are an order number from 16 digits on (Taobao 18-19), a tracking number below.
    """
    text = _OTHER_NUMBER.sub(" ", text)
    bare = _DIGITS.findall(text)
    coded = _VENDURE_ORDER.findall(_TRACKING.sub(" ", text))
    found = {
        "phone": _PHONE.findall(text),
        "phone_tail": _PHONE_TAIL.findall(text) or _NUMBER_AND_TAIL.findall(text),
        "ticket": [number.upper() for number in _TICKET.findall(text)],
        "tracking_no": [each.upper() for each in _TRACKING.findall(text)]
        + [each for each in bare if len(each) < _SHORTEST_ORDER],
        "order_id": [each.upper() for each in (*_YOUZAN_ORDER.findall(text), *coded)]
        + [each for each in bare if len(each) >= _SHORTEST_ORDER],
    }
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items() if values}


def only_a_phone(text: str) -> str:
    """The telephone number that a message is and hardly anything else; "" where it says more."""
    numbers = find_numbers(text).get("phone", ())
    return numbers[0] if numbers and _ONLY_A_PHONE.fullmatch(text.strip()) else ""
