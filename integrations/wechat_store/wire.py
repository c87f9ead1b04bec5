"""WeChat Store's answers as frozen values: fen and Unix seconds everywhere."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Refund,
    RefundStatus,
    SkuStock,
)
from desk.shops.powers import CouponState, HeldCoupon
from integrations.wechat_store import status
from integrations.wechat_store.stock import Counted
from integrations.wild import Wild

_ON_SALE = 5
_VIRTUAL_PHONE = 1
_PRESALE = 1
_TAIL = re.compile(r"(?:\d{3,7}\*+|\d{7})(\d{4})")
_RECEIVER = frozenset(
    {
        "user_name",
        "detail_info",
        "house_number",
        "tel_number",
        "tel_number_ext_info",
        "virtual_order_tel_number",
        "virtual_number_info",
        "virtual_tel_number",
        "purchaser_phone",
        # Free text: phones and addresses are written into it.
        "customer_notes",
        "merchant_notes",
        "present_note",
    }
)


@dataclass(frozen=True, slots=True)
class Sale:
    """An order with what else stands in its answer; after-sales are only named there."""

    order: Order
    refund_ids: tuple[str, ...]
    parcels: tuple[Parcel, ...]

    def with_refunds(self, refunds: tuple[Refund, ...]) -> Order:
        """The whole order; a refund that moved later than the order is its last change."""
        moments = [refund.updated_at for refund in refunds]
        last = max([*moments, self.order.updated_at or self.order.created_at])
        return replace(self.order, refunds=refunds, updated_at=last)


def is_on_sale(raw: Wild) -> bool:
    """Tell whether a product can be bought; 6 to 20 are the ways of being taken down."""
    return raw["status"].whole_or(_ON_SALE) == _ON_SALE


def item(shop: str, raw: Wild, url: str) -> Item:
    """Read a product of `product/get`."""
    prices = [sku["sale_price"].fen() for sku in raw["skus"]] or [raw["min_price"].fen()]
    number = ItemId(shop, raw["product_id"].id())
    return Item(number, raw["title"].text(), min(prices), max(prices), url)


def stock(item_id: ItemId, raw: Wild, counts: Mapping[str, Counted]) -> tuple[SkuStock, ...]:
    """Read the SKUs of a product; one without variants has one SKU without attributes."""
    return tuple(_sku(item_id, sku, counts.get(sku["sku_id"].id())) for sku in raw["skus"])


def _sku(item_id: ItemId, raw: Wild, count: Counted | None) -> SkuStock:
    """Read a SKU; its own `stock_num` counts where the stock was not told apart."""
    return SkuStock(
        item=item_id,
        sku=raw["sku_id"].id(),
        properties=_properties(raw),
        available=max(0, raw["stock_num"].whole()) if count is None else count.available,
        price=raw["sale_price"].fen(),
        places=() if count is None else count.places,
    )


def _properties(raw: Wild) -> tuple[tuple[str, str], ...]:
    return tuple((attr["attr_key"].text(), attr["attr_value"].text()) for attr in raw["sku_attrs"])


def sale(shop: str, raw: Wild) -> Sale:
    """Read the `order` of `order/get`."""
    detail = raw["order_detail"]
    delivery = detail["delivery_info"]
    sent = tuple(delivery["delivery_product_info"])
    lines = tuple(detail["product_infos"])
    order = Order(
        shop=shop,
        number=raw["order_id"].id(),
        status=status.ORDER.get(raw["status"].whole(), OrderStatus.UNKNOWN),
        buyer=None if raw["openid"].is_null else BuyerId(shop, raw["openid"].text()),
        phone_tail=phone_tail(delivery["address_info"]),
        created_at=raw["create_time"].seconds(),
        paid_at=_moment(detail["pay_info"]["pay_time"]),
        shipped_at=_shipped_at(delivery["ship_done_time"], sent),
        payment=detail["price_info"]["order_price"].fen(),
        lines=_lines(shop, lines, sent),
        updated_at=raw["update_time"].seconds(),
        unionid=raw["unionid"].text_or(""),
        marks=_marks(raw, lines),
        raw=raw.raw(without=_RECEIVER),
    )
    refunds = raw["aftersale_detail"]["aftersale_order_list"]
    return Sale(
        order,
        tuple(refund["aftersale_order_id"].id() for refund in refunds),
        tuple(_parcel(parcel) for parcel in sent if not parcel["waybill_id"].is_null),
    )


def _moment(raw: Wild) -> datetime | None:
    """Read Unix seconds, of which 0 stands for "not yet"."""
    return raw.seconds() if raw.whole_or(0) else None


def _shipped_at(done: Wild, sent: tuple[Wild, ...]) -> datetime | None:
    moments = [parcel["delivery_time"] for parcel in sent]
    first = min((at.seconds() for at in moments if at.whole_or(0)), default=None)
    return first or _moment(done)


def _lines(shop: str, lines: tuple[Wild, ...], sent: tuple[Wild, ...]) -> tuple[OrderLine, ...]:
    """Read the lines; where something is sent, a line waits that is not wholly in a parcel."""
    packed: Counter[tuple[str, str]] = Counter()
    for parcel in sent:
        for part in parcel["product_infos"]:
            packed[part["product_id"].id(), part["sku_id"].id()] += part["product_cnt"].whole()
    return tuple(_line(shop, line, packed if sent else None) for line in lines)


def _line(shop: str, raw: Wild, packed: Counter[tuple[str, str]] | None) -> OrderLine:
    """Read a line; `real_price` is what all its pieces cost, `sale_price` what one did."""
    quantity = raw["sku_cnt"].whole()
    product, sku = raw["product_id"].id(), raw["sku_id"].id()
    return OrderLine(
        item=ItemId(shop, product),
        sku=sku,
        title=raw["title"].text(),
        properties=_properties(raw),
        quantity=quantity,
        price=raw["real_price"].fen(),
        waits=packed is not None and packed[product, sku] < quantity,
    )


def _marks(raw: Wild, lines: tuple[Wild, ...]) -> tuple[str, ...]:
    present = ("礼物",) if raw["is_present"].is_true() else ()
    stocks = [line["sku_deliver_info"]["stock_type"].whole_or(0) for line in lines]
    return (*present, *(("预售",) if _PRESALE in stocks else ()))


def _parcel(raw: Wild) -> Parcel:
    """Read a parcel; the platform does not tell where it is."""
    carrier = raw["delivery_name"].text_or("") or raw["delivery_id"].text_or("")
    return Parcel(carrier, raw["waybill_id"].id(), ParcelStatus.UNKNOWN, ())


def phone_tail(address: Wild) -> str | None:
    """Read the last four digits of the receiver's own phone, shown as 138****5678.

    Behind a virtual number the masked real one stands in `tel_number_ext_info`, and `tel_number`
    is empty, or the virtual one in plain digits, which is nobody's.
    """
    own = address["tel_number_ext_info"]["real_tel_number"].text_or("")
    other = address["tel_number"].text_or("")
    is_virtual = address["use_tel_number"].whole_or(0) == _VIRTUAL_PHONE
    shown = _TAIL.fullmatch(own or (other if "*" in other or not is_virtual else ""))
    return shown[1] if shown else None


def refund(raw: Wild) -> Refund:
    """Read the `after_sale_order` of `aftersale/getaftersaleorder`."""
    state = status.REFUND.get(raw["status"].text(), RefundStatus.UNKNOWN)
    updated_at = raw["create_time"] if raw["update_time"].is_null else raw["update_time"]
    exchanges = raw["type"].text_or("") == "EXCHANGE" and state is not RefundStatus.REFUNDED
    return Refund(
        id=raw["after_sale_order_id"].id(),
        status=state,
        amount=raw["refund_info"]["amount"].fen(),
        updated_at=updated_at.seconds(),
        exchanges=exchanges,
    )


def held_coupon(raw: Wild) -> HeldCoupon:
    """Read one coupon of a user; its code is its own number, which `get_user_coupon` takes."""
    return HeldCoupon(
        coupon_id=raw["coupon_id"].id(),
        code=raw["user_coupon_id"].id(),
        state=status.COUPON.get(raw["status"].whole(), CouponState.UNKNOWN),
        expires_at=_moment(raw["end_time"]),
    )
