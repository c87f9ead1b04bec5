"""What of a customer's words is private: phones and addresses are hidden, names are noticed."""

import re
import unicodedata

PHONE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
CARD_LIKE = re.compile(r"(?<![A-Za-z\d])\d{4}(?:[-\s]?\d){12,15}(?!\d)")
"""16 to 19 digits, in groups or not: what bank cards look like."""
_ISSUED = re.compile(r"62\d{14,17}|9558\d{15}|4\d{15}|5[1-5]\d{14}")
"""UnionPay from 16 to 19 digits, an old bank's cards of 19, Visa and Mastercard of 16."""
_CLAUSES = re.compile(r"([，,。；;！!？?\n]+)")
_STREET = r"(?:路|街|大道|巷|胡同|小区|花园|花苑|公寓|大厦|广场|家园|苑|村|镇|乡)"
_ADDRESS = re.compile(
    rf"{_STREET}.{{0,10}}?[\d一二三四五六七八九十]++\s*+(?:[-号弄栋幢座楼室层]|单元)"
    r"|(?<!\d)\d++(?:\s*+(?:弄|栋|幢|单元|号楼)\s*\d*|号\d+室)"
    r"|(?:省|自治区|市).{1,12}?(?:区|县|镇|街道).{1,20}?(?:路|街|道|巷|弄|村|号|小区|栋|幢|室)"
)
_NAMED = re.compile(
    r"我叫|姓名|收件人|收货人|联系人|名字[是叫改]|名改成|本人|身份证|抬头|住在|"
    r"我是[\u4e00-\u9fff]{2,3}[，,。\s]"
)

_PHONE_HIDDEN = "〔电话〕"
_CARD_HIDDEN = "〔银行卡号〕"
_ADDRESS_HIDDEN = "〔地址〕"


def is_card_number(number: str) -> bool:
    """Tell whether a number is that of a bank card: issuer, length, and the check digit of Luhn."""
    digits = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", number)))
    if len(digits) + number.count(" ") + number.count("-") != len(number):
        return False  # Letters make it the number of an order.
    return _ISSUED.fullmatch(digits) is not None and _luhn(digits)


def _luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812: every second digit from the right counts double."""
    doubled = [int(each) * 2 for each in digits[-2::-2]]
    total = sum(map(int, digits[::-2])) + sum(each - 9 if each > 9 else each for each in doubled)
    return total % 10 == 0


def without_cards(text: str) -> str:
    """The text without the numbers of bank cards."""
    return CARD_LIKE.sub(_without_card, text)


def _without_card(found: re.Match[str]) -> str:
    return _CARD_HIDDEN if is_card_number(found[0]) else found[0]


def hidden(text: str) -> str:
    """The text without phone and card numbers, and without the words that are an address."""
    plain = PHONE.sub(_PHONE_HIDDEN, without_cards(text))
    plain = _LANDLINE.sub(_PHONE_HIDDEN, plain)
    return "".join(map(_without_address, _CLAUSES.split(plain)))


def _without_address(clause: str) -> str:
    """Hide the words, from blank to blank, that an address runs through."""
    kept: list[str] = []
    left = 0
    while found := _ADDRESS.search(clause, left):
        start = max(clause.rfind(" ", 0, found.start()) + 1, left)
        kept += (clause[left:start], _ADDRESS_HIDDEN)
        end = clause.find(" ", found.end())
        left = end if end >= 0 else len(clause)
    return "".join((*kept, clause[left:]))


def may_name_somebody(text: str) -> bool:
    """Tell whether a text may hold a name or an address, so that a person has to look."""
    return bool(_NAMED.search(text) or _ADDRESS.search(text))
