"""Kuaishou's answers as frozen values: fen, Unix milliseconds (0: never), one product an order."""

from datetime import datetime

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
    SkuStock,
)
from integrations.kuaishou import status
from integrations.phones import tail
from integrations.wild import Wild

RECEIVERS = frozenset(
    {"consignee", "mobile", "address", "rechargeAccount", "buyerNick", "buyerImage", "remark"}
)
"""Fields that tell who somebody is in plain text; masked and encrypted ones may stay."""

_VALID = 1
_TIMES = ("createTime", "updateTime", "endTime")


def is_on_sale(raw: Wild) -> bool:
    """Tell whether a product can be bought: it is on the shelf and has a SKU."""
    return raw["shelfStatus"].whole_or(_VALID) == _VALID and bool(_skus(raw))


def item(shop: str, raw: Wild) -> Item:
    """Read a product."""
    prices = [sku["skuSalePrice"].fen() for sku in _skus(raw)]
    return Item(
        id=ItemId(shop, raw["kwaiItemId"].id()),
        title=raw["title"].text(),
        price_low=min(prices),
        price_high=max(prices),
        url=raw["linkUrl"].text_or(""),
    )


def stock(item_id: ItemId, raw: Wild) -> tuple[SkuStock, ...]:
    """Read the SKUs of a product; one without variants has a single SKU without properties."""
    return tuple(
        SkuStock(
            item=item_id,
            sku=sku["kwaiSkuId"].id(),
            properties=tuple(
                (each["propName"].text(), each["propValueName"].text()) for each in sku["skuProp"]
            ),
            available=max(0, sku["skuStock"].whole()),
            price=sku["skuSalePrice"].fen(),
        )
        for sku in _skus(raw)
    )


def _skus(raw: Wild) -> list[Wild]:
    return [sku for sku in raw["skuList"] if sku["isValid"].whole_or(_VALID) == _VALID]


def changed_at(raw: Wild) -> datetime:
    """Read when an order changed, its refunds aside."""
    return raw["orderBaseInfo"]["updateTime"].millis()


def refund_ids(raw: Wild) -> tuple[int, ...]:
    """Read which refunds an order has; all else of them has to be asked for."""
    return tuple(each["refundId"].whole() for each in raw["orderRefundList"])


def order(shop: str, raw: Wild, refunds: tuple[Refund, ...]) -> Order:
    """Read an order, which is of one product."""
    base, buyer = raw["orderBaseInfo"], raw["orderBaseInfo"]["buyerOpenId"]
    paid_at = _moment(base["payTime"])
    return Order(
        shop=shop,
        number=base["oid"].id(),
        status=status.order_status(
            base["status"].whole(),
            is_paid=paid_at is not None,
            is_money_back=any(each.status is RefundStatus.REFUNDED for each in refunds),
        ),
        buyer=None if buyer.is_null else BuyerId(shop, buyer.id()),
        phone_tail=tail(raw["orderAddress"]["desensitiseMobile"]),
        created_at=base["createTime"].millis(),
        paid_at=paid_at,
        shipped_at=_moment(base["sendTime"]),
        payment=base["totalFee"].fen(),
        lines=(_line(shop, raw["orderItemInfo"], base["totalFee"]),),
        refunds=refunds,
        updated_at=max([changed_at(raw), *(each.updated_at for each in refunds)]),
        raw=raw.raw(without=RECEIVERS),
    )


def parcels(raw: Wild) -> tuple[Parcel, ...]:
    """Read what was sent of an order; carriers are numbers, "" for one that is not known."""
    return tuple(
        Parcel(
            carrier=status.CARRIERS.get(each["expressCode"].whole_or(0), ""),
            tracking_no=each["expressNo"].id(),
            status=ParcelStatus.UNKNOWN,
            scans=(),
        )
        for each in raw["orderLogisticsInfo"]
        if not each["expressNo"].is_null
    )


def refund(raw: Wild) -> Refund:
    """Read a refund; `handlingWay` 1 return, 10 refund, 3 exchange."""
    way = raw["handlingWay"].whole_or(0)
    times = [at for name in _TIMES if (at := _moment(raw[name])) is not None]
    if not times:
        raise raw["updateTime"].unreadable("a time")
    return Refund(
        id=raw["refundId"].id(),
        status=status.refund_status(raw["status"].whole(), way),
        amount=raw["refundFee"].fen(),
        updated_at=max(times),
        exchanges=way == status.EXCHANGE,
    )


def _line(shop: str, raw: Wild, paid: Wild) -> OrderLine:
    variant = raw["skuDesc"].text_or("")
    return OrderLine(
        item=ItemId(shop, raw["itemId"].id()),
        sku=raw["skuId"].id_or(""),
        title=raw["itemTitle"].text(),
        properties=(("规格", variant),) if variant else (),
        quantity=raw["num"].whole(),
        price=paid.fen(),
    )


def _moment(raw: Wild) -> datetime | None:
    return raw.millis() if raw.whole_or(0) > 0 else None
