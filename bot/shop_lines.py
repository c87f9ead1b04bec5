"""A shop's connection, and a flaw of the book, as staff read them."""

from datetime import timedelta

from desk.kernel.messages import Phrase, phrase
from desk.shops.floor import ShopFloor
from desk.sync.comparing import read_short
from desk.sync.model import Difference
from desk.sync.report import Concern, ShopReport

UP_TO_DATE = timedelta(minutes=2)
"""A shop that is pulled every minute is never further behind while all is well."""


def shop_line(report: ShopReport) -> Phrase:
    """A shop: its concerns, each with what to do, and then how it is asked and synced."""
    health = report.health
    state = phrase("shop.state.well") if not report.concerns else ""
    return phrase(
        "cmd.shops.shop",
        shop=health.name,
        state=state,
        concerns=tuple(
            phrase("shop.concern", concern=concern_line(each, report)) for each in report.concerns
        ),
        asked=_asked(report),
        sync=_sync(report),
        access=_access(report),
    )


def concern_line(concern: Concern, report: ShopReport) -> Phrase:
    """One thing that is wrong, and the way out."""
    sync = report.sync
    return phrase(
        f"shop.concern.{concern}",
        at=report.last_success or phrase("shop.never"),
        left=told_span(report.token_left or timedelta()),
        behind=told_span(report.behind or timedelta()),
        waiting=sync.waiting if sync else 0,
        dead=sync.dead if sync else 0,
        failed=report.health.failed,
        asked=report.health.asked,
    )


def difference_line(each: Difference, shops: ShopFloor) -> Phrase:
    """One line of the difference list."""
    shop = shops.shop(each.shop)
    return phrase(
        f"shop.flaw.{each.flaw}",
        shop=shop.name if shop else each.shop,
        number=each.number,
        ours=_in_words(each.ours),
        theirs=_in_words(each.theirs),
        at=each.found_at,
    )


def _in_words(short: str) -> Phrase | str:
    if not short:
        return ""
    status, payment, pieces = read_short(short)
    words = Phrase(f"order.status.{status}")
    return phrase("shop.order_in_short", status=words, payment=payment, pieces=pieces)


def told_span(span: timedelta) -> Phrase:
    """A span in the unit that fits: 3 天, 5 小时, 12 分钟."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes >= 2 * 24 * 60:
        return phrase("span.days", count=minutes // (24 * 60))
    if minutes >= 2 * 60:
        return phrase("span.hours", count=minutes // 60)
    return phrase("span.minutes", count=minutes)


def _asked(report: ShopReport) -> Phrase | str:
    health = report.health
    if not health.asked:
        return phrase("shop.asked.never")
    if Concern.OFTEN_FAILS in report.concerns:
        return phrase("shop.asked.calls", calls=report.calls) if report.calls else ""
    if report.calls is None:
        return phrase("shop.asked", asked=health.asked, failed=health.failed)
    calls = report.calls
    return phrase("shop.asked.counted", asked=health.asked, failed=health.failed, calls=calls)


def _sync(report: ShopReport) -> tuple[Phrase, ...]:
    sync = report.sync
    if sync is None:
        return ()
    pulled = _pulled(report)
    pushed = phrase("shop.pushed", at=sync.last_push) if sync.last_push else None
    return tuple(each for each in (pulled, pushed) if each is not None)


def _pulled(report: ShopReport) -> Phrase | None:
    pull = report.sync.pull if report.sync is not None else None
    if pull is None or report.behind is None:
        return None
    if report.is_first_pull:
        return phrase("shop.sync.first", until=pull.done_until)
    if report.behind < UP_TO_DATE:
        return phrase("shop.sync.up_to_date")
    return phrase("shop.sync.behind", behind=told_span(report.behind))


def _access(report: ShopReport) -> Phrase | str:
    left = report.token_left
    if report.health.renews_itself:
        return phrase("shop.access.renewed")
    return phrase("shop.access", left=told_span(left)) if left is not None else ""
