"""A template as text: its form, its steps and the ways between them."""

from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.templates.difference import label_of, role_of, values_told
from desk.templates.model import Field, FieldType, FilledBy, Step, Template, Transition

_CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)


def outline(template: Template) -> Phrase:
    """The whole template; version 0 is told as not published yet."""
    fields = tuple(_field(at, each, template) for at, each in enumerate(template.fields, 1))
    steps = tuple(line for each in template.steps for line in _step(each, template))
    return phrase(
        "template.told",
        name=template.name,
        id=template.id,
        version=version_told(template.version),
        about=template.about,
        fields=fields or (phrase("template.no_fields"),),
        steps=steps,
    )


def version_told(version: int) -> Phrase:
    """第 2 版, or that it is not published."""
    return phrase("template.version", version=version) if version else phrase("template.draft")


def _field(at: int, field: Field, template: Template) -> Phrase:
    what = Phrase(f"template.type.{field.type}")
    if field.type in _CHOOSING:
        options = "／".join(each.label for each in field.options)
        what = phrase("template.options", type=what, options=options)
    by_staff = field.filled_by is FilledBy.STAFF
    return phrase(
        "template.field_line",
        at=at,
        label=field.label,
        must=phrase("template.must") if field.required else "",
        what=what,
        by=phrase("template.by_staff") if by_staff else "",
        asked_if=_condition(field, template),
    )


def _condition(field: Field, template: Template) -> Phrase | str:
    if field.asked_if is None:
        return ""
    other = label_of(template, field.asked_if.field)
    return phrase("template.asked_if", other=other, values=values_told(field.asked_if, template))


def _step(step: Step, template: Template) -> tuple[Phrase, ...]:
    state = Phrase(f"template.state.{step.state}")
    ways = (_way(each, template) for each in template.ways_from(step.id))
    return (phrase("template.step_line", label=step.label, state=state), *ways)


def _way(way: Transition, template: Template) -> Phrase:
    to = template.step(way.to)
    needs = "、".join(label_of(template, each) for each in way.needs)
    return phrase(
        "template.way_line",
        label=way.label,
        to=to.label if to else way.to,
        needs=phrase("template.needs", needs=needs) if needs else "",
        least=phrase("template.least", role=role_of(way.least)) if way.least > Role.AGENT else "",
    )
