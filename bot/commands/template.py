"""/template: which templates tickets follow; managers publish them and put them back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.commands.authorise import forbidden
from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.templates.choosing import (
    Unclear,
    chosen,
    chosen_stores,
    compared,
    drafts_to_publish,
)
from bot.templates.overview import LOGGED, Standing, line_of, log_said, standings
from bot.templates.problems import BadTemplates
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.templates.commands import BEFORE, PublishTemplates, PutBackTemplate
from desk.templates.outline import outline
from desk.templates.ports import NoDrafts

_VERBS_OF = {
    "list": ("list", "列表", "全部"),
    "show": ("show", "看", "查看"),
    "diff": ("diff", "对比", "改动"),
    "publish": ("publish", "发布"),
    "back": ("back", "换回", "退回"),
    "log": ("log", "记录"),
}
_OF_DRAFTS = ("list", "diff", "publish")
_TO_ALL = ("统一", "--replace")
_EVERYTHING = ("全部", "all")


async def run(call: Call, desk: Desk) -> Outcome:
    """Do what the first word says; without one, list."""
    word = call.words[0].lower() if call.words else "list"
    verb = next((verb for verb, words in _VERBS_OF.items() if word in words), None)
    if verb is None:
        raise Misused(phrase("cmd.template.which_verb", word=word))
    # What is wrong with files must not keep anybody from putting back what went before.
    drafts = desk.drafts if verb in _OF_DRAFTS else NoDrafts()
    try:
        return await _DO[verb](call, desk, await standings(desk.templates, drafts))
    except BadTemplates as bad:
        raise Misused(phrase("cmd.template.bad_files", why=bad.say), is_complete=True) from bad
    except Unclear as unclear:
        raise Misused(unclear.why, is_complete=True) from unclear


async def _list(_: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    names = {each.id: each.name for each in desk.stores}
    lines = tuple(line_of(each, names) for each in known)
    return answer(phrase("cmd.template.list", count=len(known), lines=lines))


async def _show(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    standing = _named(call, known)
    (store, *_) = chosen_stores(call.words[2:], desk.stores)
    template = standing.at(store) or standing.shown
    assert template is not None
    return answer(outline(template))


async def _diff(call: Call, _: Desk, known: Sequence[Standing]) -> Outcome:
    numbers = [int(each) for each in call.words[2:] if each.isdecimal()]
    return answer(compared(_named(call, known), numbers))


async def _log(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    standing = _named(call, known)
    names = {each.id: each.name for each in desk.stores}
    return answer(log_said(standing, await desk.templates.changes(standing.id, LOGGED), names))


async def _publish(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    _managers_only(call)
    every = call.rest(1).lower() in _EVERYTHING
    wanted = [each for each in known if each.is_fresh] if every else [_named(call, known)]
    drafts = drafts_to_publish(wanted)
    words = () if every else call.words[2:]
    replace = any(each in _TO_ALL for each in words)
    named = [each for each in words if each not in _TO_ALL]
    stores = chosen_stores(named, desk.stores, alone=replace)
    return Outcome(do=(PublishTemplates(drafts, call.member.userid, stores, replace=replace),))


async def _back(call: Call, desk: Desk, known: Sequence[Standing]) -> Outcome:
    _managers_only(call)
    standing = _named(call, known)
    words = call.words[2:]
    version = int(words[0]) if words and words[0].isdecimal() else BEFORE
    stores = chosen_stores(words[1:] if version else words, desk.stores)
    return Outcome(do=(PutBackTemplate(standing.id, call.member.userid, version, stores),))


def _managers_only(call: Call) -> None:
    if (
        why := forbidden(f"{COMMAND.called} {call.words[0]}", Role.MANAGER, call.member)
    ) is not None:
        raise Unclear(why)


def _named(call: Call, known: Sequence[Standing]) -> Standing:
    if len(call.words) < 2:
        raise Unclear(phrase("cmd.template.which"))
    return chosen(call.words[1], known)


_DO: Mapping[str, Callable[[Call, Desk, Sequence[Standing]], Awaitable[Outcome]]] = {
    "list": _list,
    "show": _show,
    "diff": _diff,
    "publish": _publish,
    "back": _back,
    "log": _log,
}
COMMAND = SlashCommand(
    name="template",
    aliases=("模板",),
    summary="cmd.template.summary",
    usage="cmd.template.usage",
    least=Role.SUPERVISOR,
    run=run,
)
