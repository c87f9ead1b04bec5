"""Orders with receivers in plain text, by id and by list, and their refunds.

The core knows no parcels: a tracking plugin keeps them in the order's meta data. A refund stands in
its order by id and amount; when, and whether the money went back, only its own list tells.
"""

from datetime import datetime

from sandbox.merchant.woocommerce import WooCommerceBuyer
from sandbox.shops.ledger import Line, Order, Parcel, Refund
from sandbox.shops.wire import Json, yuan
from sandbox.shops.woocommerce.errors import NO_ORDER, bad_param
from sandbox.shops.woocommerce.params import Params
from sandbox.shops.woocommerce.shapes import dates
from sandbox.shops.woocommerce.shop import WooCommerceShop

STATUSES = (
    *("any", "trash", "auto-draft", "checkout-draft", "pending", "processing", "on-hold"),
    *("completed", "cancelled", "refunded", "failed", "partial-shipped"),
)
HIDDEN = frozenset({"trash", "auto-draft"})
ORDERED_BY = ("date", "modified", "id", "include", "title", "slug")
GOOD_MONEY = "BACK"


def order_json(shop: WooCommerceShop, order: Order) -> Json:
    """One order."""
    buyer = shop.buyer(order.buyer)
    return {
        "id": int(order.number),
        "parent_id": 0,
        "number": shop.numbers.get(order.number, order.number),
        "order_key": f"wc_order_{int(order.number):x}",
        "created_via": "checkout",
        "status": order.status,
        "currency": order.kind or "CNY",
        "prices_include_tax": True,
        **dates("date_created", order.created),
        **dates("date_modified", order.updated),
        **dates("date_paid", order.paid),
        **dates("date_completed", order.success or _completed(order)),
        "discount_total": yuan(order.discount),
        "shipping_total": "0.00",
        "total": yuan(order.payment),
        "total_tax": "0.00",
        **_people(buyer),
        "customer_note": order.message,
        "payment_method": "cod" if order.number in shop.on_delivery else "alipay",
        "line_items": [_line(line) for line in order.lines],
        "refunds": [
            {"id": int(refund.refund_id), "reason": refund.reason, "total": f"-{yuan(refund.fee)}"}
            for refund in order.refunds
        ],
        "meta_data": [_tracking(order)] if order.parcels else [],
    }


def _completed(order: Order) -> datetime | None:
    return order.shipped if order.status == "completed" else None


def _people(buyer: WooCommerceBuyer) -> Json:
    """Who bought, who pays and who receives, in plain text."""
    return {
        "customer_id": buyer.customer_id,
        "customer_ip_address": "203.0.113.24",
        "customer_user_agent": "Mozilla/5.0",
        "billing": {**_address(buyer), "email": buyer.email, "phone": buyer.phone},
        "shipping": {**_address(buyer), "phone": buyer.shipping_phone},
    }


def _address(buyer: WooCommerceBuyer) -> Json:
    return {
        "first_name": buyer.name[1:],
        "last_name": buyer.name[:1],
        "address_1": buyer.address,
        "city": buyer.city,
        "state": buyer.state,
        "country": "CN",
    }


def _line(line: Line) -> Json:
    values = line.sku.values
    label = ", ".join(value for _, value in values)
    title = line.item.product.title
    return {
        "id": int(line.oid),
        "name": f"{title} - {label}" if label else title,
        "parent_name": title if label else None,
        "product_id": int(line.item.item_id),
        "variation_id": line.sku.sku_id if line.item.has_variants else 0,
        "quantity": line.num,
        "subtotal": yuan(line.total),
        "total": yuan(line.payment),
        "total_tax": "0.00",
        "sku": line.sku.outer_id,
        "price": line.payment / line.num / 100,
        "meta_data": [
            {"id": place, "key": name, "value": value, "display_key": name, "display_value": value}
            for place, (name, value) in enumerate(values, 1)
        ]
        + [{"id": 9, "key": "_reduced_stock", "value": str(line.num)}],
    }


def _tracking(order: Order) -> Json:
    return {
        "id": int(order.number) + 1,
        "key": "_wc_shipment_tracking_items",
        "value": [_tracked(order, parcel) for parcel in order.parcels],
    }


def _tracked(order: Order, parcel: Parcel) -> Json:
    """One parcel as the plugin keeps it; the day as the second it began, in a text."""
    sent = order.shipped or order.updated
    day = sent.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "tracking_provider": "",
        "custom_tracking_provider": parcel.company,
        "custom_tracking_link": "",
        "tracking_number": parcel.waybill,
        "date_shipped": str(int(day.timestamp())),
        "tracking_id": f"{parcel.waybill:0>32}",
    }


def listed(shop: WooCommerceShop, params: Params) -> tuple[list[Json], int]:
    """orders: bounds of time are outside; `search` looks at numbers, names and phones."""
    status = params.one_of("status", STATUSES, "any")
    customer = params.number("customer", 0, 10**9, 0)
    rows = [
        order
        for order in shop.ledger.all()
        if (order.status == status or (status == "any" and order.status not in HIDDEN))
        and (not customer or shop.buyer(order.buyer).customer_id == customer)
        and _is_inside(order, params)
        and _is_found(shop, order, params.text("search"))
    ]
    page, pages = params.turn(_sorted(rows, params))
    return [order_json(shop, order) for order in page], pages


def _sorted(rows: list[Order], params: Params) -> list[Order]:
    by = params.one_of("orderby", ORDERED_BY, "date")
    is_down = params.one_of("order", ("asc", "desc"), "desc") == "desc"
    if by == "modified":
        return sorted(rows, key=lambda order: order.updated, reverse=is_down)
    if by == "id":
        return sorted(rows, key=lambda order: int(order.number), reverse=is_down)
    return sorted(rows, key=lambda order: order.created, reverse=is_down)


def _is_inside(order: Order, params: Params) -> bool:
    created, updated = (each.replace(microsecond=0) for each in (order.created, order.updated))
    after, before = params.moment("after"), params.moment("before")
    since, until = params.moment("modified_after"), params.moment("modified_before")
    return (
        (after is None or created > after)
        and (before is None or created < before)
        and (since is None or updated > since)
        and (until is None or updated < until)
    )


def _is_found(shop: WooCommerceShop, order: Order, words: str) -> bool:
    buyer = shop.buyer(order.buyer)
    number = shop.numbers.get(order.number, order.number)
    return any(words in text for text in (number, order.number, buyer.name, buyer.phone))


def _order(shop: WooCommerceShop, number: str) -> Order:
    order = shop.ledger.order(number)
    if order is None:
        raise NO_ORDER
    return order


def one(shop: WooCommerceShop, number: str) -> Json:
    """orders/{id}."""
    return order_json(shop, _order(shop, number))


def refunds(shop: WooCommerceShop, number: str, params: Params) -> tuple[list[Json], int]:
    """orders/{id}/refunds."""
    if params.text("order") not in ("", "asc", "desc"):
        raise bad_param("order", "is not one of asc, desc")
    page, pages = params.turn(_order(shop, number).refunds)
    return [_refund(refund) for refund in page], pages


def _refund(refund: Refund) -> Json:
    return {
        "id": int(refund.refund_id),
        **dates("date_created", refund.created),
        "amount": yuan(refund.fee),
        "reason": refund.reason,
        "refunded_by": 1,
        "refunded_payment": refund.status == GOOD_MONEY,
        "meta_data": [],
        "line_items": [],
    }
