"""What is wrong with the steps of a template and the ways between them."""

import re
from collections.abc import Iterable, Iterator

from bot.templates.form_checks import repeated, too_long
from bot.templates.problems import Said
from desk.templates.model import Template
from desk.tickets.model import TicketState
from desk.tickets.steps.told import BLANKS

_BLANK = re.compile(r"\{(\w+)\}")
_MOST_BUTTONS = 6
"""On one of WeCom's cards (doc 90236)."""
_TOLD_BYTES = 1800
"""WeCom takes 2048 bytes of text; the rest is for what is said around it."""


def check_course(template: Template) -> Iterator[Said]:
    """All that is wrong, with places such as transitions[0].to."""
    steps = template.steps
    yield from repeated((each.id for each in steps), "steps", "步骤 id")
    yield from repeated((each.label for each in steps), "steps", "步骤名称", "label")
    for at, step in enumerate(steps):
        if why := too_long(step.told, _TOLD_BYTES):
            yield Said(f"steps[{at}].told", f"步骤“{step.label}”告诉顾客的话{why}")
        for blank in dict.fromkeys(_BLANK.findall(step.told)):
            if blank not in BLANKS:
                known = "、".join(f"{{{each}}}" for each in BLANKS)
                why = f"步骤“{step.label}”：没有 {{{blank}}} 可填，可以用 {known}"
                yield Said(f"steps[{at}].told", why)
    if steps[0].state is not TicketState.OPEN:
        why = f"第一步“{steps[0].label}”是新工单所在的地方，应写 state: open"
        yield Said("steps[0].state", why)
    yield from _ways(template)
    yield from _crowded(template)
    yield from _dead_ends(template)


def _ways(template: Template) -> Iterator[Said]:
    gone: set[tuple[str, str]] = set()
    said: set[tuple[str, str]] = set()
    for at, way in enumerate(template.transitions):
        place = f"transitions[{at}]"
        for key, name in (("from", way.origin), ("to", way.to)):
            if template.step(name) is None:
                known = "、".join(each.id for each in template.steps)
                yield Said(f"{place}.{key}", f"没有 {name} 这一步，可以写 {known}")
        if way.origin == way.to:
            yield Said(f"{place}.to", f"“{way.label}”走回原地，写 to 到另一步，或删掉它")
        if (way.origin, way.to) in gone:
            yield Said(place, f"从 {way.origin} 到 {way.to} 前面已经有了，请合并成一条")
        elif (way.origin, way.label) in said:
            yield Said(f"{place}.label", f"从 {way.origin} 出去已经有“{way.label}”了，换个叫法")
        gone.add((way.origin, way.to))
        said.add((way.origin, way.label))
        origin = template.step(way.origin)
        if origin is not None and origin.state is TicketState.CLOSED:
            why = f"“{origin.label}”是 closed，关了不会再开；要能重开，把它写成 solved"
            yield Said(f"{place}.from", why)
        for name in way.needs:
            if template.field(name) is None:
                yield Said(f"{place}.needs", f"“{way.label}”要的 {name} 不在表单里，补上这个字段")


def _crowded(template: Template) -> Iterator[Said]:
    for at, step in enumerate(template.steps):
        count = len(template.ways_from(step.id))
        if count > _MOST_BUTTONS:
            why = f"从“{step.label}”出去有 {count} 条路，卡片最多放 {_MOST_BUTTONS} 个，其余要打字"
            yield Said(f"steps[{at}]", why, is_warning=True)


def _dead_ends(template: Template) -> Iterator[Said]:
    """Steps that nothing leads to, and steps from which nothing leads to a solved one."""
    forward = [(each.origin, each.to) for each in template.transitions]
    reached = _from([template.steps[0].id], forward)
    solved = [each.id for each in template.steps if each.state is TicketState.SOLVED]
    if not solved:
        yield Said("steps", "没有 solved 的步骤，工单永远完成不了；至少要有一步 state: solved")
        return
    ending = _from(solved, [(to, origin) for origin, to in forward])
    for at, step in enumerate(template.steps):
        if step.id not in reached:
            why = f"走不到“{step.label}”这一步；加一条 to: {step.id} 的路，或删掉它"
            yield Said(f"steps[{at}]", why)
        elif not step.state.ended and step.id not in ending:
            why = f"到了“{step.label}”就出不来了，走不到任何 solved 的步骤；加一条往后的路"
            yield Said(f"steps[{at}]", why)


def _from(starts: Iterable[str], ways: Iterable[tuple[str, str]]) -> set[str]:
    """All that can be reached."""
    found, ways = set(starts), list(ways)
    fresh = list(found)
    while fresh:
        here = fresh.pop()
        further = {to for origin, to in ways if origin == here} - found
        found |= further
        fresh += further
    return found
