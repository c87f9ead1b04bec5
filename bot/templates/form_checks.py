"""What is wrong with a form: its fields, and what one field says of another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.patterns import why_refused
from bot.templates.condition_checks import check_condition
from bot.templates.problems import Said
from desk.templates.model import Field, FieldType, FilledBy, Template

_CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)
_BOUNDED = (FieldType.TEXT, FieldType.NUMBER, FieldType.MONEY, FieldType.CHOICES)
_MOST_TAPS = 10
"""Lines to tap in one of WeCom's menus (doc 94677)."""
_MENU_BYTES, _TEXT_BYTES = 900, 1800
"""WeCom takes 1024 bytes over a menu and 2048 of text; the rest is for what is said around it."""
_PARTS = re.compile(r"[\s=＝:：]")
_RESERVED = frozenset(
    [
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if"),
        *("import", "in", "let", "loop", "namespace", "null", "package", "return", "true"),
        *("var", "void", "while"),
    ]
)
"""Words of CEL, in which rules ask for ticket.fields.<id>."""
_LONGEST_TEXT = 2000
SLOTS = (
    "words",
    *("product", "size", "color", "quantity", "date", "city", "store", "platform"),
    *("phone", "tracking_no", "order_id", "coupon", "address"),
)
"""What is recognised in what customers say (docs/understanding.md); `words`: all they said."""


def check_form(template: Template) -> Iterator[Said]:
    """All that is wrong, with places such as fields[2].options."""
    yield from repeated((each.id for each in template.fields), "fields", "字段 id")
    yield from repeated((each.label for each in template.fields), "fields", "字段名称", "label")
    for at, field in enumerate(template.fields):
        place = f"fields[{at}]"
        if field.id in _RESERVED:
            yield Said(f"{place}.id", f"{field.id} 在规则里另有意思，换一个，例如 {field.id}_1")
        if _PARTS.search(field.label):
            why = f"名称“{field.label}”里不能有空格、等号和冒号，填表时要用它们隔开名称和内容"
            yield Said(f"{place}.label", why)
        for each in (
            *_of_choice(field),
            *_of_bounds(field),
            *_of_pattern(field),
            *_of_asking(field),
        ):
            yield Said(f"{place}.{each.place}", f"字段“{field.label}”{each.why}", each.is_warning)
        for each in check_condition(template, field):
            yield Said(f"{place}.asked_if.{each.place}", f"字段“{field.label}”{each.why}")
    yield from _never_needed(template)


def repeated(names: Iterable[str], place: str, what: str, key: str = "id") -> Iterator[Said]:
    """Each name that stands in a list twice, at the second place."""
    seen: Counter[str] = Counter()
    for at, name in enumerate(names):
        seen[name] += 1
        if seen[name] == 2:
            yield Said(f"{place}[{at}].{key}", f"{what}“{name}”前面已经有了，换一个")


def too_long(text: str, most: int) -> str:
    """Why a text does not fit; "" where it does."""
    over = len(text.encode()) - most
    return f"太长了，企业微信一条放不下，请删掉 {over // 3 + 1} 个字左右" if over > 0 else ""


def _of_choice(field: Field) -> Iterator[Said]:
    if field.type not in _CHOOSING:
        if field.options:
            yield Said("options", "不是选择题，不能有选项；去掉 options，或把 type 改成 choice")
        return
    if len(field.options) < 2:
        yield Said("options", "是选择题，至少要有两个选项")
    if field.filled_by is FilledBy.CUSTOMER and len(field.options) > _MOST_TAPS:
        yield Said("options", f"的选项太多，企业微信一次最多能点 {_MOST_TAPS} 个，请合并或分两题问")
    yield from repeated((each.id for each in field.options), "options", "的选项 id")
    yield from repeated((each.label for each in field.options), "options", "的选项", "label")
    said = [(each.label, word) for each in field.options for word in each.words]
    meant: dict[str, str] = {}
    for label, word in said:
        if meant.setdefault(word, label) != label:
            why = f"的“{word}”同时写在“{meant[word]}”和“{label}”里，听到时分不清，去掉一处"
            yield Said("options", why)


def _of_bounds(field: Field) -> Iterator[Said]:
    if field.type not in _BOUNDED:
        for name in ("least", "most"):
            if getattr(field, name) is not None:
                yield Said(name, f"是 {field.type}，不用写 {name}，请删掉")
    elif field.least is not None and field.most is not None and field.least > field.most:
        yield Said("least", f"最小值 {field.least} 比最大值 {field.most} 还大，是不是写反了")
    if field.type is FieldType.TEXT and (field.most or 0) > _LONGEST_TEXT:
        yield Said("most", f"最多只能写 {_LONGEST_TEXT} 个字")
    if field.type is FieldType.CHOICES and (field.least or 0) > len(field.options):
        yield Said("least", f"要选 {field.least} 个，但只有 {len(field.options)} 个选项")


def _of_pattern(field: Field) -> Iterator[Said]:
    if not field.pattern:
        return
    if field.type is not FieldType.TEXT:
        yield Said("pattern", f"是 {field.type}，只有文字能写 pattern，请删掉")
    elif why := why_refused(field.pattern):
        yield Said("pattern", f"的 pattern {why}")
    elif not field.pattern_told:
        why = "没有 pattern_told，填错时没法告诉顾客要怎么写；例如 税号是 15 到 20 位数字和大写字母"
        yield Said("pattern_told", why, is_warning=True)


def _of_asking(field: Field) -> Iterator[Said]:
    if field.filled_by is FilledBy.CUSTOMER and not field.question.strip():
        yield Said("question", "要问顾客，但没写怎么问；补上 question，或写 filled_by: staff")
    if field.filled_by is FilledBy.STAFF and field.question:
        yield Said("question", "由同事填，question 不会用到，可以删掉", is_warning=True)
    taps = field.type in (*_CHOOSING, FieldType.YES_NO)
    if why := too_long(field.question, _MENU_BYTES if taps else _TEXT_BYTES):
        yield Said("question", f"的问句{why}")
    for at, slot in enumerate(field.slots):
        if slot not in SLOTS:
            yield Said(f"slots[{at}]", f"：对话里识别不出“{slot}”，可以写 {'、'.join(SLOTS)}")


def _never_needed(template: Template) -> Iterator[Said]:
    needed = {name for each in template.transitions for name in each.needs}
    for at, field in enumerate(template.fields):
        if field.required and field.filled_by is FilledBy.STAFF and field.id not in needed:
            why = f"字段“{field.label}”由同事必填，但没有哪一步要它，等于不用填；写进某个 needs"
            yield Said(f"fields[{at}].required", why, is_warning=True)
