"""会员和积分: level and points of each shop where the customer is proven to be a buyer."""

from actions.asking import to_person
from actions.buyers import known_buyers
from actions.own_order import own_order
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.answers import Answer
from desk.shops.port import BuyerId, Member
from desk.turns import Action, Turn


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Tell level and points; who is not known yet proves an order first."""
    known = await known_buyers(turn, desk)
    if known.buyers:
        return Outcome((await _told(known.buyers, desk),), known.do)
    proven = await own_order(turn, desk)
    if isinstance(proven, Outcome):
        return proven
    buyer = proven.order.buyer
    said = await _told((buyer,) if buyer is not None else (), desk)
    return Outcome((said,), proven.do)


async def _told(buyers: tuple[BuyerId, ...], desk: Desk) -> Say:
    answers = [await desk.shops.member(buyer) for buyer in buyers]
    lines = tuple(line for answer in answers if (line := _line(answer)) is not None)
    if not lines:
        return Say(phrase("member.none"), (to_person(),))
    return Say(phrase("member.answer", shops=lines))


def _line(answer: Answer[Member]) -> Phrase | None:
    if not answer.is_known:
        return phrase("member.shop_silent", shop=answer.shop_name)
    member = answer.value
    if member is None:
        return None
    level = member.level or phrase("member.no_level")
    if member.points is None:
        return phrase("member.level_only", shop=answer.shop_name, level=level)
    return phrase("member.line", shop=answer.shop_name, level=level, points=member.points)


action = Action(intent="member_query", run=run)
