"""Reviewing: which turns a person should look at again; kept with the turn, in its transaction."""

from dataclasses import replace

from bot.opinion.second import SOURCE
from bot.turn.bursts import Burst
from bot.turn.decision import Decision
from bot.understanding.reader import DEAF, UNSURE
from desk.commands import Outcome
from desk.conversations.commands import PromisePerson
from desk.conversations.incoming import ChannelName
from desk.conversations.model import Conversation
from desk.customers.commands import CountLinkAttempt
from desk.reviews.commands import KeepForReview
from desk.reviews.intents import INTENTS
from desk.reviews.model import ReviewKind
from desk.rules.commands import Notice
from desk.turns import Understanding

_ALTERNATIVES = 3
_NLU = "nlu"


def reviewed(
    decision: Decision, conversation: Conversation, burst: Burst, *, by_day: bool, below: float
) -> Outcome:
    """The outcome, with what keeps the turn for a review where it is worth one.

    `by_day`: people were there at that moment. Readings less sure than `below`, and second opinions
    on what was not understood, are looked at.
    """
    outcome = decision.outcome
    if conversation.channel is not ChannelName.KF or conversation.customer is None:
        return outcome
    if not outcome.say and all(isinstance(each, Notice) for each in outcome.do):
        return outcome
    kind = _kind(decision, by_day=by_day, below=below)
    if kind is None:
        return outcome
    meant = decision.meant
    kept = KeepForReview(
        kind=kind,
        conversation=conversation.id,
        customer=conversation.customer,
        said=tuple(row.id for row in burst),
        intent="" if _is_unclear(meant) or meant.intent not in INTENTS else meant.intent,
        confidence=meant.confidence,
        alternatives=_alternatives(meant),
        promised=_has(outcome, PromisePerson),
    )
    return replace(outcome, do=(*outcome.do, kept))


def _kind(decision: Decision, *, by_day: bool, below: float) -> ReviewKind | None:
    meant, outcome = decision.meant, decision.outcome
    if _has(outcome, PromisePerson):
        # Whatever the hour is by now: who was promised a person must be found again.
        return ReviewKind.COMPLAINT if meant.intent == "complaint" else ReviewKind.PERSON
    if by_day:
        return ReviewKind.BY_DAY if _is_unclear(meant) else None
    if meant.intent == "complaint":
        return ReviewKind.COMPLAINT
    if _is_unclear(meant):
        return ReviewKind.UNSURE
    if any(isinstance(each, CountLinkAttempt) and not each.succeeded for each in outcome.do):
        return ReviewKind.PRIVATE
    guessed = meant.source == _NLU and meant.confidence < below
    return ReviewKind.LOW if guessed or meant.source == SOURCE else None


def _is_unclear(meant: Understanding) -> bool:
    return meant.source == UNSURE or meant.intent == DEAF


def _alternatives(meant: Understanding) -> tuple[str, ...]:
    """What else the model thought of, best first; for an unclear turn with what it thought of."""
    named = [intent for intent, _ in meant.ranking if intent in INTENTS]
    others = named if _is_unclear(meant) else [each for each in named if each != meant.intent]
    return tuple(others[:_ALTERNATIVES])


def _has(outcome: Outcome, kind: type) -> bool:
    return any(isinstance(each, kind) for each in outcome.do)
