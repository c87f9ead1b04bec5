"""到货告诉我: what is there is told at once; what is gone is watched, and told when it is back."""

import re
from collections.abc import Sequence

from actions.naming import called
from actions.own_kinds import with_own_kind
from actions.stock_summary import StockAnswer
from actions.stock_words import never_made, no_such_kind, stock_of, wanted_left
from actions.tickets import Plan, noted, open_ticket
from actions.which_product import Picked, which_product
from desk.commands import Outcome
from desk.conversations.commands import Ask, NoteMissing
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn
from desk.wishes.commands import NoteWish, WithdrawWishes
from desk.wishes.model import LASTS, Wish

PLAN = Plan(TicketKind.CONSULT, Priority.NORMAL, "restock.noted_any", "缺货登记，补货后通知顾客")
_NO_MORE = re.compile(
    r"(?:取消|不用|不要|别|不想|不必|甭).{0,6}(?:提醒|通知|告诉|登记|等(?:了|货|到货)|喊|叫)"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Note the wish for what is out of stock, or take back what is waited for."""
    if _NO_MORE.search(turn.text) and (taken_back := await withdrawn(turn, desk)):
        return taken_back
    picked = await which_product(turn, desk)
    if isinstance(picked, Picked):
        return await _noted(turn, desk, picked)
    if turn.tries == 0 or any(isinstance(each, Ask) and each.options for each in picked.do):
        return picked
    return noted(turn, PLAN, None)


async def withdrawn(turn: Turn, desk: Desk) -> Outcome | None:
    """End all that the customer waits for, and say what it was; None where that is nothing."""
    waiting = await desk.wishes.waiting_of(turn.customer.id)
    if not waiting:
        return None
    what = "、".join(dict.fromkeys(map(_what, waiting)))
    said = Say(phrase("restock.withdrawn", what=what))
    return Outcome((said,), (WithdrawWishes(turn.customer.id),))


async def _noted(turn: Turn, desk: Desk, picked: Picked) -> Outcome:
    answers = await desk.shops.stock(picked.product)
    picked = with_own_kind(turn, picked, answers)
    if lacking := never_made(picked, answers):
        return Outcome((Say(no_such_kind(picked, answers, lacking)),), picked.do)
    if wanted_left(answers, picked.wanted):
        return Outcome((Say(stock_of(turn, picked, answers)),), picked.do)
    done = _missed(turn, picked, answers)
    return Outcome(done.say, (*picked.do, NoteMissing(picked.product.title), *done.do))


def _missed(turn: Turn, picked: Picked, answers: Sequence[StockAnswer]) -> Outcome:
    what = " ".join((called(picked.product.title), *picked.wanted))
    if not any(each.is_known for each in answers):
        ticket = open_ticket(turn, PLAN, None, f"商品：{what}", asks=False)
        return Outcome((Say(phrase("restock.noted", what=what)),), (ticket,))
    if turn.customer.asked_not_to_push:
        return Outcome((Say(phrase("restock.not_pushed", what=what)),))
    product = picked.product
    wish = NoteWish(
        turn.customer.id, turn.conversation.id, product.ids, product.title, picked.wanted
    )
    return Outcome((Say(phrase("restock.wished", what=what, days=LASTS.days)),), (wish,))


def _what(wish: Wish) -> str:
    return " ".join((called(wish.title), *wish.wanted))


action = Action(intent="restock_notify", run=run)
