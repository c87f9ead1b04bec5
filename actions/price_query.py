"""多少钱: each shop's price of what is wanted now, and a coupon; haggling is met kindly."""

import re
from collections.abc import Sequence

from actions.asking import to_person
from actions.naming import called
from actions.offer import fitting, offer
from actions.own_kinds import with_own_kind
from actions.several import telling
from actions.stock_words import never_made, no_such_kind
from actions.tickets import Plan, noted
from actions.which_product import Picked, which_product, write_item
from desk.commands import Outcome
from desk.coupons.wording import terms
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.shops.answers import Answer, AnswerState
from desk.shops.attributes import filter_skus
from desk.shops.port import SkuStock
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_HAGGLES = re.compile(r"便宜|优惠点|少点|打个?折|最低|能不能再|再少|抹零|贵了|太贵|砍")
_COMPARES = re.compile(r"哪(?:个|边|家|里|儿).{0,4}(?:便宜|划算|优惠|低)|不一样|一样吗")
_FREIGHT = re.compile(r"运费|邮费|包邮|快递费")
_OCCASION = "coupon_query"
_FREIGHT_PLAN = Plan(TicketKind.CONSULT, Priority.NORMAL, "price.freight", "咨询运费")

StockAnswer = Answer[tuple[SkuStock, ...]]


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer with the prices."""
    if _FREIGHT.search(turn.text):
        return noted(turn, _FREIGHT_PLAN, None)
    picked = await which_product(turn, desk, telling("price.of_several", price_span))
    if isinstance(picked, Outcome):
        return picked
    if _HAGGLES.search(turn.text) and not _COMPARES.search(turn.text):
        haggled = await _haggle(turn, desk, picked)
        return Outcome(haggled.say, (*picked.do, *haggled.do))
    answers = await desk.shops.stock(picked.product)
    picked = with_own_kind(turn, picked, answers)
    if lacking := never_made(picked, answers):
        return Outcome((Say(no_such_kind(picked, answers, lacking)),), picked.do)
    said = _said(picked, _lines(picked, answers))
    coupon = await _cheaper(turn, desk, picked)
    return Outcome((Say(said), *coupon.say), (*picked.do, *coupon.do))


def _said(picked: Picked, lines: tuple[Phrase, ...]) -> Phrase:
    title, wanted = called(picked.product.title), " ".join(picked.wanted)
    if wanted:
        return phrase("price.answer_wanted", title=title, wanted=wanted, shops=lines)
    return phrase("price.answer", title=title, shops=lines)


def _lines(picked: Picked, answers: Sequence[StockAnswer]) -> tuple[Phrase, ...]:
    """A line for each shop; one for all of them where they ask the same."""
    spans = [_span_now(each, picked) for each in answers]
    if len(spans) > 1 and spans[0] is not None and spans.count(spans[0]) == len(spans):
        shops = "、".join(each.shop_name for each in answers)
        lines = [phrase("price.same", shops=shops, price=spans[0])]
    else:
        lines = [_line(each, picked) for each in answers]
    return (*lines, *(phrase("price.shop_silent", shop=shop) for shop in picked.silent))


def _span_now(answer: StockAnswer, picked: Picked) -> Phrase | None:
    """What a shop asks at this moment; None where it is not known, or not what it asks now."""
    skus = filter_skus(answer.value or (), picked.wanted)
    return price_span(skus) if skus and answer.state is AnswerState.FRESH else None


def _line(answer: StockAnswer, picked: Picked) -> Phrase:
    if not answer.is_known:
        return phrase("price.shop_silent", shop=answer.shop_name)
    skus = filter_skus(answer.value or (), picked.wanted)
    if not skus:
        return phrase("price.no_such_sku", shop=answer.shop_name)
    span = price_span(skus)
    if answer.state is AnswerState.STALE and answer.as_of is not None:
        return phrase("price.shop_stale", shop=answer.shop_name, price=span, at=answer.as_of)
    return phrase("price.shop", shop=answer.shop_name, price=span)


def price_span(skus: Sequence[SkuStock]) -> Phrase:
    """What the SKUs (at least one) cost: one price, or from the lowest to the highest."""
    low, high = Fen(min(sku.price for sku in skus)), Fen(max(sku.price for sku in skus))
    if low == high:
        return phrase("price.one", price=low)
    return phrase("price.span", low=low, high=high)


async def _cheaper(turn: Turn, desk: Desk, picked: Picked) -> Outcome:
    """A coupon, if the merchant has one for it."""
    shops = tuple(each.shop for each in picked.product.ids)
    subject = f"price:{write_item(picked.product.ids[0])}"
    return await offer(turn, desk, _OCCASION, shops, picked.product.price_low, subject)


async def _haggle(turn: Turn, desk: Desk, picked: Picked) -> Outcome:
    """Nobody changes prices here, but there may be a coupon."""
    shops = tuple(each.shop for each in picked.product.ids)
    choices = fitting(desk.policies, _OCCASION, shops, picked.product.price_low)
    if not choices:
        return Outcome((Say(phrase("price.no_haggling"), (to_person(),)),))
    best = choices[0]
    said = phrase("price.haggle_coupon", title=best.title, terms=terms(best))
    given = await _cheaper(turn, desk, picked)
    return Outcome((Say(said, (to_person(),)),), given.do)


action = Action(intent="price_query", run=run)
