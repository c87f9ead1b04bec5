"""/stock: what every shop has of a product, kind by kind, and how sure that is."""

from collections.abc import Sequence

from bot.commands.base import Call, SlashCommand, answer
from bot.commands.product import find_product, others, reached
from bot.commands.stock_matrix import stock_lines, usual_price
from bot.commands.stock_places import kept_back, place_lines
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.answers import Answer
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock
from desk.shops.products import Product


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with a table per shop."""
    product, found = await find_product(call, desk)
    answers = await desk.shops.stock_in_full(product)
    waiting = await desk.wishes.waiting_for(product.ids)
    table = phrase(
        "cmd.stock.table",
        title=product.title,
        shops=tuple(_shop(each, found.wanted, desk, product) for each in answers),
        waiting=phrase("cmd.stock.waiting", count=waiting) if waiting else "",
        others=others(found),
    )
    return answer(table)


def _shop(
    answered: Answer[tuple[SkuStock, ...]], wanted: tuple[str, ...], desk: Desk, product: Product
) -> Phrase:
    shop, state = answered.shop_name, reached(answered)
    if answered.value is None:
        return phrase("cmd.stock.shop_silent", shop=shop, why=state)
    skus = filter_skus(answered.value, wanted)
    if not skus:
        return phrase("cmd.stock.shop_no_such_sku", shop=shop, reached=state)
    total = sum(sku.available for sku in skus)
    if total <= 0:
        return phrase("cmd.stock.shop_gone", shop=shop, price=_price(skus), reached=state)
    return phrase(
        "cmd.stock.shop",
        shop=shop,
        total=total,
        price=_price(skus),
        reached=state,
        skus=(
            *stock_lines(skus),
            *place_lines(skus),
            *kept_back(skus, desk.shops.safety.of_all(skus, product.title)),
        ),
    )


def _price(skus: Sequence[SkuStock]) -> Phrase:
    prices = {sku.price for sku in skus}
    if len(prices) == 1:
        return phrase("cmd.stock.one_price", price=skus[0].price)
    usual = usual_price(skus)
    if usual is not None:
        return phrase("cmd.stock.usual_price", price=usual)
    return phrase("cmd.stock.prices", low=min(prices), high=max(prices))


COMMAND = SlashCommand(
    name="stock",
    aliases=("库存", "有货"),
    summary="cmd.stock.summary",
    usage="cmd.stock.usage",
    least=Role.AGENT,
    run=run,
)
