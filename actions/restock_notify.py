"""到货告诉我: what is there already is told at once; else a colleague is asked to tell."""

from actions.naming import called
from actions.stock_words import never_made, no_such_kind, stock_of, wanted_left
from actions.tickets import Plan, noted, open_ticket
from actions.which_product import Picked, which_product
from desk.commands import Outcome
from desk.conversations.commands import Ask, NoteMissing
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.CONSULT, Priority.NORMAL, "restock.noted_any", "缺货登记，补货后通知顾客")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Note the wish for what is out of stock."""
    picked = await which_product(turn, desk)
    if isinstance(picked, Picked):
        return await _noted(turn, desk, picked)
    if turn.tries == 0 or any(isinstance(each, Ask) and each.options for each in picked.do):
        return picked
    return noted(turn, PLAN, None)


async def _noted(turn: Turn, desk: Desk, picked: Picked) -> Outcome:
    answers = await desk.shops.stock(picked.product)
    if lacking := never_made(picked, answers):
        return Outcome((Say(no_such_kind(picked, answers, lacking)),), picked.do)
    if wanted_left(answers, picked.wanted):
        return Outcome((Say(stock_of(turn, picked, answers)),), picked.do)
    what = " ".join((called(picked.product.title), *picked.wanted))
    ticket = open_ticket(turn, PLAN, None, f"商品：{what}")
    said = phrase("restock.noted", what=what)
    return Outcome((Say(said),), (*picked.do, NoteMissing(picked.product.title), ticket))


action = Action(intent="restock_notify", run=run)
