"""Showing: what a turn shows as a list, so that its lines can be counted off later."""

from actions.form_state import FORM
from bot.understanding.reader import UNSURE
from desk.commands import Outcome
from desk.conversations.commands import Ask, ShowList
from desk.conversations.model import Option
from desk.kernel.messages import Choice, Say, phrase
from desk.turns import Turn

_SEVERAL = ("order_id", "tracking_no")


def shown_list(turn: Turn, outcome: Outcome) -> ShowList | None:
    """The list of a turn: the lines of its menu, else the numbers that the customer wrote.

    A single way on is no list, and leaves the one before to be counted off. None where the
    action has said itself what it shows, or where there is nothing to count.
    """
    if any(isinstance(each, ShowList) for each in outcome.do):
        return None
    asks = [
        each
        for each in outcome.do
        if isinstance(each, Ask) and each.options and each.intent != FORM
    ]
    choices = [choice for each in outcome.say if isinstance(each, Say) for choice in each.menu]
    asked = {option.id: option for each in asks for option in each.options}
    if asks or len(choices) > 1:
        options = tuple(asked.get(each.id) or _line(each) for each in choices)
        intent = asks[0].intent if asks else turn.understanding.intent
        return ShowList(intent, options, asks[0].slots if asks else {})
    return _numbers(turn)


def _line(choice: Choice) -> Option:
    return Option(choice.id, choice.label, {})


def _numbers(turn: Turn) -> ShowList | None:
    """Two numbers in one message are a list that the customer has shown us."""
    for kind in _SEVERAL:
        values = turn.understanding.entities.get(kind, ())
        if len(values) > 1 and turn.understanding.source != UNSURE:
            lines = tuple(
                Option(f"n{place}", phrase("product.choice", title=value), {kind: value})
                for place, value in enumerate(values)
            )
            return ShowList(turn.understanding.intent, lines)
    return None
