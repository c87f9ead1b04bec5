"""产品咨询: the facts the shops have, at once; the rest goes to somebody who knows the product."""

from actions.naming import called
from actions.price_query import price_span
from actions.tickets import Plan, noted, open_ticket
from actions.which_product import Picked, which_product
from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import SkuStock
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(
    TicketKind.CONSULT, Priority.HIGH, "consult.noted", "产品咨询，请懂产品的同事答复", "product"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Tell price and kinds where the product is clear; open the specialist's ticket anyway."""
    picked = await which_product(turn, desk)
    if isinstance(picked, Picked):
        said = await _facts(desk, picked)
        ticket = open_ticket(turn, PLAN, None, f"商品：{picked.product.title}")
        return Outcome((Say(said),), (*picked.do, ticket))
    if _offers_choice(picked):
        return picked
    return noted(turn, PLAN, None)


def _offers_choice(outcome: Outcome) -> bool:
    """Tell whether several products may be meant, so that one tap makes it clear."""
    return any(isinstance(each, Ask) and each.options for each in outcome.do)


async def _facts(desk: Desk, picked: Picked) -> Phrase:
    answers = await desk.shops.stock(picked.product)
    skus = [sku for answer in answers for sku in answer.value or ()]
    title = called(picked.product.title)
    if not skus:
        return phrase("consult.asked", title=title)
    return phrase("consult.facts", title=title, price=price_span(skus), kinds=_kinds(skus))


def _kinds(skus: list[SkuStock]) -> tuple[Phrase, ...]:
    """Every property with its values: 颜色：白色、粉色."""
    values: dict[str, dict[str, None]] = {}
    for sku in skus:
        for name, value in sku.properties:
            values.setdefault(name, {})[value] = None
    return tuple(
        phrase("consult.kind", name=name, values="、".join(each)) for name, each in values.items()
    )


action = Action(intent="product_consult", run=run)
