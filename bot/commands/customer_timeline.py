"""/customer … timeline: what happened with a person, latest first, a page at a time."""

from collections.abc import Sequence

from bot.commands.base import Call, answer
from bot.commands.customer_known import evidence_of
from bot.commands.find import find_customer, shop_name, staff_name
from desk.commands import Outcome
from desk.customers.timeline import (
    CouponGranted,
    Entry,
    Heard,
    KinChanged,
    Ordered,
    Rated,
    Refunded,
    TicketMoved,
)
from desk.front import Desk
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Phrase, phrase
from desk.tickets.cards import called

_NAMES = frozenset(("timeline", "时间线", "经过"))
_A_PAGE = 12
_LAST_PAGE = 50


def is_timeline(words: Sequence[str]) -> bool:
    """Tell whether a line asks for a timeline: `<who> timeline`, and perhaps a page."""
    rest = words[:-1] if words[-1].isdecimal() else words
    return len(rest) > 1 and rest[-1].lower() in _NAMES


async def timeline(call: Call, desk: Desk) -> Outcome:
    """Answer with one page."""
    page = min(int(call.words[-1]), _LAST_PAGE) if call.words[-1].isdecimal() else 1
    who = " ".join(call.words[: -2 if call.words[-1].isdecimal() else -1])
    customer = (await find_customer(who, call, desk)).customer
    entries = await _page(customer.id, max(page, 1), desk)
    if not entries:
        return answer(phrase("cmd.customer.timeline_end"))
    more = phrase("cmd.customer.timeline_more", page=page + 1) if len(entries) == _A_PAGE else ""
    return answer(
        phrase(
            "cmd.customer.timeline",
            name=called(customer.nickname),
            entries=tuple(_line(each, desk) for each in entries),
            more=more,
        )
    )


async def _page(customer: CustomerId, number: int, desk: Desk) -> Sequence[Entry]:
    entries = await desk.timeline.of_person(customer, _A_PAGE)
    for _ in range(number - 1):
        if not entries:
            break
        entries = await desk.timeline.of_person(customer, _A_PAGE, entries[-1].when)
    return entries


def _line(entry: Entry, desk: Desk) -> Phrase:
    return phrase("timeline.line", at=entry.when.at, what=_told(entry, desk))


def _told(entry: Entry, desk: Desk) -> Phrase:
    match entry:
        case Heard(_, words, media):
            key = "timeline.heard_other" if media else "timeline.heard"
            return Phrase(key, {"words": words})
        case Ordered() | Refunded():
            return _traded(entry, desk)
        case TicketMoved(_, number, _, what, by):
            moved = Phrase(f"ticket.history.{what}", {"name": staff_name(by, desk)})
            return phrase("timeline.ticket", number=number, what=moved)
        case CouponGranted(_, policy, _, state):
            titles = {each.id: each.title for each in desk.policies}
            said = Phrase(f"coupon.state.{state}")
            return phrase("timeline.coupon", title=titles.get(policy, policy), state=said)
        case Rated(_, score, servicer):
            return phrase("timeline.rated", name=staff_name(servicer, desk), score=score)
        case KinChanged(_, evidence, by, split):
            if split:
                return phrase("timeline.split", name=staff_name(by, desk))
            return phrase("timeline.merged", evidence=evidence_of(evidence, by, desk))


def _traded(entry: Ordered | Refunded, desk: Desk) -> Phrase:
    shop = shop_name(entry.shop, desk)
    if isinstance(entry, Refunded):
        return phrase(
            "timeline.refunded",
            shop=shop,
            number=entry.order_no,
            status=Phrase(f"refund.status.{entry.status}"),
            amount=entry.amount,
        )
    return phrase(
        "timeline.ordered",
        shop=shop,
        number=entry.number,
        status=Phrase(f"order.status.{entry.status}"),
        payment=entry.payment,
        proven=phrase("timeline.only_proven") if entry.only_proven else "",
    )
