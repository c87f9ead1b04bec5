"""/stock: what every shop has of a product, SKU by SKU, and how sure that is."""

from bot.commands.base import Call, SlashCommand, answer
from bot.commands.product import find_product, others, reached
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.answers import Answer
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with a table per shop."""
    product, found = await find_product(call, desk)
    answers = await desk.shops.stock(product)
    shops = tuple(_shop(each, found.wanted) for each in answers)
    return answer(phrase("cmd.stock.table", title=product.title, shops=shops, others=others(found)))


def _shop(answered: Answer[tuple[SkuStock, ...]], wanted: tuple[str, ...]) -> Phrase:
    skus = filter_skus(answered.value or (), wanted)
    lines = tuple(_sku(each) for each in skus)
    if answered.value is not None and not lines:
        lines = (phrase("cmd.stock.no_such_sku"),)
    total = sum(each.available for each in skus)
    name, state = answered.shop_name, reached(answered)
    if answered.value is None:
        return phrase("cmd.stock.shop_silent", shop=name, why=state)
    return phrase("cmd.stock.shop", shop=name, total=total, reached=state, skus=lines)


def _sku(sku: SkuStock) -> Phrase:
    name = " ".join(value for _, value in sku.properties)
    key = "cmd.stock.sku" if sku.available > 0 else "cmd.stock.sku_gone"
    title = name or phrase("cmd.stock.only_sku")
    return Phrase(key, {"name": title, "count": sku.available, "price": sku.price})


COMMAND = SlashCommand(
    name="stock",
    aliases=("库存", "有货"),
    summary="cmd.stock.summary",
    usage="cmd.stock.usage",
    least=Role.AGENT,
    run=run,
)
