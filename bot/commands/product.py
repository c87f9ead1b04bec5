"""The product that the words of /stock and /price mean, and how a shop's answer is shown."""

from typing import TypeVar

from bot.commands.base import Call, Misused
from desk.aliases.knowing import known_of
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.shops.answers import Answer, AnswerState, Why
from desk.shops.products import Found, Product

T = TypeVar("T")

_OTHERS_SHOWN = 5


async def find_product(call: Call, desk: Desk) -> tuple[Product, Found]:
    """Find the product that is meant best.

    Raises:
        Misused: no words, or nothing on sale fits them.
    """
    query = call.rest(0)
    if not query:
        raise Misused(phrase("cmd.product.which"))
    taught = await known_of(query, None, desk.aliases, call.now)
    found = await desk.shops.find(query, (), taught)
    if found.best is None:
        silent = "、".join(found.silent)
        key = "cmd.product.none_some_silent" if silent else "cmd.product.none"
        raise Misused(Phrase(key, {"query": query, "shops": silent}))
    return found.best, found


def others(found: Found) -> tuple[Phrase, ...]:
    """The other products that may have been meant, where it was not clear."""
    if found.is_clear:
        return ()
    titles = [each.product.title for each in found.candidates[1 : 1 + _OTHERS_SHOWN]]
    return tuple(phrase("cmd.product.other", title=title) for title in titles)


def reached(answer: Answer[T]) -> Phrase:
    """How old a shop's answer is, or why there is none."""
    match answer.state:
        case AnswerState.STALE if answer.as_of is not None:
            why = Phrase(f"shop.why.{answer.why or Why.UNAVAILABLE}")
            return phrase("cmd.answer.stale", at=answer.as_of, why=why)
        case AnswerState.UNREACHABLE:
            return Phrase(f"shop.why.{answer.why or Why.UNAVAILABLE}")
        case _ if answer.as_of is not None:
            return phrase("cmd.answer.fresh", at=answer.as_of)
        case _:
            return phrase("cmd.answer.just_now")
