"""What customers called a product before: asked for, learnt from a pick, unlearnt from a no."""

from collections.abc import Sequence
from dataclasses import replace

from actions.asking import ask_for, ask_which
from desk.aliases.commands import LearnPick, UnlearnPick
from desk.aliases.knowing import known_of
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.shops.port import ItemId, read_item, write_item
from desk.shops.products import Candidate, Found
from desk.shops.wish import wording_of
from desk.turns import Turn

CALLED = "called"
"""The slot, and the focus, with the words that a product was asked for by."""

NOT_ITEM = "not_item"
"""The slot with the product that the customer did not mean."""

_MOST_CHOICES = 4


async def find_called(
    turn: Turn, desk: Desk, query: str, prefer: Sequence[ItemId], *, pointed: bool
) -> Found:
    """Find with what staff taught, and what this customer and others meant by the words before."""
    taught = await known_of(query, turn.customer.id, desk.aliases, turn.now)
    return await desk.shops.find(query, prefer, taught, pointed=pointed)


def picked_by_name(turn: Turn) -> tuple[Command, ...]:
    """What a tap teaches: the words that we asked about mean the product that was picked."""
    wording, item = turn.slots.get(CALLED, ""), turn.slots.get("item")
    if not item:
        return ()
    called = Remember({CALLED: wording})
    return (LearnPick(turn.customer.id, wording, read_item(item)), called) if wording else (called,)


def ask_which_of(
    turn: Turn, query: str, candidates: Sequence[Candidate], question: Phrase
) -> Outcome:
    """Ask which product is meant; the pick is learnt."""
    choices = [
        (
            phrase("product.choice", title=each.product.title, price=each.product.price_low),
            {"item": write_item(each.product.ids[0])},
        )
        for each in candidates[:_MOST_CHOICES]
    ]
    slots = {name: word for name, word in turn.slots.items() if name not in (NOT_ITEM, "item")}
    asking = replace(turn, slots=slots | {CALLED: wording_of(query)})
    return ask_which(asking, question, choices, "product")


async def another_than(turn: Turn, desk: Desk) -> Outcome:
    """不是这个: what else the words may mean; what was wrong is unlearnt."""
    wrong = read_item(turn.slots[NOT_ITEM])
    wording = turn.focus.get(CALLED, "")
    found = await find_called(turn, desk, wording, (), pointed=False)
    others = [each for each in found.candidates if wrong not in each.product.ids]
    if wording and others:
        asked = ask_which_of(turn, wording, others, phrase("product.which_else"))
    else:
        slots = {name: word for name, word in turn.slots.items() if name != NOT_ITEM}
        asked = ask_for(
            replace(turn, slots=slots), phrase("product.not_it"), "product", person=True
        )
    unlearnt = (UnlearnPick(turn.customer.id, wording, wrong),) if wording else ()
    forgotten = Remember({"item": "", "product": "", CALLED: ""})
    return Outcome(asked.say, (*unlearnt, forgotten, *asked.do))
