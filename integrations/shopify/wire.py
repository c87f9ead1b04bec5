"""Shopify's orders as frozen values: ids are addresses, money decimal texts, times ISO 8601."""

from collections.abc import Iterable
from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderLine, Parcel, ParcelStatus, Refund
from integrations.currency import OtherCurrency
from integrations.phones import tail
from integrations.shopify import status
from integrations.shopify.client import PARTY
from integrations.wild import Wild

RECEIVERS = frozenset({"shippingAddress", "customer"})
"""Fields of an order that tell who somebody is, of the few that are asked for."""

_PAYS = frozenset({"SALE", "CAPTURE"})


def address(kind: str, number: str) -> str:
    """Write an id as Shopify does: gid://shopify/Order/5123."""
    return f"gid://shopify/{kind}/{number}"


def number(raw: Wild) -> str:
    """Read the number at the end of an id."""
    found = raw.text().rpartition("/")[2].partition("?")[0]
    if not found:
        raise raw.unreadable("an id")
    return found


def moment(raw: Wild) -> datetime:
    """Read "2026-11-22T05:28:58Z", or with another zone."""
    try:
        at = datetime.fromisoformat(raw.text())
    except ValueError as error:
        raise raw.unreadable("a time") from error
    if at.tzinfo is None:
        raise raw.unreadable("a time with its zone")
    return at


def check_currency(raw: Wild) -> None:
    """Let nothing but yuan be read as yuan.

    Raises:
        OtherCurrency: the amounts are in another one.
    """
    if raw.text() != "CNY":
        raise OtherCurrency(PARTY, raw.text())


def money(raw: Wild) -> Fen:
    """Read a MoneyV2; errors as in `check_currency`."""
    check_currency(raw["currencyCode"])
    return raw["amount"].yuan()


def order_no(raw: Wild) -> str:
    """Read an order's name without the # that most shops write before it."""
    return raw.text().removeprefix("#")


def order(shop: str, raw: Wild, lines: Iterable[Wild]) -> Order:
    """Read an order; `lines` are all of its lines, of which the answer has the first only."""
    sent = [each for each in raw["fulfillments"] if each["status"].text() == status.SENT]
    customer = raw["customer"]["id"]
    return Order(
        shop=shop,
        number=order_no(raw["name"]),
        status=status.order_status(
            raw["displayFinancialStatus"].text_or(""),
            raw["displayFulfillmentStatus"].text(),
            is_cancelled=not raw["cancelledAt"].is_null,
            is_delivered=bool(sent) and all(_is_delivered(each) for each in sent),
        ),
        buyer=None if customer.is_null else BuyerId(shop, number(customer)),
        phone_tail=tail(raw["shippingAddress"]["phone"]),
        created_at=moment(raw["createdAt"]),
        paid_at=_paid_at(raw),
        shipped_at=min((moment(each["createdAt"]) for each in sent), default=None),
        payment=money(raw["totalPriceSet"]["shopMoney"]),
        lines=tuple(_line(shop, line, has_sent=bool(sent)) for line in lines),
        refunds=tuple(_refund(each) for each in raw["refunds"]),
        updated_at=moment(raw["updatedAt"]),
        marks=(
            *(tag.text() for tag in raw["tags"]),
            *(["测试单"] if raw["test"].is_true() else []),
        ),
        raw=raw.raw(without=RECEIVERS),
    )


def parcels(raw: Wild) -> tuple[Parcel, ...]:
    """Read what was sent of an order; its way is asked of a carrier service."""
    return tuple(
        Parcel(
            carrier=tracking["company"].text_or(""),
            tracking_no=tracking["number"].text(),
            status=status.PARCEL.get(each["displayStatus"].text_or(""), ParcelStatus.UNKNOWN),
            scans=(),
        )
        for each in raw["fulfillments"]
        if each["status"].text() == status.SENT
        for tracking in each["trackingInfo"]
        if not tracking["number"].is_null
    )


def properties(raw: Wild) -> tuple[tuple[str, str], ...]:
    """Read a variant's options; one that has no choice has a single "Title: Default Title"."""
    options = tuple((each["name"].text(), each["value"].text()) for each in raw)
    return () if options == (("Title", "Default Title"),) else options


def _marks(raw: Wild) -> tuple[str, ...]:
    tags = tuple(tag.text() for tag in raw["tags"])
    return (*tags, "测试单") if raw["test"].is_true() else tags


def _is_delivered(raw: Wild) -> bool:
    return status.PARCEL.get(raw["displayStatus"].text_or("")) is ParcelStatus.DELIVERED


def _paid_at(raw: Wild) -> datetime | None:
    times = [
        moment(each["processedAt"])
        for each in raw["transactions"]
        if each["kind"].text() in _PAYS
        and each["status"].text() == status.SENT
        and not each["processedAt"].is_null
    ]
    return min(times, default=None)


def _line(shop: str, raw: Wild, *, has_sent: bool) -> OrderLine:
    """Read a line; product and variant are null once they were deleted."""
    product, variant = raw["product"]["id"], raw["variant"]["id"]
    off = sum(money(each["allocatedAmountSet"]["shopMoney"]) for each in raw["discountAllocations"])
    return OrderLine(
        item=ItemId(shop, "" if product.is_null else number(product)),
        sku="" if variant.is_null else number(variant),
        title=raw["title"].text(),
        properties=properties(raw["variant"]["selectedOptions"]),
        quantity=raw["quantity"].whole(),
        price=Fen(money(raw["originalTotalSet"]["shopMoney"]) - off),
        waits=has_sent and raw["unfulfilledQuantity"].whole_or(0) > 0,
    )


def _refund(raw: Wild) -> Refund:
    payments = [each for each in raw["transactions"]["nodes"] if each["kind"].text() == "REFUND"]
    return Refund(
        id=number(raw["id"]),
        status=status.refund_status(frozenset(each["status"].text() for each in payments)),
        amount=Fen(sum(money(each["amountSet"]["shopMoney"]) for each in payments)),
        updated_at=moment(raw["updatedAt"]),
    )
