"""产品咨询: what the merchant has written, at once; the rest goes to somebody who knows it."""

from actions.frequent import advised
from actions.health import is_medical
from actions.kinds import values_of
from actions.naming import called
from actions.price_query import price_span
from actions.tickets import Plan, noted, open_ticket
from actions.which_product import Picked, which_product
from desk.commands import Outcome
from desk.consulting.faq import answering, related
from desk.consulting.model import Advice, Fact, Source
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
    """Answer from the merchant's FAQ, else from the facts; else the specialist's ticket."""
    picked = await which_product(turn, desk)
    title = picked.product.title if isinstance(picked, Picked) else ""
    if written := answering(desk.faq, turn.text, title):
        return _about(picked, advised(Advice(written.answer, (Source.FAQ,))))
    if not isinstance(picked, Picked):
        return picked if _offers_choice(picked) else noted(turn, PLAN, None)
    skus = await _skus(desk, picked)
    if advice := await _advice(turn, desk, picked, skus):
        return _about(picked, advised(advice))
    ticket = open_ticket(turn, PLAN, None, f"商品：{title}")
    return Outcome((Say(_facts(title, skus)),), (*picked.do, ticket))


async def _advice(turn: Turn, desk: Desk, picked: Picked, skus: list[SkuStock]) -> Advice | None:
    """What the consultant makes of all that is written; of health nobody guesses."""
    if is_medical(turn.text):
        return None
    title = picked.product.title
    near = related(desk.faq, turn.text, title)
    written = [Fact(Source.FAQ, f"{entry.question} {entry.answer}") for entry in near]
    facts = (Fact(Source.CATALOGUE, title), *_catalogue(skus), *written)
    return await desk.consultant.advise(turn.text, facts)


def _catalogue(skus: list[SkuStock]) -> list[Fact]:
    kinds = [f"{name}：{'、'.join(values)}" for name, values in values_of(skus).items()]
    return [Fact(Source.CATALOGUE, kind) for kind in kinds]


def _about(picked: Picked | Outcome, outcome: Outcome) -> Outcome:
    do = picked.do if isinstance(picked, Picked) else ()
    return Outcome(outcome.say, (*do, *outcome.do))


def _offers_choice(outcome: Outcome) -> bool:
    """Tell whether several products may be meant, so that one tap makes it clear."""
    return any(isinstance(each, Ask) and each.options for each in outcome.do)


async def _skus(desk: Desk, picked: Picked) -> list[SkuStock]:
    answers = await desk.shops.stock(picked.product)
    return [sku for answer in answers for sku in answer.value or ()]


def _facts(title: str, skus: list[SkuStock]) -> Phrase:
    if not skus:
        return phrase("consult.asked", title=called(title))
    kinds = tuple(
        phrase("consult.kind", name=name, values="、".join(each))
        for name, each in values_of(skus).items()
    )
    return phrase("consult.facts", title=called(title), price=price_span(skus), kinds=kinds)


action = Action(intent="product_consult", run=run)
