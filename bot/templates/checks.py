"""All checks of one template, as it would be published."""

import re
from collections.abc import Iterator

from bot.rules.actions import Places
from bot.rules.reading import read_rule
from bot.templates.course_checks import check_course
from bot.templates.form_checks import check_form, repeated
from bot.templates.problems import Problem, Said
from desk.rules.happenings import On
from desk.templates.data import as_data
from desk.templates.model import Template
from desk.tickets.model import TicketKind

OF_TICKETS = tuple(each for each in On if each.value.startswith("ticket_"))
"""What the rules of a template may be about."""
_WATCHER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What WeCom refuses, see bot/wecom/render.py."""


def check_template(file: str, template: Template, places: Places) -> tuple[Problem, ...]:
    """All that is wrong with a template that could be read, the rules in it too."""
    found = (
        *_of_whole(template),
        *check_form(template),
        *check_course(template),
        *_of_rules(template, places),
    )
    return tuple(Problem(file, each.place, each.why, each.is_warning) for each in found)


def _of_whole(template: Template) -> Iterator[Said]:
    if template.id in tuple(TicketKind) and template.kind != template.id:
        why = f"id 是 {template.id}，kind 也要写 {template.id}；要另做一种，换个 id"
        yield Said("kind", why)
    for at, watcher in enumerate(template.watchers):
        if not _WATCHER.fullmatch(watcher):
            why = f"“{watcher}”不像角色（supervisor、manager）或企业微信 userid"
            yield Said(f"watchers[{at}]", why)
    for place, text in _texts(as_data(template), ""):
        if _UNSENDABLE.search(text):
            yield Said(place, "有看不见的控制字符，企业微信发不出去，请重新输入这段文字")


def _texts(data: object, place: str) -> Iterator[tuple[str, str]]:
    match data:
        case str():
            yield place, data
        case list():
            for at, each in enumerate(data):
                yield from _texts(each, f"{place}[{at}]")
        case dict():
            for key, each in data.items():
                yield from _texts(each, f"{place}.{key}".lstrip("."))


def _of_rules(template: Template, places: Places) -> Iterator[Said]:
    names = (str(each.get("id", at)) for at, each in enumerate(template.rules))
    yield from repeated(names, "rules", "规则 id")
    for at, rule in enumerate(template.rules):
        try:
            read = read_rule(rule, f"rules[{at}]", places, _BadRule)
        except _BadRule as bad:
            yield Said(bad.place, bad.why)
            continue
        strange = [each for each in read.on if each not in OF_TICKETS] if read else []
        if strange:
            why = (
                f"模板里的规则只管这种工单，不能写 on: {strange[0]}，可以写 {'、'.join(OF_TICKETS)}"
            )
            yield Said(f"rules[{at}].on", why)


class _BadRule(Exception):
    """What the rules' reader says of a rule."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place)
        self.place, self.why = place, why
