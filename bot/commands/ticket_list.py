"""/ticket list: one's own and what nobody has; supervisors see all; narrowed by what is named."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from unicodedata import normalize

from bot.commands.base import Call, Misused, answer
from bot.commands.find import find_customer
from bot.commands.ticket_stands import state_phrase
from bot.commands.ticket_words import STATES, kind_meant
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.stores import Store
from desk.tickets.cards import kind_phrase, priority_phrase
from desk.tickets.listing import Listing
from desk.tickets.model import Ticket

_LISTED = 15
_PAGE = re.compile(r"第?(\d{1,3})页|page=?(\d{1,3})")
_MINE = ("mine", "我的")
_LATE = ("late", "超时")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a line asks for: the tickets that fit, and which page of them."""

    listing: Listing
    page: int = 1


async def show_list(call: Call, desk: Desk) -> Outcome:
    """List what the words leave over."""
    everybodys = call.member.role >= Role.SUPERVISOR
    asked = _Asked(Listing(owners=() if everybodys else (call.member.userid, "")))
    for word in call.words[1:]:
        asked = await _narrowed(asked, normalize("NFKC", word), call, desk)
    skipped = (asked.page - 1) * _LISTED
    tickets = await desk.tickets.listed(asked.listing, _LISTED + 1, skipped)
    if not tickets:
        plain = len(call.words) < 2
        return answer(phrase("cmd.ticket.list_empty" if plain else "cmd.ticket.list_none"))
    lines = tuple(_line(each, call, desk) for each in tickets[:_LISTED])
    key = "cmd.ticket.list_all" if everybodys else "cmd.ticket.list"
    more = _more(asked, call) if len(tickets) > _LISTED else ""
    return answer(Phrase(key, {"tickets": lines, "more": more}))


async def _narrowed(asked: _Asked, word: str, call: Call, desk: Desk) -> _Asked:
    if page := _PAGE.fullmatch(word.lower()):
        return replace(asked, page=max(1, int(page[1] or page[2])))
    listing = asked.listing
    if word.lower() in _MINE:
        return replace(asked, listing=replace(listing, owners=(call.member.userid,)))
    if word.lower() in _LATE:
        return replace(asked, listing=replace(listing, due_before=call.now))
    name, _, value = word.partition("=")
    if not value:
        name, value = _bare(name.lower(), desk), name
    narrow = _BY.get(name.lower())
    if narrow is None or not value:
        raise Misused(phrase("cmd.ticket.list_by_what", word=word), is_complete=True)
    return replace(asked, listing=await narrow(listing, value, call, desk))


async def _by_store(listing: Listing, value: str, _call: Call, desk: Desk) -> Listing:
    fitting = [each for each in desk.stores if _is_called(each, value)]
    if len(fitting) != 1:
        raise Misused(phrase("cmd.ticket.list_no_store", word=value), is_complete=True)
    return replace(listing, store=fitting[0].id)


async def _by_kind(listing: Listing, value: str, _call: Call, _desk: Desk) -> Listing:
    kind = kind_meant(value.lower())
    if kind is None:
        raise Misused(phrase("cmd.ticket.list_no_kind", word=value), is_complete=True)
    return replace(listing, kind=kind)


async def _by_state(listing: Listing, value: str, _call: Call, _desk: Desk) -> Listing:
    if value.lower() not in STATES:
        raise Misused(phrase("cmd.ticket.list_no_state", word=value), is_complete=True)
    return replace(listing, states=STATES[value.lower()])


async def _by_tag(listing: Listing, value: str, _call: Call, _desk: Desk) -> Listing:
    return replace(listing, tag=value.lstrip("#"))


async def _by_customer(listing: Listing, value: str, call: Call, desk: Desk) -> Listing:
    meant = await find_customer(value, call, desk)
    return replace(listing, customer=meant.customer.id)


_BY: Mapping[str, Callable[[Listing, str, Call, Desk], Awaitable[Listing]]] = {
    "门店": _by_store,
    "store": _by_store,
    "类型": _by_kind,
    "kind": _by_kind,
    "状态": _by_state,
    "state": _by_state,
    "标签": _by_tag,
    "tag": _by_tag,
    "顾客": _by_customer,
    "customer": _by_customer,
}


def _bare(word: str, desk: Desk) -> str:
    """What a word without a name is one of: 退货 a kind, 等顾客 a state, 徐家汇 a store."""
    if word in STATES:
        return "state"
    if any(_is_called(each, word) for each in desk.stores):
        return "store"
    return "kind" if kind_meant(word) is not None else ""


def _is_called(store: Store, word: str) -> bool:
    return word in (store.id, store.name, store.name.removesuffix("店"))


def _line(ticket: Ticket, call: Call, desk: Desk) -> Phrase:
    late = ticket.due_at <= call.now and not ticket.state.ended
    key = "cmd.ticket.line_late" if late else "cmd.ticket.line"
    if ticket.state.ended:
        key = "cmd.ticket.line_ended"
    return Phrase(
        key,
        {
            "number": ticket.number,
            "kind": kind_phrase(ticket),
            "priority": priority_phrase(ticket),
            "state": state_phrase(ticket, desk),
            "due": ticket.due_at,
        },
    )


def _more(asked: _Asked, call: Call) -> Phrase:
    kept = [each for each in call.words[1:] if not _PAGE.fullmatch(normalize("NFKC", each))]
    words = " ".join(("列表", *kept, f"第{asked.page + 1}页"))
    return phrase("cmd.ticket.list_more", words=words)
