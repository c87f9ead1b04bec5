"""Youzan's answers as frozen values. Units differ by field: orders in yuan, products in fen."""

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
    Refund,
    RefundStatus,
    Scan,
    SkuStock,
)
from desk.shops.powers import Member
from integrations.wild import Wild
from integrations.youzan import status
from integrations.youzan.marks import marks

_MONEY_IS_BACK = 2
_IS_SHIPPED = 1
_FREE_LEVEL = 1
_EXCHANGE = "换货"

RECEIVERS = frozenset(
    {
        *("receiver_name", "receiver_tel", "delivery_address", "address_extra", "self_fetch_info"),
        *("buyer_phone", "buyer_name", "fans_nickname", "user_name", "user_tel", "address_detail"),
        *("id_card_name", "id_card_number", "buyer_message", "buyer_messages", "trade_memo"),
    }
)
"""Fields of an order that tell who and where somebody is, sealed for most shops but not for all,
and those in which people write what they like."""


@dataclass(frozen=True, slots=True)
class Trade:
    """An order with what else must be asked for it.

    `sealed_phone` is the receiver's phone in Youzan's cipher, "" where there is none;
    `has_refunds` tells that there are some, whose ids only the single order's answer carries.
    """

    order: Order
    sealed_phone: str
    has_refunds: bool
    refund_ids: tuple[str, ...]
    packages: tuple["Package", ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A parcel by the carrier's number at Youzan and its waybill number."""

    express_id: str
    express_no: str


def item(shop: str, raw: Wild) -> Item:
    """Read a product of a list; `price` in fen."""
    prices = [sku["price"].fen() for sku in raw["skus"]] or [raw["price"].fen()]
    return Item(
        id=ItemId(shop, raw["item_id"].id()),
        title=raw["title"].text(),
        price_low=min(prices),
        price_high=max(prices),
        url=raw["detail_url"].text_or(""),
    )


def stock(item_id: ItemId, raw: Wild) -> tuple[SkuStock, ...]:
    """Read the SKUs of a product's details; a product without SKUs is one without properties."""
    name = "skus" if raw["sku_list"].is_null else "sku_list"
    skus = tuple(_sku(item_id, sku) for sku in raw[name])
    if skus:
        return skus
    price = raw["price"] if raw["item_price_param"].is_null else raw["item_price_param"]["price"]
    left = raw["quantity"].whole() - raw["with_hold_quantity"].whole_or(0)
    return (SkuStock(item_id, "0", (), max(0, left), price.fen()),)


def _sku(item_id: ItemId, raw: Wild) -> SkuStock:
    left = raw["quantity"].whole() - raw["with_hold_quantity"].whole_or(0)
    return SkuStock(
        item=item_id,
        sku=raw["sku_id"].id(),
        properties=_properties(raw),
        available=max(0, left),
        price=raw["price"].fen(),
    )


def _properties(raw: Wild) -> tuple[tuple[str, str], ...]:
    if not raw["sku_props"].is_null:
        return tuple(
            (prop["prop_name"].text(), prop["prop_value_name"].text()) for prop in raw["sku_props"]
        )
    for name in ("properties_name_json", "sku_properties_name"):
        if not raw[name].is_null:
            return tuple((prop["k"].text(), prop["v"].text()) for prop in raw[name].nested())
    return ()


def trade(shop: str, raw: Wild) -> Trade:
    """Read one order, out of `trade.get` (with refund ids and packages) or out of a list."""
    full = raw["full_order_info"]
    info = full["order_info"]
    refund_state = info["refund_state"].whole_or(0)
    shipped = [delivery["express_state"].whole_or(0) for delivery in raw["delivery_order"]]
    sent = {
        each["oid"].id()
        for delivery in raw["delivery_order"]
        if delivery["express_state"].whole_or(0) == _IS_SHIPPED
        for each in delivery["oids"]
    }
    order = Order(
        shop=shop,
        number=info["tid"].text(),
        status=status.order_status(
            info["status"].text(),
            info["close_type"].whole_or(0),
            refund_state,
            is_part_shipped=_IS_SHIPPED in shipped,
        ),
        buyer=_buyer(shop, full["buyer_info"]["yz_open_id"]),
        phone_tail=None,
        created_at=info["created"].moment(),
        paid_at=info["pay_time"].moment_or_none(),
        shipped_at=info["consign_time"].moment_or_none(),
        payment=_payment(full["pay_info"]),
        lines=tuple(_line(shop, line, sent) for line in full["orders"]),
        updated_at=info["update_time"].moment_or_none(),
        marks=marks(full),
        raw=raw.raw(without=RECEIVERS),
    )
    return Trade(
        order=order,
        sealed_phone=full["address_info"]["receiver_tel"].text_or(""),
        has_refunds=refund_state != 0,
        refund_ids=tuple(refund["refund_id"].id() for refund in raw["refund_order"]),
        packages=tuple(
            Package(
                dist["express_info"]["express_id"].id(), dist["express_info"]["express_no"].id()
            )
            for delivery in raw["delivery_order"]
            for dist in delivery["dists"]
            if not dist["express_info"]["express_no"].is_null
        ),
    )


def _buyer(shop: str, raw: Wild) -> BuyerId | None:
    return None if raw.is_null else BuyerId(shop, raw.id())


def _payment(raw: Wild) -> Fen:
    """Read what was paid: `payment` is what was due, `real_payment` what came."""
    return (raw["payment"] if raw["real_payment"].is_null else raw["real_payment"]).yuan()


def _line(shop: str, raw: Wild, sent: set[str]) -> OrderLine:
    return OrderLine(
        item=ItemId(shop, raw["item_id"].id()),
        sku=raw["sku_id"].id_or("0"),
        title=raw["title"].text(),
        properties=_properties(raw),
        quantity=raw["num"].whole(),
        price=raw["payment"].yuan(),
        waits=bool(sent) and raw["oid"].id_or("") not in sent,
    )


def refund(raw: Wild) -> Refund:
    """Read a refund; its fee in yuan, though the flow of funds beside it is in fen."""
    state = status.REFUND.get(raw["status"].text(), RefundStatus.UNKNOWN)
    exchanges = _EXCHANGE in raw["demand_desc"].text_or("")
    if exchanges and state is RefundStatus.REFUNDING:
        state = RefundStatus.CLOSED
    updated_at = (raw["created"] if raw["modified"].is_null else raw["modified"]).moment()
    funds = tuple(raw["refund_fund_list"])
    if funds and all(fund["status"].whole() == _MONEY_IS_BACK for fund in funds):
        state = RefundStatus.REFUNDED
        updated_at = raw["refund_account_time"].moment_or_none() or updated_at
    return Refund(
        raw["refund_id"].id(), state, raw["refund_fee"].yuan(), updated_at, exchanges=exchanges
    )


def parcel(package: Package, raw: Wild) -> Parcel:
    """Read where a parcel is; `data` is JSON inside a text, [{time, context}]."""
    scans = () if raw["data"].is_null else tuple(_scan(scan) for scan in raw["data"].nested())
    return Parcel(
        carrier=raw["name"].text_or(""),
        tracking_no=package.express_no,
        status=status.PARCEL.get(raw["state"].whole_or(-1), ParcelStatus.UNKNOWN),
        scans=tuple(sorted(scans, key=_at, reverse=True)),
    )


def _scan(raw: Wild) -> Scan:
    return Scan(raw["time"].moment(), raw["context"].text())


def _at(scan: Scan) -> datetime:
    return scan.at


def member(raw: Wild) -> Member | None:
    """Read a customer's level (the free one before paid ones) and points."""
    levels = sorted(
        raw["level_infos"], key=lambda level: level["level_type"].whole_or(0) != _FREE_LEVEL
    )
    points = None if raw["points"].is_null else raw["points"].whole()
    if not levels:
        return None
    return Member(levels[0]["level_name"].text(), points)
