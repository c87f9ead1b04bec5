"""Vendure's orders as frozen values: ids are texts, amounts fen (CNY), times ISO 8601 in UTC."""

from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    ItemId,
    Order,
    OrderLine,
    Parcel,
    Refund,
    RefundStatus,
)
from integrations.vendure import status
from integrations.wild import Wild

RECEIVERS = frozenset({"shippingAddress"})
"""Fields that carry the receiver's phone; they are left out of what is kept."""
_CAME = frozenset({"Authorized", "Settled"})
_PAYMENT, _FULFILLMENT = "ORDER_PAYMENT_TRANSITION", "ORDER_FULFILLMENT_TRANSITION"


def moment(raw: Wild) -> datetime:
    """Read "2026-11-22T05:28:58.000Z"."""
    try:
        at = datetime.fromisoformat(raw.text())
    except ValueError as error:
        raise raw.unreadable("a time") from error
    if at.tzinfo is None:
        raise raw.unreadable("a time with its zone")
    return at


def yuan_only(amount: Wild, currency: Wild) -> Fen:
    """Read an amount of a price in CNY, the only currency whose hundredths are fen."""
    if currency.text() != "CNY":
        raise currency.unreadable("CNY")
    return amount.fen()


def properties(raw: Wild) -> tuple[tuple[str, str], ...]:
    """Read a variant's options: ((颜色, 粉色), (尺码, 22))."""
    return tuple((each["group"]["name"].text(), each["name"].text()) for each in raw["options"])


def changed_at(raw: Wild) -> datetime:
    """Tell when an order last changed.

    `updatedAt` alone does not: Vendure 3.7 puts the former one back when a state changes, and no
    refund touches it. The history has the changes of states, a new refund its own time.
    """
    times = [moment(raw["updatedAt"])]
    times += [moment(entry["createdAt"]) for entry in raw["history"]["items"]]
    times += [moment(refund["updatedAt"]) for refund in _refunds_in(raw)]
    return max(times)


def order(shop: str, raw: Wild) -> Order:
    """Read an order; `created_at` is when it was placed, or else begun as a cart."""
    refunds = tuple(_refund(each) for each in _refunds_in(raw))
    lines = _lines(shop, raw)
    due = yuan_only(raw["totalWithTax"], raw["currencyCode"])
    paid = sum(each["amount"].fen() for each in raw["payments"] if each["state"].text() in _CAME)
    placed = raw["createdAt"] if raw["orderPlacedAt"].is_null else raw["orderPlacedAt"]
    created_at = moment(placed)
    return Order(
        shop=shop,
        number=raw["code"].text(),
        status=status.order_status(
            raw["state"].text(), paid, refunds, waits=any(line.waits for line in lines)
        ),
        buyer=None if raw["customer"].is_null else BuyerId(shop, raw["customer"]["id"].id()),
        phone_tail=_tail(raw["shippingAddress"]["phoneNumber"]),
        created_at=created_at,
        paid_at=_first(raw, _PAYMENT, "Settled", created_at),
        shipped_at=_first(raw, _FULFILLMENT, "Shipped", created_at),
        payment=Fen(paid) if paid else due,
        lines=lines,
        refunds=refunds,
        updated_at=changed_at(raw),
        raw=raw.raw(without=RECEIVERS),
    )


def parcels(raw: Wild) -> tuple[Parcel, ...]:
    """Read what was sent of an order; Vendure knows the number, not the way."""
    return tuple(
        Parcel(
            carrier=each["method"].text_or(""),
            tracking_no=each["trackingCode"].text_or(""),
            status=status.PARCEL[each["state"].text()],
            scans=(),
        )
        for each in raw["fulfillments"]
        if each["state"].text() in status.PARCEL
    )


def _lines(shop: str, raw: Wild) -> tuple[OrderLine, ...]:
    is_cancelled = raw["state"].text() == "Cancelled"
    has_sent = any(each["state"].text() in status.PARCEL for each in raw["fulfillments"])
    lines = (
        _line(shop, each, is_cancelled=is_cancelled, has_sent=has_sent) for each in raw["lines"]
    )
    return tuple(line for line in lines if line.quantity)


def _line(shop: str, raw: Wild, *, is_cancelled: bool, has_sent: bool) -> OrderLine:
    """Read a line; that of a cancelled order as it was ordered, as its quantity is 0 then."""
    quantity, price = raw["quantity"].whole(), raw["proratedLinePriceWithTax"].fen()
    if is_cancelled and not quantity:
        quantity = raw["orderPlacedQuantity"].whole()
        price = Fen(raw["unitPriceWithTax"].fen() * quantity)
    sent = sum(
        each["quantity"].whole()
        for each in raw["fulfillmentLines"]
        if each["fulfillment"]["state"].text() in status.PARCEL
    )
    variant = raw["productVariant"]
    return OrderLine(
        item=ItemId(shop, variant["product"]["id"].id()),
        sku=variant["id"].id(),
        title=variant["product"]["name"].text(),
        properties=properties(variant),
        quantity=quantity,
        price=price,
        waits=has_sent and sent < quantity,
    )


def _refunds_in(raw: Wild) -> tuple[Wild, ...]:
    return tuple(refund for payment in raw["payments"] for refund in payment["refunds"])


def _refund(raw: Wild) -> Refund:
    return Refund(
        id=raw["id"].id(),
        status=status.REFUND.get(raw["state"].text(), RefundStatus.UNKNOWN),
        amount=raw["total"].fen(),
        updated_at=moment(raw["updatedAt"]),
    )


def _first(raw: Wild, kind: str, to: str, not_before: datetime) -> datetime | None:
    """Find when a payment or fulfilment first came to a state; the log has whole seconds only."""
    times = [
        moment(entry["createdAt"])
        for entry in raw["history"]["items"]
        if entry["type"].text() == kind and entry["data"]["to"].text_or("") == to
    ]
    return max(min(times), not_before) if times else None


def _tail(raw: Wild) -> str | None:
    tail = raw.text_or("")[-4:]
    return tail if len(tail) == 4 and tail.isdigit() else None
