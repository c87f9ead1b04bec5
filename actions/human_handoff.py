"""转人工: by day the session goes to a person; at night a person is promised, and comes."""

import asyncio
import re

from actions.asking import said
from actions.buyers import known_buyers
from actions.naming import called
from actions.stock_words import wanted_left
from actions.tickets import Plan, noted
from actions.which_product import read_item
from desk.commands import Outcome
from desk.conversations.commands import HandOver, PromisePerson
from desk.front import Desk
from desk.handover import wanted
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

INTENT = "human_handoff"
_NOBODY = Plan(TicketKind.CONSULT, Priority.HIGH, "handover.nobody", "顾客要找人工")
_ANGRY = re.compile(
    r"投诉|曝光|12315|消协|骗子|垃圾|滚|无语|气死|忍无可忍|受够|什么态度|太过分|恶心|[!！]{2}|妈的|有病"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Hand over, or promise to; with nobody to tell, a ticket keeps it from getting lost."""
    if not desk.staff.with_role(Role.AGENT):
        kept = noted(turn, _NOBODY, None)
        passed = await hand_over(turn, desk, reason=_reason(turn))
        return Outcome(kept.say, (*kept.do, passed))
    hours = desk.staff.hours
    if not hours.open_at(turn.now):
        later = phrase("handover.night", at=hours.opens_next(turn.now))
        return Outcome((Say(later),), (PromisePerson(),))
    passed = await hand_over(turn, desk, reason=_reason(turn))
    return Outcome((Say(phrase("handover.started")),), (passed,))


async def hand_over(
    turn: Turn, desk: Desk, *, reason: str, skill: str = "", urgent: bool = False
) -> HandOver:
    """The command that gives this turn's customer to a person, with what they need to go on."""
    tier, order, product = await asyncio.gather(
        _tier(turn, desk), _order(turn, desk), _product(turn, desk)
    )
    return HandOver(
        conversation=turn.conversation.id,
        customer=turn.customer.id,
        reason=reason,
        summary=_wanted(turn),
        skill=skill,
        urgent=urgent,
        tier=tier,
        order=order,
        product=product,
        angry=bool(_ANGRY.search(turn.text)) or turn.conversation.dialogue.vexed > 0,
    )


def _reason(turn: Turn) -> str:
    """They asked for a person, or the bot could not make out what they want."""
    asked = turn.understanding.intent == INTENT
    return "顾客要求人工服务" if asked else "机器人没听懂顾客的话"


def _wanted(turn: Turn) -> str:
    """What they want in one line: the question that they interrupted, and what they say now."""
    pending = turn.conversation.dialogue.pending
    before = pending.slots.get("said", "") if pending else said(turn)
    return wanted(*dict.fromkeys((before, turn.text)))


async def _tier(turn: Turn, desk: Desk) -> str:
    """The highest that a shop says of them; "" where no shop knows them."""
    known = await known_buyers(turn, desk)
    answers = [await desk.shops.member(buyer) for buyer in known.buyers[:2]]
    return next((each.value.level for each in answers if each.value and each.value.level), "")


async def _order(turn: Turn, desk: Desk) -> Phrase | str:
    """The order that was talked about, with its state now."""
    number = turn.focus.get("order_id", "")
    if not number:
        return ""
    order = (await desk.shops.order(number)).value
    if order is None:
        return number
    status = Phrase(f"order.status.{order.status}")
    return phrase("handover.order", number=number, status=status)


async def _product(turn: Turn, desk: Desk) -> Phrase | str:
    """The product that was talked about, the kind wanted, and how many are left now."""
    item = turn.focus.get("item", "")
    product = await desk.shops.product_of(read_item(item)) if item else None
    if product is None:
        return turn.focus.get("product", "")
    kind = tuple(filter(None, (turn.focus.get("color", ""), turn.focus.get("size", ""))))
    answers = await desk.shops.stock(product)
    title = " ".join((called(product.title), *kind))
    if not all(each.is_known for each in answers):
        return title
    count = sum(sku.available for sku in wanted_left(answers, kind))
    left = phrase("handover.left", count=count) if count else phrase("stock.none_left")
    return phrase("handover.product", title=title, left=left)


action = Action(intent=INTENT, run=run)
