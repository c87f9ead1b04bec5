"""Products with their variants and what lies of them where."""

from collections.abc import Mapping

from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.shopify.errors import ShopifyError
from sandbox.shops.shopify.search import terms
from sandbox.shops.shopify.shapes import gid, moment, money
from sandbox.shops.shopify.shop import ShopifyShop
from sandbox.shops.wire import Json, yuan

DEFAULT = [{"name": "Title", "value": "Default Title"}]


def product_json(shop: ShopifyShop, item: ShelfItem) -> Json:
    """One product, whole."""
    prices = [sku.price for sku in item.skus]
    return {
        "id": gid("Product", item.item_id),
        "title": item.product.title,
        "handle": item.product.key,
        "status": "ACTIVE",
        "onlineStoreUrl": f"{shop.public}/goods/{item.item_id}",
        "updatedAt": moment(shop.started),
        "priceRangeV2": {
            "minVariantPrice": money(min(prices)),
            "maxVariantPrice": money(max(prices)),
        },
        "variants": [variant_json(shop, item, sku) for sku in item.skus],
    }


def variant_json(shop: ShopifyShop, item: ShelfItem, sku: ShelfSku) -> Json:
    """One variant, whole; a product that has none has one of its own."""
    options = [{"name": name, "value": value} for name, value in sku.values]
    is_tracked = item.product.key not in shop.untracked
    return {
        "id": gid("ProductVariant", sku.sku_id),
        "title": sku.label or "Default Title",
        "sku": sku.outer_id,
        "price": yuan(sku.price),
        "inventoryQuantity": sku.quantity if is_tracked else 0,
        "inventoryPolicy": "DENY",
        "selectedOptions": options or DEFAULT,
        "inventoryItem": {
            "id": gid("InventoryItem", sku.sku_id + 1),
            "tracked": is_tracked,
            "inventoryLevels": _levels(shop, sku.quantity if is_tracked else 0, sku.sku_id),
        },
    }


def _levels(shop: ShopifyShop, quantity: int, number: int) -> list[Json]:
    """A third of it lies in the second place."""
    second = quantity // 3
    return [
        {
            "id": gid("InventoryLevel", f"{place.id}?inventory_item_id={number + 1}"),
            "location": {"id": gid("Location", place.id), "name": place.name},
            "quantities": [{"name": "available", "quantity": pieces}],
        }
        for place, pieces in zip(shop.locations, (quantity - second, second), strict=True)
    ]


def listed(shop: ShopifyShop, args: Mapping[str, object]) -> list[Json]:
    """products(query): by status only."""
    for name, _, value in terms(args.get("query")):
        if name != "status":
            raise ShopifyError("BAD_REQUEST", f"the fake cannot search by {name}")
        if value.lower() != "active":
            return []
    return [product_json(shop, item) for item in shop.shelf.all()]


def one(shop: ShopifyShop, args: Mapping[str, object]) -> Json | None:
    """product(id)."""
    item = shop.shelf.item(str(args["id"]).removeprefix("gid://shopify/Product/"))
    return product_json(shop, item) if item else None
