"""What a customer's words are as an answer to a field, and how an answer is written again."""

from collections.abc import Mapping
from datetime import datetime

from desk.kernel.money import Fen
from desk.templates.choosing import read_choice, read_choices, read_yes_no
from desk.templates.days import read_date, show_date
from desk.templates.figures import read_money, read_number
from desk.templates.model import Field, FieldType
from desk.templates.phones import masked_phone, read_phone
from desk.templates.refusal import Refused, refused
from desk.templates.texts import read_text
from desk.tickets.model import FieldValue

_MOST = 1000
"""Characters of an answer that are looked at, where the field does not allow more."""
YES, NO = "是", "否"
_PICTURE = "已发图片"


def read(field: Field, words: str, now: datetime) -> FieldValue | Refused:
    """The value of an answer: text, fen, an option's id …; or why it is none, with the way out.

    A date is "2026-11-28", and "2026-11-28 15:00", "2026-11-28 下午" where more was told. A
    picture cannot be written, see `of_picture`.
    """
    longest = (field.most or 0) + 1 if field.type is FieldType.TEXT else 0
    words = words[: max(_MOST, longest)]
    match field.type:
        case FieldType.TEXT:
            return read_text(field, words)
        case FieldType.NUMBER:
            return read_number(field, words)
        case FieldType.MONEY:
            return read_money(field, words)
        case FieldType.DATE:
            return read_date(field, words, now)
        case FieldType.PHONE:
            return read_phone(field, words)
        case FieldType.CHOICE:
            return read_choice(field, words)
        case FieldType.CHOICES:
            return read_choices(field, words)
        case FieldType.YES_NO:
            return read_yes_no(field, words)
        case FieldType.PICTURE:
            return refused("no_picture", field=field.label)


def of_picture(media: Mapping[str, str], cause: str) -> str:
    """A picture as it is kept: the channel's media_id, or the message that it came in."""
    return media.get("media_id") or cause


def show(field: Field, value: FieldValue, now: datetime) -> str:
    """An answer in Chinese, in full; what was read from this is the same answer."""
    match field.type, value:
        case FieldType.MONEY, int(fen):
            return f"¥{Fen(fen).yuan()}"
        case FieldType.DATE, str(day):
            return show_date(day, now)
        case FieldType.CHOICE, str(chosen):
            return _label(field, chosen)
        case FieldType.CHOICES, tuple(several):
            return "、".join(_label(field, each) for each in several)
        case FieldType.YES_NO, bool(answer):
            return YES if answer else NO
        case FieldType.PICTURE, _:
            return _PICTURE
    return "、".join(value) if isinstance(value, tuple) else str(value)


def shown_masked(field: Field, value: FieldValue, now: datetime) -> str:
    """An answer for cards and lists: of a telephone number only the ends."""
    if field.type is FieldType.PHONE and isinstance(value, str):
        return masked_phone(value)
    return show(field, value, now)


def _label(field: Field, option: str) -> str:
    """An option that a later version has dropped is shown by its id."""
    return next((each.label for each in field.options if each.id == option), option)
