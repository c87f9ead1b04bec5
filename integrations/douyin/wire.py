"""Douyin's answers as frozen values: fen and Unix seconds everywhere, 0 for a moment not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    Parcel,
    ParcelStatus,
    PlaceKind,
    PlaceStock,
    Refund,
    Scan,
    SkuStock,
)
from integrations.douyin import status
from integrations.douyin.marks import marks
from integrations.phones import masked_tail
from integrations.wild import Wild

_PAGE = "https://haohuo.jinritemai.com/views/product/item2?id="
_BY_REGION = 1

RECEIVERS = frozenset(
    {
        *("post_tel", "post_receiver", "post_addr", "user_coordinate", "user_id_info"),
        *("account_list", "contract_info", "buyer_words"),
    }
)
"""Fields of an order that may tell who and where somebody is; masked and sealed ones stay."""


@dataclass(frozen=True, slots=True)
class Package:
    """A parcel by the carrier's code at Douyin and its waybill number."""

    company: str
    company_name: str
    tracking_no: str


@dataclass(frozen=True, slots=True)
class Trade:
    """An order with what else must be asked for it.

    `sealed_phone` is the receiver's phone in Douyin's cipher where the mask hides its end, else "".
    """

    order: Order
    sealed_phone: str
    has_after_sales: bool
    packages: tuple[Package, ...]


def item(shop: str, raw: Wild) -> Item:
    """Read a product of a list; its price is 0 where the list does not tell it."""
    number = raw["product_id"].id()
    price = Fen(raw["discount_price"].whole_or(0))
    return Item(ItemId(shop, number), raw["name"].text(), price, price, f"{_PAGE}{number}")


def property_names(raw: Wild) -> tuple[str, ...]:
    """Read the names of a product's properties in order; lists of SKUs carry the values only."""
    return tuple(spec["name"].text() for spec in raw["specs"])


def stock(
    item_id: ItemId, raw: Wild, names: tuple[str, ...], warehouses: Mapping[str, str]
) -> tuple[SkuStock, ...]:
    """Read a product's SKUs; `warehouses` are names by the seller's id of each."""
    return tuple(_sku(item_id, sku, names, warehouses) for sku in raw)


def needs_warehouses(raw: Wild) -> bool:
    """Tell whether some SKU lies in several warehouses."""
    return any(sku["sku_type"].whole_or(0) == _BY_REGION for sku in raw)


def warehouses(raw: Wild) -> dict[str, str]:
    """Read the names of warehouses by the seller's own ids."""
    return {each["out_warehouse_id"].id(): each["name"].text() for each in raw["warehouses"]}


def _sku(
    item_id: ItemId, raw: Wild, names: tuple[str, ...], warehouses: Mapping[str, str]
) -> SkuStock:
    by_region = raw["sku_type"].whole_or(0) == _BY_REGION
    places = _places(raw["stock_map"], warehouses) if by_region else ()
    left = sum(place.available for place in places) if places else raw["stock_num"].whole()
    return SkuStock(
        item=item_id,
        sku=raw["id"].id(),
        properties=_properties(raw, names),
        available=max(0, left),
        price=raw["price"].fen(),
        places=places,
    )


def _places(raw: Wild, names: Mapping[str, str]) -> tuple[PlaceStock, ...]:
    return tuple(
        PlaceStock(place, names.get(place, place), PlaceKind.WAREHOUSE, max(0, left.whole()))
        for place, left in raw.fields()
    )


def _properties(raw: Wild, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pair values with names; a value without a name goes under 规格, as on the product's page."""
    values = [raw[f"spec_detail_name{level}"].text_or("") for level in (1, 2, 3)]
    names = (*names, *("规格" for _ in values))
    return tuple((name, value) for name, value in zip(names, values, strict=False) if value)


def trade(shop: str, raw: Wild) -> Trade:
    """Read one order, of a list or by its number: both have the same shape."""
    lines = tuple(raw["sku_order_list"])
    tail = masked_tail(raw["mask_post_tel"])
    order = Order(
        shop=shop,
        number=raw["order_id"].id(),
        status=status.order_status(raw["order_status"].whole(), raw["main_status"].whole_or(0)),
        buyer=_buyer(shop, raw["doudian_open_id"]),
        phone_tail=tail,
        created_at=raw["create_time"].seconds(),
        paid_at=_moment(raw["pay_time"]),
        shipped_at=_moment(raw["ship_time"]),
        payment=_paid(raw),
        lines=tuple(_line(shop, line) for line in lines),
        updated_at=_moment(raw["update_time"]),
        marks=marks(raw),
        raw=raw.raw(without=RECEIVERS),
    )
    return Trade(
        order=order,
        sealed_phone="" if tail else raw["encrypt_post_tel"].text_or(""),
        has_after_sales=any(_has_after_sale(line["after_sale_info"]) for line in lines),
        packages=_packages(raw["logistics_info"]),
    )


def _buyer(shop: str, raw: Wild) -> BuyerId | None:
    return None if raw.is_null else BuyerId(shop, raw.id())


def _moment(raw: Wild) -> datetime | None:
    return raw.seconds() if raw.whole_or(0) else None


def _paid(raw: Wild) -> Fen:
    """Read what the buyer paid: what was paid, without what the way of paying gave to it."""
    return Fen(raw["pay_amount"].whole() - raw["promotion_pay_amount"].whole_or(0))


def _line(shop: str, raw: Wild) -> OrderLine:
    product = raw["product_id"] if raw["product_id_str"].is_null else raw["product_id_str"]
    return OrderLine(
        item=ItemId(shop, product.id()),
        sku=raw["sku_id"].id_or("0"),
        title=raw["product_name"].text(),
        properties=tuple((spec["name"].text(), spec["value"].text()) for spec in raw["spec"]),
        quantity=raw["item_num"].whole(),
        price=_paid(raw),
        waits=raw["order_status"].whole_or(0) in status.NOT_SENT,
    )


def _has_after_sale(raw: Wild) -> bool:
    return bool(raw["after_sale_status"].whole_or(0) or raw["refund_status"].whole_or(0))


def _packages(raw: Wild) -> tuple[Package, ...]:
    """Read the parcels; one that was entered for several lines stands there several times."""
    found = (
        Package(each["company"].text_or(""), each["company_name"].text_or(""), number.id())
        for each in raw
        if not (number := each["tracking_no"]).is_null
    )
    return tuple(dict.fromkeys(found))


def refund(raw: Wild) -> Refund:
    """Read an after-sale of a list; its amount is what was applied for, not what was paid back."""
    info = raw["aftersale_info"]
    kind = info["aftersale_type"].whole()
    return Refund(
        id=info["aftersale_id"].id(),
        status=status.refund_status(
            info["aftersale_status"].whole(), info["refund_status"].whole_or(0), kind
        ),
        amount=info["refund_amount"].fen(),
        updated_at=info["update_time"].seconds(),
        exchanges=status.is_exchange(kind),
    )


def order_of(raw: Wild) -> str:
    """Read which order an after-sale of a list belongs to: the parent, not its line."""
    return raw["order_info"]["shop_order_id"].id()


def paid_back(raw: Wild) -> Fen:
    """Read what really went back (afterSale.Detail)."""
    return raw["process_info"]["after_sale_info"]["real_refund_amount"].fen()


def parcel(package: Package, raw: Wild) -> Parcel:
    """Read a parcel's way; official models write `route__node_list`, public callers one dash."""
    name = "route_node_list" if raw["route__node_list"].is_null else "route__node_list"
    nodes = sorted(raw[name], key=_time_of, reverse=True)
    return Parcel(
        carrier=package.company_name or package.company,
        tracking_no=package.tracking_no,
        status=_parcel_status(nodes[0]) if nodes else ParcelStatus.UNKNOWN,
        scans=tuple(Scan(_time_of(node), node["content"].text()) for node in nodes),
    )


def untraced(package: Package) -> Parcel:
    """A parcel of which Douyin does not know the way."""
    carrier = package.company_name or package.company
    return Parcel(carrier, package.tracking_no, ParcelStatus.UNKNOWN, ())


def _time_of(raw: Wild) -> datetime:
    return raw["timestamp"].seconds()


def _parcel_status(raw: Wild) -> ParcelStatus:
    return status.parcel_status(raw["state_description"].text_or(""), raw["content"].text())
