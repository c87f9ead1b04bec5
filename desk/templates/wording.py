"""How it is told what became of templates, in the chat and on the command line."""

from collections.abc import Mapping, Sequence

from desk.conversations.commands import Tell
from desk.kernel.messages import Phrase, Say, phrase
from desk.templates.difference import differences
from desk.templates.events import NotPutBack, Placed, TemplatesPlaced
from desk.templates.versions import EVERYWHERE

_CHANGES = 8
"""So many lines of what is otherwise are told at once; `diff` tells all."""


def placed(event: TemplatesPlaced) -> tuple[Tell, ...]:
    """Who did it hears what is in force now, and what is otherwise."""
    return (Tell(Say(placed_said(event)), (event.by,)),)


def not_put_back(event: NotPutBack) -> tuple[Tell, ...]:
    """Who wanted it hears why not."""
    return (Tell(Say(not_put_back_said(event)), (event.by,)),)


def placed_said(event: TemplatesPlaced) -> Phrase:
    """What was put in force, and what is otherwise than before."""
    changed = [each for each in event.placed if each.changed]
    if not changed:
        return phrase("template.unchanged")
    lines = tuple(line for each in changed for line in _lines(each, event.names))
    return phrase("template.placed", lines=lines)


def not_put_back_said(event: NotPutBack) -> Phrase:
    """Why nothing was put back."""
    if event.version:
        return phrase("template.no_version", template=event.name, version=event.version)
    return phrase("template.nothing_before", template=event.name)


def stores_said(stores: Sequence[str], names: Mapping[str, str]) -> Phrase | str:
    """The stores as people call them; all of them as one word."""
    if EVERYWHERE in stores:
        return phrase("template.everywhere")
    return "、".join(names.get(each, each) for each in stores)


def _lines(each: Placed, names: Mapping[str, str]) -> tuple[Phrase, ...]:
    template = each.template
    first = phrase(
        "template.placed_line" if each.stores else "template.kept_line",
        name=template.name,
        id=template.id,
        version=template.version,
        stores=stores_said(each.stores, names),
    )
    gone = phrase("template.ended_line", stores=stores_said(each.ended, names))
    ended = (gone,) if each.ended else ()
    if each.before is None or each.before.version == template.version:
        return (first, *ended)
    found = differences(each.before, template)
    changes = tuple(phrase("template.change_line", what=what) for what in found[:_CHANGES])
    left = len(found) - _CHANGES
    more = (phrase("template.more_changes", count=left),) if left > 0 else ()
    return (first, *ended, *changes, *more)
