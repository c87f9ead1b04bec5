"""有货吗: the stock of every connected shop, its age, and a coupon that fits."""

from collections.abc import Sequence

from actions.offer import offer
from actions.which_product import Picked, which_product
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, NoteMissing
from desk.front import Desk
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.shops.answers import Answer, AnswerState
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock
from desk.turns import Action, Turn

_FEW_SKUS = 6
_LOW = 3

StockAnswer = Answer[tuple[SkuStock, ...]]


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with stock per shop and SKU."""
    picked = await which_product(turn, desk)
    if isinstance(picked, Outcome):
        return picked
    answers = await desk.shops.stock(picked.product)
    wanted = {each.shop: _of(each, picked.wanted) for each in answers}
    lines = tuple(_shop_line(each, wanted[each.shop], turn) for each in answers)
    say = Say(phrase("stock.answer", title=picked.product.title, shops=lines))
    follow = await _follow_up(turn, desk, picked, answers, wanted)
    return Outcome((say, *follow.say), (*picked.do, *follow.do))


def _of(answer: StockAnswer, wanted: Sequence[str]) -> tuple[SkuStock, ...]:
    return filter_skus(answer.value or (), wanted)


def _shop_line(answer: StockAnswer, skus: tuple[SkuStock, ...], turn: Turn) -> Phrase:
    if answer.state is AnswerState.UNREACHABLE:
        return phrase("stock.shop_silent", shop=answer.shop_name)
    figure = _figure(skus)
    if answer.state is AnswerState.STALE and answer.as_of is not None:
        return phrase("stock.shop_stale", shop=answer.shop_name, figure=figure, at=answer.as_of)
    at = answer.as_of or turn.now
    return phrase("stock.shop_fresh", shop=answer.shop_name, figure=figure, at=at)


def _figure(skus: tuple[SkuStock, ...]) -> Phrase:
    """One SKU, a few, or a summary of many."""
    left = [sku for sku in skus if sku.available > 0]
    if not skus:
        return phrase("stock.no_such_sku")
    if not left:
        return phrase("stock.none_left")
    if len(left) <= _FEW_SKUS:
        return phrase("stock.listed", skus=tuple(_sku(sku) for sku in left))
    return phrase("stock.many", kinds=len(left), names=_names(left))


def _sku(sku: SkuStock) -> Phrase:
    key = "stock.sku_low" if sku.available <= _LOW else "stock.sku"
    return phrase(key, name=_name(sku), count=sku.available, price=sku.price)


def _name(sku: SkuStock) -> str:
    return " ".join(value for _, value in sku.properties) or "默认款"


def _names(left: Sequence[SkuStock]) -> str:
    """The values that can be had, property by property: 白色、粉色；21、22、23."""
    values: dict[str, dict[str, None]] = {}
    for sku in left:
        for name, value in sku.properties:
            values.setdefault(name, {})[value] = None
    return "；".join("、".join(each) for each in values.values())


async def _follow_up(
    turn: Turn,
    desk: Desk,
    picked: Picked,
    answers: Sequence[StockAnswer],
    wanted: dict[str, tuple[SkuStock, ...]],
) -> Outcome:
    left = [sku for skus in wanted.values() for sku in skus if sku.available > 0]
    if not left:
        if all(answer.is_known for answer in answers):
            return _sold_out(turn, picked)
        return Outcome()
    shops = tuple(dict.fromkeys(sku.item.shop for sku in left))
    price = Fen(min(sku.price for sku in left))
    coupon = await offer(turn, desk, "stock_answer", shops, price, _subject(picked))
    if len(left) > _FEW_SKUS and not picked.wanted:
        ask = Ask(
            "stock_check",
            expects="size",
            slots={"item": turn.focus.get("item", "")} | _item(picked),
        )
        return Outcome((*coupon.say, Say(phrase("stock.which_size"))), (*coupon.do, ask))
    return coupon


def _sold_out(turn: Turn, picked: Picked) -> Outcome:
    missing: tuple[Command, ...] = (NoteMissing(picked.product.title),)
    menu = (Choice("go_restock_notify", phrase("stock.menu.notify")),)
    return Outcome((Say(phrase("stock.sold_out"), menu),), missing)


def _item(picked: Picked) -> dict[str, str]:
    return {"item": f"{picked.product.ids[0].shop}:{picked.product.ids[0].item}"}


def _subject(picked: Picked) -> str:
    return f"stock:{picked.product.ids[0].shop}:{picked.product.ids[0].item}"


action = Action(intent="stock_check", run=run)
