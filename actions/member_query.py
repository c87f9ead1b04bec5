"""会员和积分: level and points of each shop where the customer is proven to be a buyer."""

import re
from dataclasses import replace

from actions.asking import ask_for, to_person
from actions.buyers import known_buyers, with_proof
from actions.own_order import Mine, own_order
from actions.tickets import Plan, noted
from desk.commands import Command, Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.answers import Answer
from desk.shops.port import BuyerId
from desk.shops.powers import Member
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_ASKS_WORTH = re.compile(r"抵|兑|换|值(?:多少|钱)|怎么用|能用|能干|有什么用|当钱|过期")
_PLAN = Plan(TicketKind.CONSULT, Priority.NORMAL, "member.worth", "咨询积分怎么用")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Tell level and points; who is not known yet proves an order first."""
    known = await known_buyers(turn, desk)
    if known.buyers:
        return _worth(turn, await _told(known.buyers, desk), known.do)
    proven = await own_order(turn, desk)
    if isinstance(proven, Outcome):
        return proven
    buyer = proven.order.buyer
    if buyer is None:
        return _worth(turn, await _told((), desk), proven.do)
    if buyer not in with_proof(turn, proven.order):
        return _one_more(turn, proven)
    return _worth(turn, await _told((buyer,), desk), proven.do)


def _one_more(turn: Turn, proven: Mine) -> Outcome:
    """Level and points are the buyer's and not the order's: they take another order to open."""
    slots = {name: word for name, word in turn.slots.items() if name != "order_id"}
    question = phrase("member.one_more_order")
    asked = ask_for(replace(turn, slots=slots), question, "order_id", person=True)
    return Outcome(asked.say, (*proven.do, *asked.do))


def _worth(turn: Turn, told: Say, do: tuple[Command, ...]) -> Outcome:
    """What points are worth no shop tells: a person answers."""
    if not _ASKS_WORTH.search(turn.text):
        return Outcome((told,), do)
    asked = noted(turn, _PLAN, None)
    return Outcome((told, *asked.say), (*do, *asked.do))


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
