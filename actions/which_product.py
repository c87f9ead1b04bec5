"""Which product is meant: named, seen before, bought before, or still talked about."""

import re
from dataclasses import dataclass, replace

from actions.asking import ask_for
from actions.buyers import own_orders
from actions.called_before import (
    CALLED,
    NOT_ITEM,
    another_than,
    ask_which_of,
    find_called,
    picked_by_name,
)
from actions.kind_words import is_colour, kinds_in
from actions.one_size_up import step_in, stepped, without_step
from actions.pictured import PICTURE, pictured
from actions.several import MOST, Telling, coming_in, narrowed
from actions.tickets import Plan, noted
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.shops.attributes import attributes_of
from desk.shops.port import ItemId, read_item, write_item
from desk.shops.products import Candidate, Found, Product
from desk.shops.wish import wording_of
from desk.sync.commands import NoteConsult
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

__all__ = ["Picked", "read_item", "which_product", "write_item"]

_SEEN_BEFORE = re.compile(
    r"上次|上回|之前|刚才|昨天|前几天|那[双个件款台辆]|看[中过上]|收藏|加购|浏览|看的"
)
_BOUGHT_BEFORE = re.compile(r"买的|买过|上次买|下单的|拍的|再买|回购|又买")
_EVERY_KIND = re.compile(r"哪些|哪几|什么(?:码|号|颜色|尺码|规格|色)|都有|其[他它]|别的|几个色")
_KIND = re.compile(r"[^有没吗呢么?？]{1,8}")
"""A word for a size or colour, and not a whole question that was taken for one."""
_NO_SHOPS = Plan(
    TicketKind.CONSULT, Priority.HIGH, "product.ask_a_person", "商品问题，请答复顾客", "product"
)


@dataclass(frozen=True, slots=True)
class Picked:
    """The product that is meant, the size and colour words wanted, and what finding it led to.

    `silent` are the names of shops of which nobody knows now whether they sell it.
    """

    product: Product
    wanted: tuple[str, ...]
    do: tuple[Command, ...]
    silent: tuple[str, ...] = ()

    @property
    def color(self) -> str:
        """The colour wanted, "" for any."""
        return next((word for word in self.wanted if is_colour(word)), "")

    @property
    def size(self) -> str:
        """The size, stage or other kind wanted, "" for any."""
        return next((word for word in self.wanted if not is_colour(word)), "")


async def which_product(turn: Turn, desk: Desk, tell: Telling | None = None) -> Picked | Outcome:
    """Find the product that is meant; an Outcome asks which one.

    `tell` asks about few products, and answers on all of them.
    Where no shop is connected there is nothing to find, and a person answers.
    """
    picked = await _find(turn, desk, tell)
    if isinstance(picked, Outcome):
        return picked
    product = picked.product
    asked = NoteConsult(turn.customer.id, turn.conversation.id, product.ids, product.title)
    return replace(picked, do=(*picked.do, asked))


async def _find(turn: Turn, desk: Desk, tell: Telling | None) -> Picked | Outcome:
    if not desk.shops.shops:
        return noted(turn, _NO_SHOPS, None)
    if NOT_ITEM in turn.slots:
        return await another_than(turn, desk)
    if shown := await pictured(turn, desk):
        return shown
    item = turn.slots.get("item") or await _still_meant(turn, desk)
    product = await desk.shops.product_of(read_item(item)) if item else None
    if product is not None:
        silent = await desk.shops.silent()
        learnt = picked_by_name(turn)
        return await _of_kind(turn, desk, _picked(product, _wanted(turn, product), learnt, silent))
    kinds = _named(turn)
    if listed := await narrowed(turn, desk, kinds):
        return await _one_of(turn, desk, listed, kinds, tell)
    prefer, do = await _met_before(turn, desk)
    found = await _found(turn, desk, prefer)
    if found.best is None:
        return _not_found(turn, found)
    if found.is_clear:
        called = Remember({CALLED: wording_of(_query(turn))})
        wanted = _named(turn) or (() if step_in(turn.text) else _sorted(found.wanted))
        picked = _picked(found.best, wanted, (*do, called), found.silent)
        return await _of_kind(turn, desk, picked)
    meant = await coming_in(desk, found.candidates, kinds)
    if len(meant) == 1 < len(found.candidates):
        picked = _picked(meant[0].product, kinds, do, found.silent)
        return await _of_kind(turn, desk, picked)
    question = await _question(desk, meant, kinds, tell)
    asked = ask_which_of(turn, _query(turn), meant, question)
    return Outcome(asked.say, (*do, *asked.do))


async def _one_of(
    turn: Turn,
    desk: Desk,
    listed: tuple[Candidate, ...],
    kinds: tuple[str, ...],
    tell: Telling | None,
) -> Picked | Outcome:
    """The only one of the products listed that comes in the kinds, or those that are left."""
    if len(listed) == 1:
        return _picked(listed[0].product, kinds, (), await desk.shops.silent())
    question = await _question(desk, listed, kinds, tell)
    pending = turn.conversation.dialogue.pending
    wording = pending.slots.get(CALLED, "") if pending else ""
    return ask_which_of(turn, wording, listed, question)


async def _question(
    desk: Desk, candidates: tuple[Candidate, ...], kinds: tuple[str, ...], tell: Telling | None
) -> Phrase:
    if tell is None or len(candidates) > MOST:
        return phrase("product.which_of")
    return await tell(desk, candidates, kinds)


async def _of_kind(turn: Turn, desk: Desk, picked: Picked) -> Picked | Outcome:
    """The same; where a size up or down is asked for, with the size that is meant by it."""
    size = await stepped(turn, desk, picked.product, _size_talked_of(turn, picked.product))
    if size is None:
        return picked
    if isinstance(size, Outcome):
        return Outcome(size.say, (*picked.do, *size.do))
    wanted = tuple(word for word in (picked.color, size) if word)
    return _picked(picked.product, wanted, picked.do, picked.silent)


def _size_talked_of(turn: Turn, product: Product) -> str:
    return turn.focus.get("size", "") if _same_as_before(turn, product) else ""


async def _found(turn: Turn, desk: Desk, prefer: tuple[ItemId, ...]) -> Found:
    """Find by the words on the product, by all that was said, or by what was met before."""
    pointed = bool(_SEEN_BEFORE.search(turn.text) or _BOUGHT_BEFORE.search(turn.text))
    found = await find_called(turn, desk, _query(turn), prefer, pointed=pointed)
    if found.best is None and _query(turn) != turn.text:
        found = await find_called(turn, desk, turn.text, prefer, pointed=pointed)
    if found.best is None and _SEEN_BEFORE.search(turn.text):
        found = await desk.shops.find(" ".join(_named(turn)), prefer)
    return found


async def _still_meant(turn: Turn, desk: Desk) -> str:
    """The product talked about before, unless this message names another.

    A name that was not recognised as one may be one all the same: the shelves know it.
    """
    item = turn.focus.get("item", "")
    if not item or turn.slots.get("product") or _SEEN_BEFORE.search(turn.text):
        return ""
    if not wording_of(without_step(turn.text)):
        return item
    found = await desk.shops.find(without_step(turn.text))
    named = found.best.ids if found.is_clear and found.best else ()
    return item if not named or read_item(item) in named else ""


async def _met_before(turn: Turn, desk: Desk) -> tuple[tuple[ItemId, ...], tuple[Command, ...]]:
    """What the customer saw and bought, latest first; what was meant by the words comes first."""
    seen = tuple(viewed.item for viewed in turn.customer.viewed)
    if seen and not _BOUGHT_BEFORE.search(turn.text):
        return seen, ()
    orders = await own_orders(turn, desk)
    bought = tuple(line.item for order in orders.orders for line in order.lines)
    return (*bought, *seen), orders.known.do


def _query(turn: Turn) -> str:
    """The customer's words on the product; the whole message where none was recognised."""
    parts = [without_step(turn.slots.get(name, "")) for name in ("product", "color", "size")]
    return " ".join(filter(None, map(str.strip, parts))) if parts[0] else without_step(turn.text)


def _wanted(turn: Turn, product: Product) -> tuple[str, ...]:
    """Colour and size of this message; what it leaves open stays as it was for the product."""
    named = _named(turn)
    if _EVERY_KIND.search(turn.text) or not _same_as_before(turn, product):
        return named
    colours = [word for word in named if is_colour(word)]
    sizes = [word for word in named if not is_colour(word)]
    kept_colour, kept_size = turn.focus.get("color", ""), turn.focus.get("size", "")
    both = (*(colours or [kept_colour]), *(sizes or [kept_size]))
    return tuple(word for word in both if word)


def _named(turn: Turn) -> tuple[str, ...]:
    """The colour and size words of this message, colours first."""
    slots = tuple(turn.slots.get(name, "") for name in ("color", "size"))
    words = tuple(filter(_KIND.fullmatch, slots)) or attributes_of(without_step(turn.text))
    return _sorted(tuple(word for word in map(without_step, words) if word.strip()))


def _sorted(words: tuple[str, ...]) -> tuple[str, ...]:
    plain = dict.fromkeys(kind for word in words for kind in kinds_in(word))
    return tuple(sorted(plain, key=lambda word: not is_colour(word)))


def _same_as_before(turn: Turn, product: Product) -> bool:
    return turn.focus.get("item") == write_item(product.ids[0])


def _picked(
    product: Product, wanted: tuple[str, ...], do: tuple[Command, ...], silent: tuple[str, ...]
) -> Picked:
    picked = Picked(product, wanted, do, silent)
    focus = {"product": product.title, "item": write_item(product.ids[0]), PICTURE: ""}
    kind = {"color": picked.color, "size": picked.size}
    return replace(picked, do=(*do, Remember(focus | kind)))


def _not_found(turn: Turn, found: Found) -> Outcome:
    if found.silent:
        question = phrase("product.not_found_some_silent", shops="、".join(found.silent))
    elif name := turn.slots.get("product"):
        question = phrase("product.not_found", name=name)
    else:
        question = phrase("product.which")
    return ask_for(_without_product(turn), question, "product", person=bool(turn.tries))


def _without_product(turn: Turn) -> Turn:
    """The turn without the name that nothing was found for."""
    return replace(turn, slots={k: v for k, v in turn.slots.items() if k != "product"})
