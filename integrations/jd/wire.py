"""JD's answers as frozen values: yuan, Beijing time, receivers masked."""

import re
from dataclasses import dataclass
from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    SkuStock,
)
from integrations.jd import status
from integrations.jd.carriers import parcels
from integrations.wild import Wild

SKU_FIELDS = "skuId,wareId,wareTitle,skuName,jdPrice,stockNum,saleAttrs,status"
ORDER_FIELDS = (
    "orderId,orderState,orderType,orderTotalPrice,actualPay,shouldPay,freightPrice,sellerDiscount,"
    "orderStartTime,paymentConfirmTime,orderEndTime,modified,waybill,logisticsId,consigneeInfo,"
    "itemInfoList,open_id_buyer"
)
RECEIVERS = frozenset(
    {"consigneeInfo", "originalConsigneeInfo", "pin", "realPin", "invoiceEasyInfo", "vatInfo"}
)
"""Fields of an order that tell who and where somebody is, masked for most apps but not for all."""

_PAGE = "https://item.jd.com/{sku}.html"
_AXES = {1: "颜色", 2: "尺码"}
_MOBILE = re.compile(r"1\d{2}(?:\*{4}|\d{4})(\d{4})")
_NEVER = ("0001-", "1970-01-01 0")


@dataclass(frozen=True, slots=True)
class Sale:
    """An order with the parcels that stand in it; its refunds have to be asked for."""

    order: Order
    parcels: tuple[Parcel, ...]

    @property
    def may_be_applied_for(self) -> bool:
        """Tell whether money was paid that a refund could give back."""
        state = self.order.status
        unpaid = state is OrderStatus.CANCELLED and self.order.paid_at is None
        return state is not OrderStatus.PENDING and not unpaid

    @property
    def may_have_services(self) -> bool:
        """Tell whether the goods were sent, so that they can come back."""
        before = {OrderStatus.PAID, OrderStatus.ON_HOLD, OrderStatus.CANCELLED}
        return self.may_be_applied_for and self.order.status not in before


def items(shop: str, skus: list[Wild]) -> list[Item]:
    """Read the products out of a list of their SKUs; the page of a product is its first SKU's."""
    by_ware: dict[str, list[Wild]] = {}
    for sku in skus:
        by_ware.setdefault(sku["wareId"].id(), []).append(sku)
    found = []
    for ware, rows in by_ware.items():
        prices = [row["jdPrice"].yuan() for row in rows]
        page = _PAGE.format(sku=rows[0]["skuId"].id())
        title = rows[0]["wareTitle"].text()
        found.append(Item(ItemId(shop, ware), title, min(prices), max(prices), page))
    return found


def stock(item_id: ItemId, skus: list[Wild]) -> tuple[SkuStock, ...]:
    """Read the SKUs of a product; JD names no axes but numbers them, colour first."""
    return tuple(
        SkuStock(
            item=item_id,
            sku=sku["skuId"].id(),
            properties=tuple(
                (_AXES.get(axis["index"].whole_or(0), "规格"), value.text())
                for axis in sku["saleAttrs"]
                for value in list(axis["attrValueAlias"])[:1]
            ),
            available=max(0, sku["stockNum"].whole()),
            price=sku["jdPrice"].yuan(),
        )
        for sku in skus
    )


def sale(shop: str, raw: Wild) -> Sale:
    """Read one order, without its refunds."""
    paid_at = moment(raw["paymentConfirmTime"])
    payment = _payment(raw, is_paid=paid_at is not None)
    freight = Fen(0) if raw["freightPrice"].is_null else raw["freightPrice"].yuan()
    order = Order(
        shop=shop,
        number=raw["orderId"].id(),
        status=status.ORDER.get(raw["orderState"].text(), OrderStatus.UNKNOWN),
        buyer=_buyer(shop, raw["open_id_buyer"]),
        phone_tail=phone_tail(raw["consigneeInfo"]["mobile"]),
        created_at=raw["orderStartTime"].moment(),
        paid_at=paid_at,
        shipped_at=None,
        payment=payment,
        lines=_lines(shop, list(raw["itemInfoList"]), max(0, payment - freight)),
        updated_at=moment(raw["modified"]),
        raw=raw.raw(without=RECEIVERS),
    )
    return Sale(order, parcels(raw["logisticsId"].id_or(""), raw["waybill"].id_or("")))


def moment(raw: Wild) -> datetime | None:
    """Read a time that JD writes as 0001-01-01 (or 1970-01-01) when it never was."""
    written = raw.text_or("")
    return None if not written or written.startswith(_NEVER) else raw.moment()


def phone_tail(raw: Wild) -> str | None:
    """Read the last four digits of a mobile; a virtual number (it has an extension) has none."""
    found = _MOBILE.fullmatch(raw.text_or("").strip())
    return found.group(1) if found else None


def _buyer(shop: str, raw: Wild) -> BuyerId | None:
    return None if raw.is_null else BuyerId(shop, raw.id())


def _payment(raw: Wild, *, is_paid: bool) -> Fen:
    """`actualPay` comes late for orders just paid, and never for unpaid ones."""
    if is_paid and not raw["actualPay"].is_null:
        return raw["actualPay"].yuan()
    return (raw["orderTotalPrice"] if raw["shouldPay"].is_null else raw["shouldPay"]).yuan()


def _lines(shop: str, raws: list[Wild], goods: int) -> tuple[OrderLine, ...]:
    """Read the lines; JD tells list prices only, so each bears its share of what was taken off.

    `goods` is what was paid for all of them, in fen; `skuName` has title and variant in one.
    """
    full = [raw["jdPrice"].yuan() * raw["itemTotal"].whole() for raw in raws]
    total = sum(full)
    shares = [goods * each // total if total else 0 for each in full]
    if shares:
        shares[0] += goods - sum(shares)
    return tuple(
        OrderLine(
            item=ItemId(shop, raw["wareId"].id_or(raw["skuId"].id())),
            sku=raw["skuId"].id(),
            title=raw["skuName"].text(),
            properties=(),
            quantity=raw["itemTotal"].whole(),
            price=Fen(share),
        )
        for raw, share in zip(raws, shares, strict=True)
    )
