"""Manner: an angry customer gets no advertising, is heard, and soon speaks with a person."""

from collections.abc import Mapping
from dataclasses import replace

from bot.understanding.danger import DANGER
from bot.understanding.mood import Mood, mood_of
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask, HandOver, NoteAnger, NotUnderstood, PromisePerson
from desk.coupons.commands import GrantCoupon
from desk.front import Desk
from desk.kernel.messages import Reply, Say, phrase
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority
from desk.turns import Action, Turn

_ADVERTISING = frozenset(("coupon.take_by_link", "coupon.in_shop"))
_WANTS_COUPONS = "coupon_query"
_CHAT = frozenset(("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "out_of_scope"))
_SPEAKS_FOR_ITSELF = frozenset((DANGER, "complaint", "human_handoff", "satisfaction_rating"))
"""These have words of their own for somebody who is not content, and call whom it takes."""
_HIGHER = {Priority.NORMAL: Priority.HIGH, Priority.HIGH: Priority.URGENT}
_REASON = "顾客情绪激动，请优先接待"


async def in_manner(
    turn: Turn, desk: Desk, actions: Mapping[str, Action], answer: Outcome
) -> Outcome:
    """The answer as it is given to somebody in this mood."""
    mood = mood_of(turn.heard or turn.text)
    if mood is Mood.CALM or turn.understanding.intent == DANGER:
        return answer
    calm = _hurried(_without_advertising(turn, answer))
    if turn.understanding.intent in _SPEAKS_FOR_ITSELF:
        return Outcome(calm.say, (*calm.do, NoteAnger()))
    if any(isinstance(each, HandOver | PromisePerson) for each in calm.do):
        return _sorry(_urgently(calm))
    puzzled = any(isinstance(each, NotUnderstood) for each in calm.do)
    idle = puzzled or turn.understanding.intent in _CHAT
    if mood is Mood.FURIOUS or turn.conversation.dialogue.vexed:
        called = _urgently(await actions["human_handoff"].run(turn, desk))
        if idle:
            return _sorry(called)
        kept = Outcome(calm.say, tuple(each for each in calm.do if not isinstance(each, Ask)))
        told = _sorry(kept)
        return Outcome((*told.say, *called.say), (*told.do, *called.do))
    if idle and not puzzled:
        menu = tuple(choice for each in calm.say if isinstance(each, Say) for choice in each.menu)
        return Outcome((Say(phrase("manner.what"), menu[-1:]),), (*calm.do, NoteAnger()))
    told = _sorry(calm)
    return Outcome(told.say, (*told.do, NoteAnger()))


def _without_advertising(turn: Turn, answer: Outcome) -> Outcome:
    """The answer without coupons, unless it is coupons that they ask for."""
    if turn.understanding.intent == _WANTS_COUPONS:
        return answer
    say = tuple(
        each
        for each in answer.say
        if not (isinstance(each, Say) and each.phrase.key in _ADVERTISING)
    )
    return Outcome(say, tuple(each for each in answer.do if not isinstance(each, GrantCoupon)))


def _hurried(answer: Outcome) -> Outcome:
    return Outcome(answer.say, tuple(_raised(each) for each in answer.do))


def _raised(command: Command) -> Command:
    if not isinstance(command, OpenTicket):
        return command
    usual = command.priority or Priority.NORMAL
    return replace(command, priority=_HIGHER.get(usual, usual))


def _sorry(answer: Outcome) -> Outcome:
    """The same, with a word of regret before it."""
    if not answer.say or not isinstance(answer.say[0], Say):
        return answer
    first = answer.say[0]
    say: tuple[Reply, ...] = (
        replace(first, phrase=phrase("manner.sorry", answer=first.phrase)),
        *answer.say[1:],
    )
    return Outcome(say, answer.do)


def _urgently(called: Outcome) -> Outcome:
    do = tuple(
        replace(each, reason=_REASON, urgent=True, angry=True)
        if isinstance(each, HandOver)
        else each
        for each in called.do
    )
    return Outcome(called.say, do)
