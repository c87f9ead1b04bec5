"""The question that is still open, said again in a few words."""

from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.conversations.model import Question
from desk.kernel.messages import Choice, Phrase, Say, phrase

_OF_A_PROOF = frozenset(("phone_tail", "paid_amount", "bought"))
"""The lines of these questions are ways around an answer, and never the answer."""
_BY_SLOT = frozenset(("order_id", "product", "size", "date", "city"))

_A_CHOICE = 2


def asked_again(pending: Question) -> Outcome:
    """Say what is still needed, with the same lines to tap."""
    menu = tuple(Choice(option.id, option.label) for option in pending.options)
    ask = Ask(pending.intent, pending.expects, pending.options, pending.slots)
    return Outcome((Say(needed(pending), menu),), (ask,))


def needed(pending: Question | Ask) -> Phrase:
    """What is still needed, in a few words."""
    few = len(pending.options) < _A_CHOICE
    if pending.expects in _OF_A_PROOF or (pending.expects in _BY_SLOT and few):
        return phrase(f"again.{pending.expects}")
    return phrase("again.choose") if pending.options else phrase("again.anything")
