"""WooCommerce's orders as frozen values: ids are numbers, money decimal texts, times GMT."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Refund,
    RefundStatus,
)
from integrations.currency import OtherCurrency
from integrations.phones import tail
from integrations.wild import Unreadable, Wild
from integrations.woocommerce import status
from integrations.woocommerce.client import PARTY

RECEIVERS = frozenset(
    {
        *("billing", "shipping", "customer_note", "customer_ip_address", "customer_user_agent"),
        *("first_name", "last_name", "email", "username", "phone", "meta_data"),
        *("order_key", "payment_url"),
    }
)
"""Fields that tell who and where somebody is, or open an order's page to whoever has them."""

_TRACKING = "_wc_shipment_tracking_items"
_ON_DELIVERY = "cod"


def gmt(raw: Wild) -> datetime:
    """Read a field that ends in _gmt: "2026-11-22T05:28:58", UTC without saying so."""
    try:
        at = datetime.fromisoformat(raw.text())
    except ValueError as error:
        raise raw.unreadable("a time") from error
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def as_gmt(moment: datetime) -> str:
    """Write a moment the way the shop's filters want it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _gmt_or_none(raw: Wild) -> datetime | None:
    return None if raw.is_null else gmt(raw)


def check_currency(raw: Wild) -> None:
    """Let nothing but yuan be read as yuan.

    Raises:
        OtherCurrency: the amounts are in another one.
    """
    if raw.text() != "CNY":
        raise OtherCurrency(PARTY, raw.text())


def order(shop: str, raw: Wild) -> Order:
    """Read an order, its refunds still missing.

    Raises:
        OtherCurrency: it is not in CNY.
    """
    check_currency(raw["currency"])
    items = tuple(_tracked(raw))
    created_at, paid_at = gmt(raw["date_created_gmt"]), _gmt_or_none(raw["date_paid_gmt"])
    customer, phone = raw["customer_id"].id(), raw["shipping"]["phone"]
    state = status.order_status(raw["status"].text(), has_parcels=bool(items))
    return Order(
        shop=shop,
        number=raw["number"].id(),
        status=state,
        buyer=None if customer == "0" else BuyerId(shop, customer),
        phone_tail=tail(raw["billing"]["phone"] if phone.is_null else phone),
        created_at=created_at,
        paid_at=paid_at,
        shipped_at=_shipped_at(raw, items, state, paid_at or created_at),
        payment=raw["total"].yuan(),
        lines=tuple(_line(shop, line) for line in raw["line_items"]),
        updated_at=gmt(raw["date_modified_gmt"]),
        marks=("货到付款",) if raw["payment_method"].text_or("") == _ON_DELIVERY else (),
        raw=raw.raw(without=RECEIVERS),
    )


def with_refunds(order: Order, raws: Iterable[Wild]) -> Order:
    """Add an order's refunds; the latest of all says when it changed."""
    is_settled = order.status is OrderStatus.REFUNDED
    refunds = tuple(_refund(raw, is_settled=is_settled) for raw in raws)
    times = [each.updated_at for each in refunds]
    return replace(
        order,
        refunds=refunds,
        updated_at=max([*times, *([order.updated_at] if order.updated_at else [])], default=None),
    )


def parcels(raw: Wild) -> tuple[Parcel, ...]:
    """Read what a tracking plugin knows of an order; the core knows no parcels."""
    return tuple(
        Parcel(
            carrier=item["custom_tracking_provider"].text_or("")
            or item["tracking_provider"].text_or(""),
            tracking_no=item["tracking_number"].id(),
            status=ParcelStatus.UNKNOWN,
            scans=(),
        )
        for item in _tracked(raw)
    )


def _tracked(raw: Wild) -> Iterable[Wild]:
    for meta in raw["meta_data"]:
        if meta["key"].text_or("") == _TRACKING and not meta["value"].is_null:
            yield from (item for item in meta["value"] if not item["tracking_number"].is_null)


def _shipped_at(
    raw: Wild, items: tuple[Wild, ...], state: OrderStatus, not_before: datetime
) -> datetime | None:
    """Tell when it was sent: the plugin knows the day only, the core when it was completed."""
    days = [item["date_shipped"].seconds() for item in items if not item["date_shipped"].is_null]
    if days:
        return max(min(days), not_before)
    return _gmt_or_none(raw["date_completed_gmt"]) if state is not OrderStatus.PAID else None


def _line(shop: str, raw: Wild) -> OrderLine:
    variation = raw["variation_id"].whole_or(0)
    title = raw["name"] if raw["parent_name"].is_null else raw["parent_name"]
    return OrderLine(
        item=ItemId(shop, raw["product_id"].id()),
        sku=str(variation),
        title=title.text(),
        properties=tuple(_chosen(raw["meta_data"])) if variation else (),
        quantity=raw["quantity"].whole(),
        price=Fen(raw["total"].yuan() + raw["total_tax"].yuan()),
    )


def _chosen(metas: Wild) -> Iterable[tuple[str, str]]:
    """Read what was chosen of a variation; plugins put all kinds of things beside it."""
    for meta in metas:
        try:
            name, value = meta["display_key"].text(), meta["display_value"].text()
        except Unreadable:
            continue
        if not meta["key"].text_or("_").startswith("_"):
            yield name, value


def _refund(raw: Wild, *, is_settled: bool) -> Refund:
    """Read a refund: booked only, unless the payment went back or the whole order is settled."""
    is_back = is_settled or raw["refunded_payment"].is_true()
    return Refund(
        id=raw["id"].id(),
        status=RefundStatus.REFUNDED if is_back else RefundStatus.REFUNDING,
        amount=raw["amount"].yuan(),
        updated_at=gmt(raw["date_created_gmt"]),
    )
