"""/alias: what customers' names for products mean here, as staff teach it."""

import re

from bot.commands.base import Call, Misused, SlashCommand, answer
from desk.aliases.commands import ForgetAlias, TeachAlias
from desk.aliases.model import LONGEST_WORDING, Alias
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.shops.port import ItemId, read_item
from desk.shops.wish import wording_of

_LIST = ("list", "列表")
_ADD = ("add", "加", "添加")
_REMOVE = ("remove", "del", "删", "删除")
_MEANS = re.compile(r"\s*(?:=|＝|->|→)\s*")
_SHOWN = 40


async def run(call: Call, desk: Desk) -> Outcome:
    """List, teach, or forget."""
    verb = call.words[0].lower() if call.words else "list"
    if verb in _LIST:
        return await _list(desk)
    if verb in _REMOVE:
        return await _forget(call.rest(1), desk)
    line = call.rest(1 if verb in _ADD else 0)
    if not _MEANS.search(line):
        raise Misused(phrase("cmd.alias.which", word=line))
    return await _teach(line, call, desk)


async def _list(desk: Desk) -> Outcome:
    taught = await desk.aliases.taught()
    if not taught:
        return answer(phrase("cmd.alias.none"))
    lines = tuple([await _line(each, desk) for each in taught[:_SHOWN]])
    return answer(phrase("cmd.alias.list", count=len(taught), aliases=lines))


async def _line(alias: Alias, desk: Desk) -> Phrase:
    member = desk.staff.find(alias.by)
    by = member.name if member else alias.by
    meaning = await _meaning(alias.meaning, desk)
    return phrase("cmd.alias.line", name=alias.name, meaning=meaning, by=by, at=alias.at)


async def _meaning(meaning: str | ItemId, desk: Desk) -> str:
    if isinstance(meaning, str):
        return meaning
    product = await desk.shops.product_of(meaning)
    return product.title if product else f"{meaning.shop}:{meaning.item}"


async def _teach(line: str, call: Call, desk: Desk) -> Outcome:
    said, *rest = _MEANS.split(line, maxsplit=1)
    name, words = wording_of(said), "".join(rest).strip()
    if not 0 < len(name) <= LONGEST_WORDING or not words:
        raise Misused(phrase("cmd.alias.too_long", most=LONGEST_WORDING))
    meaning = await _sold(words, desk)
    taught = TeachAlias(name, meaning, call.member.userid)
    shown = await _meaning(meaning, desk)
    return Outcome((Say(phrase("cmd.alias.taught", name=name, meaning=shown)),), (taught,))


async def _sold(words: str, desk: Desk) -> str | ItemId:
    """The words, or the item they name, if anything on sale is called so.

    Raises:
        Misused: nothing is; a name for it would lead nowhere.
    """
    item = read_item(words)
    if desk.shops.shop(item.shop) is not None:
        if await desk.shops.product_of(item) is None:
            raise Misused(phrase("cmd.product.none", query=words), is_complete=True)
        return item
    if (await desk.shops.find(words)).best is None:
        raise Misused(phrase("cmd.product.none", query=words), is_complete=True)
    return words


async def _forget(said: str, desk: Desk) -> Outcome:
    name = wording_of(said)
    if name not in {each.name for each in await desk.aliases.taught()}:
        raise Misused(phrase("cmd.alias.unknown", name=said), is_complete=True)
    return Outcome((Say(phrase("cmd.alias.forgotten", name=name)),), (ForgetAlias(name),))


COMMAND = SlashCommand(
    name="alias",
    aliases=("叫法", "别名"),
    summary="cmd.alias.summary",
    usage="cmd.alias.usage",
    least=Role.SUPERVISOR,
    run=run,
)
