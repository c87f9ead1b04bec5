"""Orders with receivers in plain text, their parcels, payments and refunds."""

from collections.abc import Mapping

from sandbox.merchant.shopify import ShopifyBuyer
from sandbox.shops.ledger import Line, Order, Parcel, Refund
from sandbox.shops.shopify.errors import ShopifyError
from sandbox.shops.shopify.products import product_json, variant_json
from sandbox.shops.shopify.search import is_within, terms
from sandbox.shops.shopify.shapes import bag, gid, moment
from sandbox.shops.shopify.shop import ShopifyShop
from sandbox.shops.wire import Json

FIRST_ID = 5_900_000_000_000
SORTS = ("UPDATED_AT", "CREATED_AT", "PROCESSED_AT", "ID")
STATES = {0: "IN_TRANSIT", 1: "CONFIRMED", 2: "FAILURE", 3: "DELIVERED", 5: "OUT_FOR_DELIVERY"}


def number_of(order: Order) -> int:
    """The id inside Shopify, which no customer ever sees."""
    return FIRST_ID + int(order.number)


def order_json(shop: ShopifyShop, order: Order) -> Json:
    """One order, whole."""
    buyer, currency = shop.buyer(order.buyer), order.kind or "CNY"
    financial, _, fulfilment = order.status.partition("/")
    return {
        "id": gid("Order", number_of(order)),
        "name": f"#{order.number}",
        "createdAt": moment(order.created),
        "updatedAt": moment(order.updated),
        "processedAt": moment(order.created),
        "cancelledAt": moment(order.updated) if order.close_type else None,
        "closedAt": moment(order.success),
        "tags": shop.tags.get(order.number, []),
        "test": False,
        "note": order.message,
        "email": buyer.email,
        "phone": buyer.phone,
        "displayFinancialStatus": financial,
        "displayFulfillmentStatus": fulfilment,
        "totalPriceSet": bag(order.payment, currency),
        "customer": _customer(buyer),
        "shippingAddress": _address(buyer),
        "billingAddress": _address(buyer),
        "transactions": _payments(order),
        "fulfillments": [
            _fulfilment(order, parcel, place) for place, parcel in enumerate(order.parcels, 1)
        ],
        "refunds": [_refund(refund) for refund in order.refunds],
        "lineItems": [_line(shop, order, line, currency) for line in order.lines],
    }


def _customer(buyer: ShopifyBuyer) -> Json | None:
    if not buyer.customer_id:
        return None
    return {
        "id": gid("Customer", buyer.customer_id),
        "firstName": buyer.name[1:],
        "lastName": buyer.name[:1],
    }


def _address(buyer: ShopifyBuyer) -> Json:
    return {
        "name": buyer.name,
        "phone": buyer.phone or None,
        "address1": buyer.address,
        "city": buyer.city,
        "provinceCode": None,
        "countryCodeV2": buyer.country,
    }


def _payments(order: Order) -> list[Json]:
    if order.paid is None:
        return []
    paid = _payment(order.number, "SALE", "SUCCESS", order.payment)
    return [{**paid, "processedAt": moment(order.paid)}]


def _payment(number: str, kind: str, status: str, fen: int) -> Json:
    return {
        "id": gid("OrderTransaction", number),
        "kind": kind,
        "status": status,
        "processedAt": None,
        "amountSet": bag(fen),
    }


def _fulfilment(order: Order, parcel: Parcel, place: int) -> Json:
    sent = moment(parcel.scans[0].at if parcel.scans else order.shipped)
    state = STATES.get(parcel.state, "IN_TRANSIT")
    return {
        "id": gid("Fulfillment", f"{number_of(order)}{place}"),
        "name": f"#{order.number}.{place}",
        "status": "SUCCESS",
        "displayStatus": state,
        "createdAt": sent,
        "updatedAt": sent,
        "deliveredAt": moment(parcel.scans[-1].at) if state == "DELIVERED" else None,
        "trackingInfo": [{"company": parcel.company, "number": parcel.waybill, "url": None}],
    }


def _refund(refund: Refund) -> Json:
    """One refund; its payment is under way or done, and one of nothing only restocks."""
    paid = _payment(refund.refund_id, "REFUND", refund.status, refund.fee)
    return {
        "id": gid("Refund", refund.refund_id),
        "createdAt": moment(refund.created),
        "updatedAt": moment(refund.updated),
        "note": refund.reason,
        "totalRefundedSet": bag(refund.fee if refund.status == "SUCCESS" else 0),
        "transactions": [paid] if refund.fee else [],
    }


def _line(shop: ShopifyShop, order: Order, line: Line, currency: str) -> Json:
    sent = any(line in parcel.lines for parcel in order.parcels)
    off = line.total - line.payment
    return {
        "id": gid("LineItem", line.oid),
        "title": line.item.product.title,
        "variantTitle": line.sku.label or None,
        "quantity": line.num,
        "unfulfilledQuantity": 0 if sent else line.num,
        "product": product_json(shop, line.item),
        "variant": variant_json(shop, line.item, line.sku),
        "originalTotalSet": bag(line.total, currency),
        "discountAllocations": [{"allocatedAmountSet": bag(off, currency)}] if off else [],
    }


def listed(shop: ShopifyShop, args: Mapping[str, object]) -> list[Json]:
    """orders(query, sortKey, reverse)."""
    wanted, by = terms(args.get("query")), args.get("sortKey") or "PROCESSED_AT"
    if by not in SORTS:
        raise ShopifyError("argumentLiteralsIncompatible", f"sortKey {by} is not one of {SORTS}")
    found = [
        order for order in shop.ledger.all() if all(_matches(shop, order, *term) for term in wanted)
    ]
    found.sort(key=lambda order: order.updated if by == "UPDATED_AT" else order.created)
    if args.get("reverse") is True:
        found.reverse()
    return [order_json(shop, order) for order in found]


def _matches(shop: ShopifyShop, order: Order, name: str, comparison: str, value: str) -> bool:
    match name:
        case "name":
            return value.lstrip("#") == order.number
        case "customer_id":
            return shop.buyer(order.buyer).customer_id == value
        case "updated_at":
            return is_within(order.updated, comparison, value)
        case "created_at":
            return is_within(order.created, comparison, value)
    raise ShopifyError("BAD_REQUEST", f"the fake cannot search by {name}")


def one(shop: ShopifyShop, args: Mapping[str, object]) -> Json | None:
    """order(id)."""
    wanted = str(args["id"])
    orders = (each for each in shop.ledger.all() if gid("Order", number_of(each)) == wanted)
    order = next(orders, None)
    return order_json(shop, order) if order else None
