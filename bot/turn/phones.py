"""Telephone numbers that customers write: noted as keyed hashes, to recognise who writes again."""

from collections.abc import Sequence
from dataclasses import replace

from bot.turn.decision import Decision
from desk.commands import Outcome
from desk.conversations.model import Conversation
from desk.customers.commands import NotePhone
from desk.customers.phones import phone_hash
from desk.kernel.private import PHONE


def noting_phones(
    decision: Decision, conversation: Conversation, texts: Sequence[str], key: bytes
) -> Decision:
    """The decision, with a note of each number in what was said; without a key there is none."""
    customer, outcome = conversation.customer, decision.outcome
    if customer is None or not outcome.say:
        return decision
    written = (number for text in texts for number in PHONE.findall(text))
    hashes = dict.fromkeys(filter(None, (phone_hash(each, key) for each in written)))
    if not hashes:
        return decision
    notes = tuple(NotePhone(customer, each) for each in hashes)
    return replace(decision, outcome=Outcome(outcome.say, (*outcome.do, *notes)))
