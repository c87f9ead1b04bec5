"""What of a customer's words is private: phones and addresses are hidden, names are noticed."""

import re

PHONE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
_CLAUSES = re.compile(r"([，,。；;！!？?\n]+)")
_STREET = r"(?:路|街|大道|巷|胡同|小区|花园|花苑|公寓|大厦|广场|家园|苑|村|镇|乡)"
_ADDRESS = re.compile(
    rf"{_STREET}.{{0,10}}?[\d一二三四五六七八九十]+\s*(?:[-号弄栋幢座楼室层]|单元)"
    r"|[\d]+\s*(?:弄|栋|幢|单元|号楼)\s*\d*|\d+号\d+室"
    r"|(?:省|自治区|市).{1,12}?(?:区|县|镇|街道).{1,20}?(?:路|街|道|巷|弄|村|号|小区|栋|幢|室)"
)
_NAMED = re.compile(
    r"我叫|姓名|收件人|收货人|联系人|名字[是叫改]|名改成|本人|身份证|抬头|住在|"
    r"我是[\u4e00-\u9fff]{2,3}[，,。\s]"
)

_PHONE_HIDDEN = "〔电话〕"
_ADDRESS_HIDDEN = "〔地址〕"


def hidden(text: str) -> str:
    """The text without phone numbers, and without the words that are an address."""
    plain = _LANDLINE.sub(_PHONE_HIDDEN, PHONE.sub(_PHONE_HIDDEN, text))
    return "".join(map(_without_address, _CLAUSES.split(plain)))


def _without_address(clause: str) -> str:
    """Hide the words, from blank to blank, that an address runs through."""
    found = _ADDRESS.search(clause)
    if found is None:
        return clause
    start = clause.rfind(" ", 0, found.start()) + 1
    end = clause.find(" ", found.end())
    rest = _without_address(clause[end:]) if end >= 0 else ""
    return f"{clause[:start]}{_ADDRESS_HIDDEN}{rest}"


def may_name_somebody(text: str) -> bool:
    """Tell whether a text may hold a name or an address, so that a person has to look."""
    return bool(_NAMED.search(text) or _ADDRESS.search(text))
