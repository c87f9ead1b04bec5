"""/review: look again at what the bot answered, one turn after the other."""

import re

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.intent_words import alike, intent_called
from bot.reviews.card import MARK, card_task, review_card
from bot.reviews.listing import listing
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import phrase
from desk.kernel.roles import Role
from desk.reviews.commands import AcceptReading, AnswerFromReview, CorrectReading, PutOffReview
from desk.reviews.model import Review

_LIST = ("list", "列表")
_TOKEN = re.compile(rf"{MARK}[0-9a-f]{{6,32}}")
"""What a card's button ends with; other words with # are the agent's own."""

_OK = ("ok", "好", "对", "读对了", "accept")
_FIX = ("fix", "改", "改成", "改为")
_SKIP = ("skip", "跳过")
_ANSWER = ("answer", "答", "回复")


async def run(call: Call, desk: Desk) -> Outcome:
    """Show the next one, or do what the line says about the one it names."""
    if not call.words:
        return await _next(call, desk)
    if call.words[0].lower() in _LIST:
        return await _list(desk)
    words, token = _marked(call.words)
    number = _number(words[0])
    card = card_task(number, token) if token else ""
    by = call.member.userid
    match words[1].lower() if len(words) > 1 else "show":
        case "show":
            return await _show(number, call, desk)
        case verb if verb in _OK:
            return await _done(AcceptReading(number, by, card), call, desk)
        case verb if verb in _SKIP:
            return await _done(PutOffReview(number, by, card), call, desk)
        case verb if verb in _FIX:
            fixed = CorrectReading(number, by, _intent(words[2:]), card)
            return await _done(fixed, call, desk)
        case verb if verb in _ANSWER:
            return Outcome(do=(AnswerFromReview(number, by, _text(words[2:])),))
        case verb:
            raise Misused(phrase("cmd.review.which_verb", word=verb))


async def _next(call: Call, desk: Desk) -> Outcome:
    waiting = await desk.reviews.waiting(1)
    if not waiting:
        return answer(phrase("cmd.review.none"))
    return await _card(waiting[0], call, desk)


async def _done(
    judged: AcceptReading | CorrectReading | PutOffReview, call: Call, desk: Desk
) -> Outcome:
    """Who taps a button gets the next one at once: a morning's reviews are a tap each."""
    waiting = await desk.reviews.waiting(2) if judged.card else ()
    following = next((each for each in waiting if each.number != judged.number), None)
    say = (await _card(following, call, desk)).say if following else ()
    return Outcome(say, (judged,))


async def _list(desk: Desk) -> Outcome:
    found = await listing(desk.reviews)
    if found is None:
        return answer(phrase("cmd.review.none"))
    counts, lines = found
    return answer(phrase("cmd.review.list", counts=counts, reviews=lines))


async def _show(number: int, call: Call, desk: Desk) -> Outcome:
    review = await desk.reviews.by_number(number)
    if review is None:
        raise Misused(phrase("review.unknown", number=number), is_complete=True)
    return await _card(review, call, desk)


async def _card(review: Review, call: Call, desk: Desk) -> Outcome:
    # Each showing is a card of its own: a used task would be suppressed (WeCom doc 90236).
    token = call.inbox.hex[-12:]
    return Outcome(say=(await review_card(review, desk, token),))


def _marked(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words, and which card the line comes from ("" where it was typed)."""
    if _TOKEN.fullmatch(words[-1]) and len(words) > 2:
        return words[:-1], words[-1].removeprefix(MARK)
    return words, ""


def _number(word: str) -> int:
    digits = word.removesuffix("号").lstrip("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Misused(phrase("cmd.review.not_a_number", word=word))
    return int(digits)


def _intent(words: tuple[str, ...]) -> str:
    word = "".join(words)
    if not word:
        raise Misused(phrase("cmd.review.which_intent"))
    intent = intent_called(word)
    if intent is None:
        near = "、".join(alike(word))
        key = "cmd.review.near_intent" if near else "cmd.review.no_intent"
        raise Misused(phrase(key, word=word, near=near))
    return intent


def _text(words: tuple[str, ...]) -> str:
    if not words:
        raise Misused(phrase("cmd.review.which_text"))
    return " ".join(words)


COMMAND = SlashCommand(
    name="review",
    aliases=("复核",),
    summary="cmd.review.summary",
    usage="cmd.review.usage",
    least=Role.AGENT,
    run=run,
)
