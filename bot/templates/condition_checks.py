"""What is wrong with `asked_if`: a field may hang on an earlier choice, and on nothing else."""

from collections.abc import Iterator

from bot.templates.problems import Said
from desk.templates.model import Field, FieldType, Template

_CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)


def check_condition(template: Template, field: Field) -> Iterator[Said]:
    """All that is wrong with one field's, with places such as values."""
    if field.asked_if is None:
        return
    other = template.field(field.asked_if.field)
    if other is None:
        yield Said("field", f"要看 {field.asked_if.field} 的答案，但表单里没有这个字段")
        return
    if field.id in _hangs_on(template, other):
        yield Said("field", f"和“{other.label}”互相等着，谁也不会先问；断开一处")
    elif template.fields.index(other) > template.fields.index(field):
        yield Said("field", f"要看“{other.label}”的答案，请把“{other.label}”排到前面")
    if other.type not in (*_CHOOSING, FieldType.YES_NO):
        yield Said("field", f"要看“{other.label}”的答案，但它不是选择题或是非题；换一个")
        return
    # Not by equality: 1 == True.
    known = {repr(each): _written(each) for each in _values(other)}
    for value in field.asked_if.values:
        if repr(value) not in known:
            told = "、".join(known.values())
            yield Said("values", f"：“{other.label}”没有 {_written(value)}，可以写 {told}")


def _values(field: Field) -> tuple[str | bool, ...]:
    if field.type is FieldType.YES_NO:
        return True, False
    return tuple(each.id for each in field.options)


def _written(value: str | bool) -> str:
    return value if isinstance(value, str) else str(value).lower()


def _hangs_on(template: Template, field: Field) -> set[str]:
    """The fields that have to be answered before this one is asked, itself with them."""
    found: set[str] = set()
    upon: Field | None = field
    while upon is not None and upon.id not in found:
        found.add(upon.id)
        upon = template.field(upon.asked_if.field) if upon.asked_if else None
    return found
