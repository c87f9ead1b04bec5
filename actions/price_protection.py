"""价保: what was paid against the price now; who has not bought yet asks for a price."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from actions import price_query
from actions.asking import to_person
from actions.naming import called
from actions.order_states import ended, unpaid
from actions.own_order import Mine, order_or_none
from actions.sure import declined
from actions.tickets import Plan, about_order, noted, open_ticket
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.shops.answers import AnswerState
from desk.shops.port import ItemId, Order
from desk.shops.price_difference import LineDifference, PresentPrices, differences
from desk.shops.price_rules import PriceRule, Since, received_at
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.PRICE_PROTECTION, Priority.NORMAL, "protection.noted", "申请价保，核对差价")
_HAGGLES = re.compile(r"能.{0,6}(?:便宜|优惠|打折|少)|(?:便宜|优惠|少)(?:点|些|一点|不|吗|么)")
_HAS_BOUGHT = re.compile(
    r"价保|保价|差价|降|退|补|贵了|买贵|(?:买|拍|下单|付款?)(?:完|了|的|过)|[刚才昨前]"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Have the prices compared; 我买两双能便宜不 is no word on what was bought."""
    answers = turn.understanding.source != "nlu"
    if _HAGGLES.search(turn.text) and not answers and not _HAS_BOUGHT.search(turn.text):
        understanding = replace(turn.understanding, intent="price_query")
        return await price_query.run(replace(turn, understanding=understanding), desk)
    if kept := declined(turn):
        return kept
    found = await order_or_none(turn, desk, _is_paid)
    if isinstance(found, Outcome):
        return found
    if isinstance(found, Mine):
        outcome = await _compared(turn, desk, found.order)
    else:
        outcome = noted(turn, PLAN, None)
    return Outcome(outcome.say, (*found.do, *outcome.do))


async def _compared(turn: Turn, desk: Desk, order: Order) -> Outcome:
    """Answer with the difference; where it cannot be worked out, a colleague does."""
    rule = desk.price_rules.of(order.shop)
    if not _is_paid(order) or order.refunds:
        return noted(turn, PLAN, order)
    prices = await _present_prices(desk, order)
    if prices is None:
        return _by_hand(turn, order, "店铺现在连不上，系统没有核对现价")
    compared = differences(order, prices, net_of_coupons=rule.net_of_coupons)
    fallen = [each for each in compared if each.amount > 0]
    if not fallen and len(compared) < len(order.lines):
        return _by_hand(turn, order, "商品或规格已下架，没有现价可比")
    if not fallen:
        return _no(phrase("protection.not_fallen", about=about_order(order)))
    end = await _end(desk, order, rule)
    if end is not None and turn.now > end:
        key = f"protection.over_{rule.since}"
        over = Phrase(key, {"about": about_order(order), "days": rule.days or 0, "end": end})
        return _no(over)
    return _granted(turn, order, rule, fallen)


async def _end(desk: Desk, order: Order, rule: PriceRule) -> datetime | None:
    received = None
    if rule.since is Since.RECEIVED and rule.days is not None:
        parcels = await desk.shops.parcels(order)
        received = received_at(parcels.value or ())
    return rule.ends_at(order, received)


async def _present_prices(desk: Desk, order: Order) -> PresentPrices | None:
    """The prices now of what the order holds; None while its shop does not tell."""
    items = tuple(dict.fromkeys(line.item for line in order.lines))
    answers = await asyncio.gather(*map(desk.shops.stock_of, items))
    if any(each.state is not AnswerState.FRESH for each in answers):
        return None
    prices: dict[tuple[ItemId, str], Fen] = {}
    for answer in answers:
        prices |= {(sku.item, sku.sku): sku.price for sku in answer.value or ()}
    return prices


def _granted(
    turn: Turn, order: Order, rule: PriceRule, fallen: Sequence[LineDifference]
) -> Outcome:
    total = Fen(sum(each.amount for each in fallen))
    lines = tuple(map(_line, fallen))
    said = phrase(
        "protection.open" if rule.days is None else "protection.due",
        about=about_order(order),
        amount=total,
        lines=lines,
        service=phrase("protection.service", name=rule.service) if rule.service else "",
    )
    fact = f"系统算得差价 ¥{total.yuan()}（{_figures(fallen)}）。依据：{_basis(rule)}"
    return Outcome((Say(said),), (open_ticket(turn, PLAN, order, fact, asks=False),))


def _by_hand(turn: Turn, order: Order, why: str) -> Outcome:
    said = Say(phrase(PLAN.says, about=about_order(order)))
    return Outcome((said,), (open_ticket(turn, PLAN, order, why),))


def _no(why: Phrase) -> Outcome:
    return Outcome((Say(why, (to_person(),)),))


def _line(fallen: LineDifference) -> Phrase:
    title, count, amount = called(fallen.line.title), fallen.line.quantity, fallen.amount
    if fallen.each is not None:
        return phrase(
            "protection.line_each", title=title, count=count, each=fallen.each, amount=amount
        )
    return phrase(
        "protection.line",
        title=title,
        count=count,
        paid=fallen.paid,
        now=fallen.now,
        amount=amount,
    )


def _figures(fallen: Sequence[LineDifference]) -> str:
    return "；".join(
        f"{called(each.line.title)} {each.line.quantity}件"
        f" 付¥{each.paid.yuan()} 现¥{each.now.yuan()}"
        for each in fallen
    )


def _basis(rule: PriceRule) -> str:
    if rule.days is None:
        return "店铺没有写明价保天数，请按店里的规矩定"
    start = "签收" if rule.since is Since.RECEIVED else "付款"
    coupons = "券后实付" if rule.net_of_coupons else "不计整单优惠券"
    return f"{start}后 {rule.days} 天内，按{coupons}比现价"


def _is_paid(order: Order) -> bool:
    return not ended(order) and not unpaid(order)


action = Action(intent="price_protection", run=run)
