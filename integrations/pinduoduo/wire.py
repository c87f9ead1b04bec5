"""Pinduoduo's answers as frozen values: goods in fen, orders and refunds in yuan."""

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise

from desk.kernel.money import Fen
from desk.shops.port import (
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Refund,
    RefundStatus,
    Scan,
    SkuStock,
)
from integrations.phones import masked_tail
from integrations.pinduoduo import status
from integrations.pinduoduo.marks import marks
from integrations.pinduoduo.status import State
from integrations.wild import Wild

PERSONAL = frozenset(
    {
        "receiver_name",
        "receiver_phone",
        "receiver_address",
        "address",
        "contact_mobile",
        "id_card_name",
        "id_card_num",
        "card_info_list",
        "buyer_memo",
        "remark",
    }
)
"""Fields of an order that tell who and where somebody is, and what people wrote beside them."""

_NUMBER = re.compile(r"\d{6}-\d{6,20}", re.ASCII)


def is_order_number(text: str) -> bool:
    """Tell whether Pinduoduo writes its orders so: 261118-093512447180026."""
    return _NUMBER.fullmatch(text) is not None


def stock(item_id: ItemId, raw: Wild) -> tuple[SkuStock, ...]:
    """Read the SKUs of a product. `multi_price` is what people pay, alone it costs more."""
    return tuple(
        SkuStock(
            item=item_id,
            sku=sku["sku_id"].id(),
            properties=tuple(
                (part["parent_name"].text(), part["spec_name"].text()) for part in sku["spec"]
            ),
            available=_available(sku),
            price=sku["multi_price"].fen(),
        )
        for sku in raw["sku_list"]
    )


def _available(sku: Wild) -> int:
    """Pieces of a SKU that is on sale, those of unpaid orders taken off."""
    if sku["is_onsale"].whole_or(1) == 0:
        return 0
    return max(0, sku["quantity"].whole() - sku["reserve_quantity"].whole_or(0))


def item(item_id: ItemId, title: str, skus: tuple[SkuStock, ...], url: str) -> Item | None:
    """Make a product of what a list says of it and what its SKUs cost; None without SKUs."""
    if not skus:
        return None
    prices = [sku.price for sku in skus]
    return Item(item_id, title, min(prices), max(prices), url)


def order(shop: str, raw: Wild, refunds: tuple[Refund, ...]) -> Order:
    """Read one order; whose it is, is hidden."""
    state, payment = _state(raw), raw["pay_amount"].yuan()
    back = sum(each.amount for each in refunds if each.status is RefundStatus.REFUNDED)
    found = status.order_status(state, is_all_back=bool(refunds) and back >= payment)
    return Order(
        shop=shop,
        number=raw["order_sn"].id(),
        status=found,
        buyer=None,
        phone_tail=masked_tail(raw["receiver_phone_mask"]),
        created_at=raw["created_time"].moment(),
        paid_at=raw["pay_time"].moment_or_none(),
        shipped_at=raw["shipping_time"].moment_or_none(),
        payment=payment,
        lines=_lines(shop, raw, payment, waits=found is OrderStatus.PAID),
        refunds=refunds,
        updated_at=raw["updated_at"].moment_or_none(),
        marks=marks(raw),
        raw=raw.raw(without=PERSONAL),
    )


def _state(raw: Wild) -> State:
    return State(
        confirm=raw["confirm_status"].whole(),
        group=raw["group_status"].whole_or(1),
        order=raw["order_status"].whole(),
        refund=raw["refund_status"].whole_or(1),
        is_checked=raw["risk_control_status"].whole_or(0) == 1,
    )


def has_refunds(raw: Wild) -> bool:
    """Tell whether an order has, or had, an after-sales case."""
    return raw["after_sales_status"].whole_or(0) != 0 or raw["refund_status"].whole_or(1) > 1


def _lines(shop: str, raw: Wild, payment: Fen, *, waits: bool) -> tuple[OrderLine, ...]:
    """Read the lines; what was paid is told of the whole order, and shared here by their prices."""
    lines = tuple(raw["item_list"])
    full = [line["goods_price"].yuan() * line["goods_count"].whole() for line in lines]
    postage = Fen(0) if raw["postage"].is_null else raw["postage"].yuan()
    paid = _shares(max(0, payment - postage), full)
    return tuple(
        OrderLine(
            item=ItemId(shop, line["goods_id"].id()),
            sku=line["sku_id"].id_or("0"),
            title=line["goods_name"].text(),
            properties=_properties(line["goods_spec"].text_or("")),
            quantity=line["goods_count"].whole(),
            price=Fen(price),
            waits=waits,
        )
        for line, price in zip(lines, paid, strict=True)
    )


def _shares(amount: int, weights: list[int]) -> list[int]:
    """Share an amount by weights, to the last fen."""
    whole = sum(weights)
    if whole <= 0:
        return [amount if at == 0 else 0 for at in range(len(weights))]
    upto = [amount * sum_ // whole for sum_ in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(upto)]


def _properties(spec: str) -> tuple[tuple[str, str], ...]:
    """Read "粉色,22": an order tells the values, not what they are values of."""
    return tuple(("规格", value) for value in spec.split(",") if value)


def refund(raw: Wild) -> Refund:
    """Read an after-sales case; its amount in yuan."""
    state, kind = raw["after_sales_status"].whole(), raw["after_sales_type"].whole_or(0)
    changed = raw["created_time"] if raw["updated_time"].is_null else raw["updated_time"]
    return Refund(
        id=raw["id"].id(),
        status=status.refund_status(state),
        amount=raw["refund_amount"].yuan(),
        updated_at=changed.moment(),
        exchanges=status.is_exchange(state, kind),
    )


def packages(raw: Wild) -> tuple[tuple[str, str], ...]:
    """Read carrier's number and tracking number of each parcel of an order, the first one first."""
    found = [
        (each["logistics_id"].id_or(""), each["tracking_number"].id())
        for each in (raw, *raw["extra_delivery_list"])
        if not each["tracking_number"].is_null
    ]
    return tuple(dict.fromkeys(found))


def parcel(carrier: str, tracking_no: str, steps: Iterable[Wild]) -> Parcel:
    """Read a parcel's way; the newest scan tells where it is."""
    ordered = sorted(steps, key=lambda step: step["status_time"].moment(), reverse=True)
    return Parcel(
        carrier=carrier,
        tracking_no=tracking_no,
        status=status.parcel_status(ordered[0]["action"].text_or(""))
        if ordered
        else ParcelStatus.UNKNOWN,
        scans=tuple(
            Scan(step["status_time"].moment(), step["status_desc"].text()) for step in ordered
        ),
    )
