"""What is otherwise in one template than in another, line by line, for people."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from desk.kernel.messages import Param, Phrase, phrase
from desk.kernel.roles import Role
from desk.templates.model import AskedIf, Field, Step, Template, Transition

T = TypeVar("T")
Lines = Iterator[Phrase]


def differences(before: Template, after: Template) -> tuple[Phrase, ...]:
    """Each change, () where there is none; where things stand on the canvas counts last."""
    lines = (
        *_of_whole(before, after),
        *_of_fields(before, after),
        *_of_steps(before, after),
        *_of_ways(before, after),
        *_changed("rules", before.rules, after.rules),
    )
    return lines or tuple(_changed("layout", before.layout, after.layout))


def _of_whole(before: Template, after: Template) -> Lines:
    for name in ("name", "about", "skill"):
        yield from _reworded(name, getattr(before, name), getattr(after, name))
    if before.kind != after.kind:
        kind = Phrase(f"ticket.kind.{after.kind}")
        yield phrase("template.diff.kind", after=kind)
    if before.priority != after.priority:
        was, now = (Phrase(f"ticket.priority.{each.priority}") for each in (before, after))
        yield phrase("template.diff.priority", before=was, after=now)
    for name in ("tags", "watchers"):
        yield from _listed(name, getattr(before, name), getattr(after, name))


def _of_fields(before: Template, after: Template) -> Lines:
    for old, new in _pairs(before.fields, after.fields, lambda each: each.id):
        if old is None and new is not None:
            yield phrase("template.diff.field_added", label=new.label)
        elif old is not None and new is None:
            yield phrase("template.diff.field_gone", label=old.label)
        elif old is not None and new is not None:
            for what in _of_field(old, new, after):
                yield phrase("template.diff.field", label=old.label, what=what)
    if _reordered(before.fields, after.fields, lambda each: each.id):
        order = "、".join(each.label for each in after.fields)
        yield phrase("template.diff.field_order", order=order)


def _of_field(old: Field, new: Field, after: Template) -> Lines:
    yield from _reworded("label", old.label, new.label)
    if old.type != new.type:
        was, now = (Phrase(f"template.type.{each.type}") for each in (old, new))
        yield phrase("template.diff.type", before=was, after=now)
    if old.required != new.required:
        yield phrase("template.diff.required" if new.required else "template.diff.optional")
    if old.filled_by != new.filled_by:
        yield phrase(f"template.diff.by.{new.filled_by}")
    yield from _reworded("question", old.question, new.question)
    yield from _of_options(old, new)
    for name in ("least", "most"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield phrase(f"template.diff.{name}", before=_or_none(was), after=_or_none(now))
    yield from _reworded("pattern", old.pattern, new.pattern)
    yield from _reworded("pattern_told", old.pattern_told, new.pattern_told)
    yield from _listed("slots", old.slots, new.slots)
    if old.asked_if != new.asked_if:
        yield _condition(new.asked_if, after)


def _of_options(old: Field, new: Field) -> Lines:
    for was, now in _pairs(old.options, new.options, lambda each: each.id):
        if was is None and now is not None:
            yield phrase("template.diff.option_added", label=now.label)
        elif was is not None and now is None:
            yield phrase("template.diff.option_gone", label=was.label)
        elif was is not None and now is not None and was != now:
            if was.label != now.label:
                yield phrase("template.diff.option", before=was.label, after=now.label)
            if was.words != now.words:
                words = "、".join(now.words)
                yield phrase("template.diff.option_words", label=now.label, words=_or_none(words))
    if _reordered(old.options, new.options, lambda each: each.id):
        yield phrase("template.diff.option_order")


def _of_steps(before: Template, after: Template) -> Lines:
    for old, new in _pairs(before.steps, after.steps, lambda each: each.id):
        if old is None and new is not None:
            yield phrase("template.diff.step_added", label=new.label)
        elif old is not None and new is None:
            yield phrase("template.diff.step_gone", label=old.label)
        elif old is not None and new is not None:
            for what in _of_step(old, new):
                yield phrase("template.diff.step", label=old.label, what=what)
    if _reordered(before.steps, after.steps, lambda each: each.id):
        yield phrase("template.diff.step_order")
    if before.steps and after.steps and before.steps[0].id != after.steps[0].id:
        yield phrase("template.diff.first", label=after.steps[0].label)


def _of_step(old: Step, new: Step) -> Lines:
    yield from _reworded("label", old.label, new.label)
    if old.state != new.state:
        was, now = (Phrase(f"template.state.{each.state}") for each in (old, new))
        yield phrase("template.diff.state", before=was, after=now)
    yield from _reworded("told", old.told, new.told)


def _of_ways(before: Template, after: Template) -> Lines:
    def key(way: Transition) -> tuple[str, str]:
        return way.origin, way.to

    for old, new in _pairs(before.transitions, after.transitions, key):
        if old is None and new is not None:
            yield phrase("template.diff.way_added", way=way_told(new, after))
        elif old is not None and new is None:
            yield phrase("template.diff.way_gone", way=way_told(old, before))
        elif old is not None and new is not None:
            for what in _of_way(old, new, after):
                yield phrase("template.diff.way", way=way_told(old, before), what=what)
    if _reordered(before.transitions, after.transitions, key):
        yield phrase("template.diff.way_order")


def _of_way(old: Transition, new: Transition, after: Template) -> Lines:
    yield from _reworded("label", old.label, new.label)
    if old.needs != new.needs:
        needs = "、".join(label_of(after, each) for each in new.needs)
        yield phrase("template.diff.needs", after=_or_none(needs))
    if old.least != new.least:
        yield phrase("template.diff.least_role", role=role_of(new.least))


def way_told(way: Transition, template: Template) -> str:
    """A way as people call it: 待审核→待退款."""
    names = (template.step(each) for each in (way.origin, way.to))
    return "→".join(each.label if each else "？" for each in names)


def label_of(template: Template, field: str) -> str:
    """What a field is called."""
    found = template.field(field)
    return found.label if found else field


def role_of(role: Role) -> Phrase:
    """What a role is called."""
    return Phrase(f"role.{role.name.lower()}")


def values_told(asked_if: AskedIf, template: Template) -> str:
    """The values of a condition as people know them: 企业／个人; 是."""
    other = template.field(asked_if.field)
    labels = {each.id: each.label for each in other.options} if other else {}
    told = (
        labels.get(each, each) if isinstance(each, str) else "是" if each else "否"
        for each in asked_if.values
    )
    return "／".join(told)


def _condition(asked_if: AskedIf | None, template: Template) -> Phrase:
    if asked_if is None:
        return phrase("template.diff.always")
    other = label_of(template, asked_if.field)
    return phrase("template.diff.asked_if", other=other, values=values_told(asked_if, template))


def _reworded(name: str, before: str, after: str) -> Lines:
    if before != after:
        yield phrase(f"template.diff.{name}", before=_or_none(before), after=_or_none(after))


def _listed(name: str, before: Sequence[str], after: Sequence[str]) -> Lines:
    if tuple(before) != tuple(after):
        yield phrase(f"template.diff.{name}", after=_or_none("、".join(after)))


def _changed(name: str, before: object, after: object) -> Lines:
    if before != after:
        yield phrase(f"template.diff.{name}")


def _or_none(value: Param | None) -> Param:
    return phrase("template.diff.none") if value in (None, "") else value


def _pairs(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], object]
) -> Iterator[tuple[T | None, T | None]]:
    """What is kept or new, in the order of now, then what is gone."""
    was = {key(each): each for each in before}
    now = {key(each) for each in after}
    yield from ((was.get(key(each)), each) for each in after)
    yield from ((each, None) for each in before if key(each) not in now)


def _reordered(before: Sequence[T], after: Sequence[T], key: Callable[[T], object]) -> bool:
    """Tell whether what is kept stands in another order."""
    was, now = [key(each) for each in before], [key(each) for each in after]
    return [each for each in was if each in now] != [each for each in now if each in was]
