"""有货吗: the stock of every connected shop, its age, and a coupon that fits."""

from collections.abc import Sequence

from actions.asking import go
from actions.offer import offer
from actions.own_kinds import with_own_kind
from actions.several import telling
from actions.stock_summary import StockAnswer
from actions.stock_words import instead, left_of, never_made, no_such_kind, stock_of, wanted_left
from actions.store_locate import ask_in_store
from actions.which_product import Picked, which_product, write_item
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, NoteMissing, Remember
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.kernel.money import Fen
from desk.shops.port import PlaceKind
from desk.turns import Action, Turn

_FEW_SKUS = 6


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with stock per shop and SKU."""
    picked = await which_product(turn, desk, telling("stock.of_several", left_of))
    if isinstance(picked, Outcome):
        return picked
    answers = await desk.shops.stock(picked.product)
    picked = with_own_kind(turn, picked, answers)
    if lacking := never_made(picked, answers):
        return _never(picked, answers, lacking)
    follow = await _follow_up(turn, desk, picked, answers)
    say = Say(stock_of(turn, picked, answers))
    in_store = ask_in_store(turn, desk.stores, picked.product.title, _stores_in(answers))
    return Outcome((say, *in_store.say, *follow.say), (*picked.do, *in_store.do, *follow.do))


def _stores_in(answers: Sequence[StockAnswer]) -> frozenset[str]:
    """The stores whose pieces a shop tells, be there any or none."""
    skus = (sku for each in answers for sku in each.value or ())
    places = (place for sku in skus for place in sku.places)
    return frozenset(each.name for each in places if each.kind is PlaceKind.STORE)


def _never(picked: Picked, answers: Sequence[StockAnswer], lacking: Sequence[str]) -> Outcome:
    """It does not come so: say so, forget that word, and let another be named."""
    said = Say(no_such_kind(picked, answers, lacking))
    kind = {"color": picked.color, "size": picked.size}
    forgotten = Remember({name: "" for name, word in kind.items() if word in lacking})
    missing = NoteMissing(picked.product.title)
    return Outcome((said,), (*picked.do, forgotten, missing, Ask("stock_check", expects="size")))


async def _follow_up(
    turn: Turn, desk: Desk, picked: Picked, answers: Sequence[StockAnswer]
) -> Outcome:
    left = wanted_left(answers, picked.wanted)
    if not left:
        unheard = picked.silent or not all(each.is_known for each in answers)
        return Outcome() if unheard else _sold_out(picked, answers)
    shops = tuple(dict.fromkeys(sku.item.shop for sku in left))
    price = Fen(min(sku.price for sku in left))
    coupon = await offer(turn, desk, "stock_answer", shops, price, _subject(picked))
    if picked.wanted or len({sku.properties for sku in left}) <= _FEW_SKUS:
        return coupon
    ask = Ask("stock_check", expects="size")  # The product is in focus, and may be changed.
    return Outcome((*coupon.say, Say(phrase("stock.which_size"))), (*coupon.do, ask))


def _sold_out(picked: Picked, answers: Sequence[StockAnswer]) -> Outcome:
    """Offer to tell when it is back, and what there is instead."""
    kind = {"color": picked.color, "size": picked.size}
    slots = {"item": write_item(picked.product.ids[0])}
    slots |= {name: word for name, word in kind.items() if word}
    do: tuple[Command, ...] = (
        NoteMissing(picked.product.title),
        Ask("restock_notify", slots=slots),
    )
    others = instead(answers, picked.wanted) if picked.wanted else ()
    said = phrase("stock.others_left", others=others) if others else phrase("stock.sold_out")
    return Outcome((Say(said, (go("restock_notify"),)),), do)


def _subject(picked: Picked) -> str:
    return f"stock:{write_item(picked.product.ids[0])}"


action = Action(intent="stock_check", run=run)
