"""An address in what somebody writes: 改到杭州西湖区文三路100号2幢 is 杭州西湖区文三路100号2幢."""

import re
import unicodedata

from desk.templates.phones import phones_in

ADDRESS = "address"
"""In a field's `slots`: an address that is written somewhere is the answer."""

_PIECES = re.compile(r"[,，。;；!！?？\n]|\s+")
_AREA = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:省|市|区|县|镇|乡|街道|村|路|街|大道|巷|弄|里|小区|苑|花园|广场|大厦)"
)
_DOOR = re.compile(r"[\dA-Za-z一二三四五六七八九十]+\s?(?:号楼?|弄|幢|栋|座|单元|室|楼|层)")
_LEAD = re.compile(
    r"^.*?(?:(?:改|换|变更|寄|送|发|搬|住)(?:成|到|在|去|给)|地址(?:是|为|改成|换成|[:：])?|"
    r"上门吧?|[:：])\s*(?:是|为)?"
)
_TAIL = re.compile(r"(?:吧|谢谢|了|这里|这边|可以吗|行吗)+$")
_LONGEST = 120


def address_in(words: str) -> str:
    """The address that a text holds, in its own words; "" where it holds none to a house's door."""
    plain = unicodedata.normalize("NFKC", words)
    for number in phones_in(plain):
        plain = plain.replace(number, " ")
    found: list[str] = []
    for piece in filter(None, _PIECES.split(plain[: _LONGEST * 3])):
        if _AREA.search(piece) or (found and _DOOR.search(piece)):
            found.append(_without_words(piece))
        elif found:
            break
    address = " ".join(found)
    return address[:_LONGEST] if _AREA.search(address) and _DOOR.search(address) else ""


def _without_words(piece: str) -> str:
    """A piece without what stands before and behind the place itself."""
    lead = _LEAD.match(piece)
    rest = piece[lead.end() :] if lead and _AREA.search(piece[lead.end() :]) else piece
    return _TAIL.sub("", rest)
