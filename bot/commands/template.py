"""/template: which templates tickets follow; managers publish them and put them back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.commands.authorise import forbidden
from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.templates.overview import Standing, line_of, named, standings
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.templates.commands import BEFORE, PublishTemplates, PutBackTemplate
from desk.templates.difference import differences
from desk.templates.outline import outline, version_told
from desk.templates.versions import EVERYWHERE

_VERBS_OF = {
    "list": ("list", "列表", "全部"),
    "show": ("show", "看", "查看"),
    "diff": ("diff", "对比", "改动"),
    "publish": ("publish", "发布"),
    "back": ("back", "换回", "退回"),
}
_TO_ALL = ("统一", "--replace")
_EVERYTHING = ("全部", "all")


async def run(call: Call, desk: Desk) -> Outcome:
    """Do what the first word says; without one, list."""
    word = call.words[0].lower() if call.words else "list"
    verb = next((verb for verb, words in _VERBS_OF.items() if word in words), None)
    if verb is None:
        raise Misused(phrase("cmd.template.which_verb", word=word))
    return await _DO[verb](call, desk, await standings(desk.templates, desk.drafts))


async def _list(_: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    names = {each.id: each.name for each in desk.stores}
    lines = tuple(line_of(each, names) for each in known)
    return answer(phrase("cmd.template.list", count=len(known), lines=lines))


async def _show(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    standing = _named(call, known)
    stores = _stores(call.words[2:], desk)
    template = standing.at(stores[0]) or standing.shown
    assert template is not None
    return answer(outline(template))


async def _diff(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    standing = _named(call, known)
    numbers = [int(each) for each in call.words[2:] if each.isdigit()]
    found = [standing.version(each) for each in numbers[:2]]
    if None in found:
        version = numbers[found.index(None)]
        raise Misused(
            phrase("template.no_version", template=standing.id, version=version), is_complete=True
        )
    before, *after = *found, *([] if found else [standing.everywhere])
    newest = standing.draft.template if standing.draft else standing.versions[0].template
    now = after[0] if after else newest
    if before is None or now is None:
        return answer(outline(newest))
    lines = differences(before, now)
    if not lines:
        return answer(phrase("cmd.template.same"))
    return answer(
        phrase(
            "cmd.template.diff",
            name=before.name,
            id=standing.id,
            before=version_told(before.version),
            after=version_told(now.version),
            lines=tuple(phrase("template.change_line", what=each) for each in lines),
        )
    )


async def _publish(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    if (why := forbidden(COMMAND.name, Role.MANAGER, call.member)) is not None:
        raise Misused(why, is_complete=True)
    if call.rest(1).lower() in _EVERYTHING:
        wanted = [each for each in known if each.is_fresh]
    else:
        wanted = [_named(call, known)]
    drafts = tuple(each.draft.template for each in wanted if each.draft)
    if not drafts:
        raise Misused(phrase("cmd.template.nothing_new"), is_complete=True)
    words = [] if call.rest(1).lower() in _EVERYTHING else call.words[2:]
    stores = _stores([each for each in words if each not in _TO_ALL], desk)
    replace = any(each in _TO_ALL for each in words)
    return Outcome(do=(PublishTemplates(drafts, call.member.userid, stores, replace=replace),))


async def _back(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    if (why := forbidden(COMMAND.name, Role.MANAGER, call.member)) is not None:
        raise Misused(why, is_complete=True)
    standing = _named(call, known)
    words = call.words[2:]
    version = int(words[0]) if words and words[0].isdigit() else BEFORE
    stores = _stores(words[1 if version else 0 :], desk)
    return Outcome(do=(PutBackTemplate(standing.id, call.member.userid, version, stores),))


def _named(call: Call, known: Sequence[Standing]) -> Standing:
    if len(call.words) < 2:
        raise Misused(phrase("cmd.template.which"), is_complete=True)
    standing = named(call.words[1], known)
    if standing is None:
        raise Misused(phrase("cmd.template.unknown", word=call.words[1]), is_complete=True)
    return standing


def _stores(words: Sequence[str], desk: Desk) -> tuple[str, ...]:
    """The ids of the stores that are named by id or name; without any, all of them."""
    if words and not desk.stores:
        raise Misused(phrase("cmd.template.no_stores"), is_complete=True)
    ids: Mapping[str, str] = {
        name: each.id for each in desk.stores for name in (each.id, each.name)
    }
    for word in words:
        if word not in ids:
            raise Misused(_no_store(word, desk), is_complete=True)
    return tuple(dict.fromkeys(ids[each] for each in words)) or (EVERYWHERE,)


def _no_store(word: str, desk: Desk) -> Phrase:
    stores = "、".join(each.name for each in desk.stores)
    return phrase("cmd.template.unknown_store", word=word, stores=stores)


_DO: Mapping[str, Callable[[Call, Desk, Sequence[Standing]], Awaitable[Outcome]]] = {
    "list": _list,
    "show": _show,
    "diff": _diff,
    "publish": _publish,
    "back": _back,
}
COMMAND = SlashCommand(
    name="template",
    aliases=("模板",),
    summary="cmd.template.summary",
    usage="cmd.template.usage",
    least=Role.SUPERVISOR,
    run=run,
)
