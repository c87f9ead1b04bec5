"""Several wishes in what a customer says at once: each is answered, the most urgent first."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.asking import SURE
from bot.understanding.clauses import Clause, Joint, clauses
from bot.understanding.danger import DANGER
from bot.understanding.reader import DEAF, UNSURE, Reader, Reading
from bot.understanding.restated import CORRECTION
from bot.understanding.yes_no import NOD, YES
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue

_SURE = 0.6
"""A clause says little, so that it must be plainer than a whole message to count."""
_MOST = 3

_ASKS = re.compile(
    r"[吗嘛么呢?？]|多少|几|怎么|什么|啥|哪|[没不]$|有没有|能不能|可不可以|帮我|麻烦|我要|我想|给我"
)
"""After a mere breath only what asks for something is a second wish ("价格还行 有货吗" is one)."""

_MATTERS = re.compile(r"\d{4,}|@")
"""A number or an address of mail is part of a wish, though it is none itself."""

_POLITE = frozenset(("greet", "goodbye", "thank", "affirm", "deny"))
_IDLE = _POLITE | {"bot_challenge", "out_of_scope", "satisfaction_rating", "media"}
_ALONE = frozenset((DANGER, "human_handoff", "complaint"))
"""Where one of these is meant, nothing else is answered beside it."""

_PURCHASE = (
    "parcel_missing",
    "payment_issue",
    "order_cancel",
    "delivery_change",
    "logistics_delay",
    "urge_order",
    "after_sales_claim",
    "exchange_request",
    "return_request",
    "refund_status",
    "price_protection",
    "ticket_progress",
    "logistics_query",
    "order_status",
)
"""What goes wrong with something bought, most urgent first: told at length, it is one matter."""
_ALIKE = (
    frozenset(_PURCHASE),
    frozenset(("stock_check", "restock_notify")),
    frozenset(("coupon_query", "promotion_query")),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is wanted: its words, and what they were read as.

    `greeted`: a greeting stood before it, which is returned with the answer. `heard`: all that was
    said, with the first of several wishes, so that its tone is heard once.
    """

    text: str
    reading: Reading
    greeted: bool = False
    heard: str = ""


async def read_wishes(reader: Reader, texts: Sequence[str], dialogue: Dialogue) -> tuple[Wish, ...]:
    """Read the messages of a burst in their dialogue; at least one wish, most urgent first."""
    whole = " ".join(texts)
    parts = clauses(texts)
    readings = await asyncio.gather(
        reader.read(Text(whole), dialogue),
        *(reader.read(Text(part.text), dialogue) for part in parts),
    )
    together = Wish(whole, readings[0])
    corrected = together.reading.meant.source == CORRECTION
    if _names(together) in _ALONE or corrected or not parts:
        return (together,)
    read = [
        (part, Wish(part.text, each))
        for part, each in zip(parts, readings[1:], strict=True)
        if not _agrees_in_passing(each, together.reading)
    ]
    alone = [wish for _, wish in read if _names(wish) in _ALONE and _counts(wish)]
    if alone:
        return (replace(alone[0], text=whole),)
    several = _several(read)
    if len(several) < 2:
        several = [_better(together, read)]
    first, *others = sorted(several, key=_urgency)[:_MOST]
    greeted = _names(read[0][1]) == "greet"
    return (replace(first, greeted=greeted, heard=whole if others else ""), *others)


def _agrees_in_passing(part: Reading, whole: Reading) -> bool:
    """A yes among other words (好的，那22码的呢) is none to something grave."""
    return part.slots.get(SURE) in (YES, NOD) and whole.answers is None


def _several(read: Sequence[tuple[Clause, Wish]]) -> list[Wish]:
    """The clauses that want different things; what goes on about one matter is no second wish."""
    found: list[Wish] = []
    firmest = Joint.WEAK
    for part, wish in read:
        firmest = max(firmest, part.joint)
        if not _counts(wish):
            if found and _MATTERS.search(wish.text):
                found[-1] = _going_on(found[-1], wish)
            continue
        if all(_is_another(wish, before, firmest) for before in found):
            found.append(wish)
        elif same := [each for each in found if _names(each) == _names(wish)]:
            found[found.index(same[0])] = _going_on(same[0], wish)
        firmest = Joint.WEAK
    return found


def _going_on(wish: Wish, more: Wish) -> Wish:
    """A wish with what is said of it further on: its own words first."""
    reading = replace(wish.reading, slots={**more.reading.slots, **wish.reading.slots})
    return replace(wish, text=f"{wish.text} {more.text}", reading=reading)


def _counts(wish: Wish) -> bool:
    if wish.reading.answers is not None:
        return True
    meant = wish.reading.meant
    known = meant.source not in (UNSURE, "context") and meant.intent not in _IDLE | {DEAF}
    return known and meant.confidence >= _SURE


def _is_another(wish: Wish, before: Wish, joint: Joint) -> bool:
    """Whether two clauses want different things, by their intents and what stands between."""
    first, then = _names(before), _names(wish)
    if first == then:
        return False
    alike = any(first in group and then in group for group in _ALIKE)
    if alike:
        return joint is Joint.BESIDES
    if first in _PURCHASE or then in _PURCHASE:
        return joint >= Joint.STRONG
    return joint >= Joint.STRONG or all(_ASKS.search(each.text) for each in (before, wish))


def _better(together: Wish, read: Sequence[tuple[Clause, Wish]]) -> Wish:
    """All of it as one; where that is unclear or misses the answer, the one clause that is not."""
    plain = [wish for _, wish in read if _counts(wish)]
    meant = together.reading.meant
    unclear = meant.source == UNSURE or meant.intent in _POLITE
    missed = together.reading.answers is None and any(each.reading.answers for each in plain)
    if not plain or not (unclear or missed):
        return together
    best = next((each for each in plain if each.reading.answers), plain[0])
    slots = {**together.reading.slots, **best.reading.slots}
    return Wish(together.text, replace(best.reading, slots=slots))


def _urgency(wish: Wish) -> tuple[bool, int]:
    """What answers our question comes first, then trouble with a purchase; others as said."""
    name = _names(wish)
    rank = _PURCHASE.index(name) if name in _PURCHASE else len(_PURCHASE)
    return (wish.reading.answers is None, rank)


def _names(wish: Wish) -> str:
    return wish.reading.meant.intent
