"""What people call a field in passing: 抬头 for 发票抬头, 手机号 for 联系电话."""

import re
from collections.abc import Mapping, Sequence

from desk.templates.model import Field, FieldType

_HEADS: Mapping[str, tuple[str, ...]] = {
    "抬头": ("发票抬头", "公司抬头", "抬头", "公司名称", "公司名", "名字", "姓名"),
    "税号": ("公司税号", "税号", "纳税人识别号", "识别号", "统一社会信用代码", "信用代码"),
    "邮箱": ("电子邮箱", "邮箱地址", "邮箱", "邮件", "email", "e-mail"),
    "电话": ("联系电话", "手机号码", "手机号", "电话号码", "联系方式", "电话", "手机"),
    "号码": ("手机号码", "手机号", "电话号码", "联系方式", "电话", "手机"),
    "地址": ("详细地址", "地址"),
    "看到的价格": ("现价", "降到", "降成", "现在卖", "现在只要", "现在才", "现在"),
    "单号": ("快递单号", "运单号", "退货单号", "寄回单号"),
}
"""The end of a label, and what else is called so."""
_ONLY_PHONES = ("号码",)
_SLIP = r"(?:这个|那个|信息)?我?(?:[写填打发说]错字?了?|错了|不对|有误)[,，。 ]*"
_POLITELY = r"(?:应该|应当|麻烦|帮我|给我|请|要|就|得|想)*"
_LINK = (
    rf"{_POLITELY}(?:改|换|更正|变|修改)?(?:成|为|到)?(?:是|写|填|开|叫|用|发)?"
    r"(?:到|给|成|为)?[:：=]?"
)
_PLAIN_LINK = (
    rf"{_POLITELY}(?:(?:改|换|更正|变|修改)(?:成|为|到)|是|写|填|叫|用|[:：=])(?:成|为)?[:：=]?"
)
"""After a slip was owned to, what is right has to be said: 地址写错了 says nothing yet."""
_FILLER = rf"(?:{_SLIP}{_PLAIN_LINK}|{_LINK})\s*"
_NO_VALUE = re.compile(r"(?:这个|那个|信息)?我?(?:[写填打发说]错|错了|不对|有误)")
_STOPS = re.compile(r"[,，。;；!！\n]")
_LONGEST = 200


def names_of(field: Field, form: Sequence[Field]) -> tuple[str, ...]:
    """Its label, and other words for it that no other field of the form is called by."""
    return tuple(name for name in _names(field) if not _of_another(name, field, form))


def labelled(form: Sequence[Field], words: str) -> dict[str, str]:
    """What a message says of each field that it names: 抬头是某某公司，邮箱 a@b.com."""
    marks = sorted(_marks(form, words), key=lambda mark: (mark[0], -mark[1]))
    kept: list[tuple[int, int, Field]] = []
    for mark in marks:
        if not kept or mark[0] >= kept[-1][1]:
            kept.append(mark)
    said: dict[str, str] = {}
    for place, (_, end, field) in enumerate(kept):
        until = kept[place + 1][0] if place + 1 < len(kept) else len(words)
        if text := _value(field, words[end:until]):
            said[field.id] = text
    return said


def first_label(form: Sequence[Field], words: str) -> int | None:
    """Where a message first names a field; None where it names none."""
    return min((start for start, _, _ in _marks(form, words)), default=None)


def _marks(form: Sequence[Field], words: str) -> list[tuple[int, int, Field]]:
    """Where each field is named, and where what is said of it begins."""
    found: list[tuple[int, int, Field]] = []
    for field in form:
        if field.type is FieldType.PICTURE:
            continue
        names = "|".join(map(re.escape, sorted(names_of(field, form), key=len, reverse=True)))
        if names:
            pattern = re.compile(rf"(?:{names}){_FILLER}", re.IGNORECASE)
            found += [(*each.span(), field) for each in pattern.finditer(words)]
    return found


def _value(field: Field, text: str) -> str:
    """The words up to where another clause begins; a text with a pattern may be anywhere in it."""
    if _NO_VALUE.match(text.strip()):
        return ""
    if field.pattern or field.type is not FieldType.TEXT:
        return text.strip()[:_LONGEST]
    return _STOPS.split(text, maxsplit=1)[0].strip(" 、")


def _names(field: Field) -> tuple[str, ...]:
    others = [
        each
        for head, names in _HEADS.items()
        if field.label.endswith(head)
        and (head not in _ONLY_PHONES or field.type is FieldType.PHONE)
        for each in names
    ]
    return tuple(dict.fromkeys((field.label, *others)))


def _of_another(name: str, field: Field, form: Sequence[Field]) -> bool:
    return any(name in _names(each) for each in form if each.id != field.id)
