"""/price: what a product costs in every shop now."""

from bot.commands.base import Call, SlashCommand, answer
from bot.commands.product import find_product, others, reached
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.answers import Answer
from desk.shops.products import PriceRange


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with a line per shop."""
    product, found = await find_product(call, desk)
    answers = await desk.shops.prices(product)
    lines = tuple(_shop(each) for each in answers)
    return answer(phrase("cmd.price.table", title=product.title, shops=lines, others=others(found)))


def _shop(answered: Answer[PriceRange]) -> Phrase:
    name, state, prices = answered.shop_name, reached(answered), answered.value
    if prices is None:
        return phrase("cmd.price.shop_silent", shop=name, why=state)
    if prices.low == prices.high:
        return phrase("cmd.price.one", shop=name, price=prices.low, reached=state)
    return phrase("cmd.price.range", shop=name, low=prices.low, high=prices.high, reached=state)


COMMAND = SlashCommand(
    name="price",
    aliases=("价格", "多少钱"),
    summary="cmd.price.summary",
    usage="cmd.price.usage",
    least=Role.AGENT,
    run=run,
)
