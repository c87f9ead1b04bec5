"""评价服务: an answer to "how was it" is kept; who is not content is asked why, and heard."""

import re
from collections.abc import Mapping

from actions.asking import to_person
from actions.rated_ticket import TICKET, named_ticket
from desk.commands import Command, Outcome
from desk.conversations.commands import Ask
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.ratings.commands import RateService
from desk.ratings.model import ANSWERED_WITHIN, BAD, FAIR, GOOD, LOW, Rating
from desk.turns import Action, Turn

INTENT = "satisfaction_rating"
_WHY = "rating_words"
"""The slot for what the customer says besides the score."""
_LABELS = frozenset(("满意", "一般", "不满意"))

_POINTS = re.compile(
    r"(?<![\d.])(10|\d|[零一二两三四五六七八九])\s*(?:分|颗?星)(?!钟)|(?:^|[打给])\s*(十)\s*分\s*[吧。!！~]*$"
)
"""十分 before another word means "very"."""
_BARE = re.compile(r"\s*+([1-5])\s*+[!！。~]*+\s*")
_DIGITS: Mapping[str, int] = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {
    "两": 2
}
_WORDS = (
    (
        BAD,
        r"不满意|不太满意|不满|很差|太差|差评|差劲|极差|失望|垃圾|糟糕|不行|没解决|答非所问|不好(?!意思)",
    ),
    (FAIR, r"一般|还行|凑合|马马虎虎|过得去|还可以|就那样|中规中矩|勉强"),
    (GOOD, r"满意|满分|很好|挺好|不错|好评|赞|很棒|太棒|给力|专业|耐心|热情|贴心|👍|[1１]?00分"),
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Keep the score or the words; without a question before it, thank for it."""
    rating = await _meant(turn, desk)
    text = turn.text.strip()
    says_only_how = text in _LABELS or _BARE.fullmatch(text) is not None
    if rating is not None and turn.slots.get(_WHY) and not says_only_how:
        return _explained(rating, text)
    score = _tapped(turn) or score_of(text)
    if rating is not None and rating.score is not None and named_ticket(turn):
        return Outcome((Say(phrase("rating.already")),))
    if rating is None:
        low = score is not None and score <= LOW
        said = Say(phrase("rating.low"), (to_person(),)) if low else Say(phrase("rating.thanks"))
        return Outcome((said,))
    if score is None:
        return _explained(rating, text)
    rate = RateService(rating.id, score, "" if says_only_how else text)
    return _rated(score, rate, turn.slots.get(TICKET, ""))


async def _meant(turn: Turn, desk: Desk) -> Rating | None:
    """The rating of the ticket that a tapped line names; else what was asked for last."""
    if ticket := named_ticket(turn):
        rating = await desk.ratings.of_ticket(ticket)
        return rating if rating and rating.conversation == turn.conversation.id else None
    return await desk.ratings.last_asked(turn.conversation.id, turn.now - ANSWERED_WITHIN)


def _tapped(turn: Turn) -> int | None:
    """The score of the line that was tapped or counted off."""
    return int(turn.slots["score"]) if turn.slots.get("score") else None


def score_of(text: str) -> int | None:
    """Read a score from 1 to 5 out of what somebody wrote; None where there is none.

    Points above five count out of ten.
    """
    if bare := _BARE.fullmatch(text):
        return int(bare[1])
    if points := _POINTS.search(text):
        said = points[1] or points[2]
        given = _DIGITS[said] if said in _DIGITS else int(said)
        return max(1, given if given <= GOOD else (given + 1) // 2)
    return next((score for score, words in _WORDS if re.search(words, text)), None)


def _rated(score: int, rate: RateService, ticket: str) -> Outcome:
    if score > FAIR:
        return Outcome((Say(phrase("rating.good")),), (rate,))
    about = {TICKET: ticket} if ticket else {}
    why: tuple[Command, ...] = (rate, Ask(INTENT, expects=_WHY, slots=about))
    if score > LOW:
        return Outcome((Say(phrase("rating.fair")),), why)
    return Outcome((Say(phrase("rating.low"), (to_person(),)),), why)


def _explained(rating: Rating, words: str) -> Outcome:
    """Their words are kept; who rated low hears what becomes of them by their ticket."""
    said: Phrase = phrase("rating.heard_low" if rating.is_low else "rating.thanks")
    return Outcome((Say(said),), (RateService(rating.id, None, words),))


action = Action(intent=INTENT, run=run)
