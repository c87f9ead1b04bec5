"""What merchants' rules are told of a booked order: that it changed, and which refunds did."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk.rules.happenings import Happening, On, Value
from desk.sync.model import Seen

_NEWS_FOR = timedelta(days=2)
"""An order that is seen for the first time later than this was placed before we looked."""


def told_of(seen: Seen, now: datetime) -> Iterator[Happening]:
    """The happenings; none where an old order is only new to the book."""
    order, before = seen.order, seen.before
    if before is None and now - order.created_at > _NEWS_FOR:
        return
    was = before.status.value if before else ""
    told: dict[str, Value] = {"was.status": was}
    yield Happening(
        On.ORDER_CHANGED, order=order, shop=order.shop, order_no=order.number, told=told
    )
    stood = {each.id: each.status for each in before.refunds} if before else {}
    for each in order.refunds:
        if stood.get(each.id) is each.status:
            continue
        changed: dict[str, Value] = {
            **told,
            "refund.status": each.status.value,
            "refund.before": stood[each.id].value if each.id in stood else "",
            "refund.amount": int(each.amount),
        }
        yield Happening(
            On.REFUND_CHANGED, order=order, shop=order.shop, order_no=order.number, told=changed
        )
