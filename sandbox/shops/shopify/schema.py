"""The part of the Admin API that the fake plays: types, their fields, and what fields cost.

A question costs a point for each object, and a connection two points and its `first` times what
one node costs: Shopify's published rule. More than 1,000 points are refused.
"""

from collections.abc import Mapping

from sandbox.shops.shopify.errors import ShopifyError, bad_argument, no_field
from sandbox.shops.shopify.language import Field

MOST_POINTS = 1000
MOST_ROWS = 250
_TEXT = """
Query: shop=Shop order=Order orders=Order* product=Product products=Product*
Shop: name currencyCode myshopifyDomain
MoneyV2: amount currencyCode
MoneyBag: shopMoney=MoneyV2 presentmentMoney=MoneyV2
PriceRange: minVariantPrice=MoneyV2 maxVariantPrice=MoneyV2
Product: id title handle status onlineStoreUrl updatedAt priceRangeV2=PriceRange variants=Variant*
Variant: id title sku price inventoryQuantity inventoryPolicy selectedOptions=Option[]
Variant: inventoryItem=Stock
Option: name value
Stock: id tracked inventoryLevels=Level*
Level: id location=Location quantities=Quantity[]
Location: id name
Quantity: name quantity
Customer: id firstName lastName
Address: name phone address1 city provinceCode countryCodeV2
Order: id name createdAt updatedAt processedAt cancelledAt closedAt tags test note email phone
Order: displayFinancialStatus displayFulfillmentStatus totalPriceSet=MoneyBag customer=Customer
Order: shippingAddress=Address billingAddress=Address transactions=Transaction[]
Order: fulfillments=Fulfillment[] refunds=Refund[] lineItems=Line*
Transaction: id kind status processedAt amountSet=MoneyBag
Fulfillment: id name status displayStatus createdAt updatedAt deliveredAt trackingInfo=Tracking[]
Tracking: company number url
Refund: id createdAt updatedAt note totalRefundedSet=MoneyBag transactions=Transaction*
Line: id title variantTitle quantity unfulfilledQuantity product=Product variant=Variant
Line: originalTotalSet=MoneyBag discountAllocations=Allocation[]
Allocation: allocatedAmountSet=MoneyBag
"""
_PAGE_ARGS = frozenset({"first", "after"})
_ARGS = {
    "Query.shop": frozenset[str](),
    "Query.order": frozenset({"id"}),
    "Query.product": frozenset({"id"}),
    "Query.orders": _PAGE_ARGS | {"query", "sortKey", "reverse"},
    "Query.products": _PAGE_ARGS | {"query", "sortKey", "reverse"},
    "Level.quantities": frozenset({"names"}),
}


def _types() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _TEXT.strip().splitlines():
        kind, _, fields = line.partition(": ")
        for each in fields.split():
            name, _, of = each.partition("=")
            found.setdefault(kind, {})[name] = of
    return found


TYPES = _types()


def check(fields: tuple[Field, ...], kind: str = "Query") -> int:
    """The points of a selection. Raises ShopifyError for what the schema does not have."""
    points = 0
    for field in fields:
        of = TYPES[kind].get(field.name)
        if of is None:
            raise no_field(kind, field.name)
        if bool(of) is not bool(field.inside):
            raise ShopifyError("selectionMismatch", f"Selections of '{field.name}' do not fit")
        points += _points(field, of, f"{kind}.{field.name}")
    return points


def _points(field: Field, of: str, place: str) -> int:
    name = of.rstrip("*[]")
    if of.endswith("*"):
        _check_args(field, _ARGS.get(place, _PAGE_ARGS))
        return 2 + _first(field) * (1 + _nodes(field, name))
    if of.endswith("[]"):
        _check_args(field, _ARGS.get(place, frozenset({"first"})))
        inside = 1 + check(field.inside, name)
        return inside * (_first(field) if "first" in field.args else 1)
    _check_args(field, _ARGS.get(place, frozenset()))
    return 1 + check(field.inside, name) if of else 0


def _nodes(field: Field, name: str) -> int:
    points = 0
    for each in field.inside:
        if each.name == "nodes":
            points += check(each.inside, name)
        elif each.name != "pageInfo":
            raise no_field(f"{name}Connection", each.name)
    return points


def _check_args(field: Field, known: frozenset[str]) -> None:
    unknown = sorted(field.args.keys() - known)
    if unknown:
        raise ShopifyError(
            "argumentNotAccepted", f"Field '{field.name}' doesn't accept argument '{unknown[0]}'"
        )
    if "id" in known and not str(field.args.get("id") or "").startswith("gid://shopify/"):
        raise bad_argument("id", "Invalid global id")


def _first(field: Field) -> int:
    first = field.args.get("first")
    if not isinstance(first, int) or not 0 < first <= MOST_ROWS:
        raise ShopifyError(
            "BAD_REQUEST", f"you must provide first between 1 and {MOST_ROWS} on {field.name}"
        )
    return first
