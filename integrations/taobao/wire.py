"""TOP's answers as frozen values: yuan everywhere here, lists wrapped once more in a name."""

from dataclasses import dataclass
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
    Scan,
    SkuStock,
)
from integrations.phones import masked_tail
from integrations.taobao import status
from integrations.taobao.marks import marks
from integrations.wild import Wild

ITEM_FIELDS = "num_iid,title,price,detail_url"
STOCK_FIELDS = "num_iid,title,price,num,with_hold_quantity,skus"
ORDER_FIELDS = (
    "tid,status,type,step_trade_status,payment,created,pay_time,consign_time,modified,"
    "buyer_open_uid,receiver_mobile,"
    "orders.oid,orders.num_iid,orders.sku_id,orders.title,orders.sku_properties_name,orders.num,"
    "orders.payment,orders.divide_order_fee,orders.status,orders.refund_id,orders.refund_status,"
    "orders.logistics_company,orders.invoice_no"
)
RECEIVERS = frozenset(
    {"buyer_nick", "receiver_name", "receiver_mobile", "receiver_phone", "receiver_address"}
)
"""Fields of an order that tell who and where somebody is, masked for most apps but not for all."""

REFUND_FIELDS = "refund_id,status,refund_fee,created,modified,dispute_type"


@dataclass(frozen=True, slots=True)
class Trade:
    """An order with what else must be asked for it.

    `packed` names one sub-order of each parcel; `is_split` tells that a parcel holds only a part.
    """

    order: Order
    refund_ids: tuple[str, ...]
    packed: tuple[str, ...]
    is_split: bool


def item(shop: str, raw: Wild) -> Item:
    """Read a product of a list; it shows one price, whatever its SKUs cost."""
    price = raw["price"].yuan()
    return Item(
        id=ItemId(shop, raw["num_iid"].id()),
        title=raw["title"].text(),
        price_low=price,
        price_high=price,
        url=raw["detail_url"].text_or(""),
    )


def stock(item_id: ItemId, raw: Wild) -> tuple[SkuStock, ...]:
    """Read the SKUs of a product; a product without SKUs is one without properties."""
    skus = tuple(
        SkuStock(
            item=item_id,
            sku=sku["sku_id"].id(),
            properties=_properties(sku["properties_name"]),
            available=_available(sku, "quantity"),
            price=sku["price"].yuan(),
        )
        for sku in raw["skus"]["sku"]
    )
    if skus:
        return skus
    return (SkuStock(item_id, "0", (), _available(raw, "num"), raw["price"].yuan()),)


def _available(raw: Wild, name: str) -> int:
    return max(0, raw[name].whole() - raw["with_hold_quantity"].whole_or(0))


def _properties(raw: Wild) -> tuple[tuple[str, str], ...]:
    """Read "1627207:28320:颜色:白色;20509:28314:尺码:22"; orders write "颜色:白色;尺码:22"."""
    found = []
    for part in raw.text_or("").split(";"):
        words = part.split(":")
        if len(words) >= 4:
            found.append((words[2], ":".join(words[3:])))
        elif len(words) >= 2:
            found.append((words[0], ":".join(words[1:])))
    return tuple(found)


def trade(shop: str, raw: Wild) -> Trade:
    """Read one order."""
    lines = tuple(raw["orders"]["order"])
    order = Order(
        shop=shop,
        number=raw["tid"].id(),
        status=status.ORDER.get(raw["status"].text(), OrderStatus.UNKNOWN),
        buyer=_buyer(shop, raw["buyer_open_uid"]),
        phone_tail=masked_tail(raw["receiver_mobile"]),
        created_at=raw["created"].moment(),
        paid_at=raw["pay_time"].moment_or_none(),
        shipped_at=raw["consign_time"].moment_or_none(),
        payment=raw["payment"].yuan(),
        lines=tuple(_line(shop, line) for line in lines),
        updated_at=raw["modified"].moment_or_none(),
        marks=marks(raw),
        raw=raw.raw(without=RECEIVERS),
    )
    refund_ids = dict.fromkeys(
        line["refund_id"].id() for line in lines if not line["refund_id"].is_null
    )
    first_in: dict[str, str] = {}
    for line in lines:
        if not line["invoice_no"].is_null:
            first_in.setdefault(line["invoice_no"].id(), line["oid"].id())
    is_split = len(first_in) > 1 or any(line["invoice_no"].is_null for line in lines)
    return Trade(order, tuple(refund_ids), tuple(first_in.values()), is_split)


def _buyer(shop: str, raw: Wild) -> BuyerId | None:
    return None if raw.is_null else BuyerId(shop, raw.id())


def _line(shop: str, raw: Wild) -> OrderLine:
    paid = raw["payment"] if raw["divide_order_fee"].is_null else raw["divide_order_fee"]
    return OrderLine(
        item=ItemId(shop, raw["num_iid"].id()),
        sku=raw["sku_id"].id_or("0"),
        title=raw["title"].text(),
        properties=_properties(raw["sku_properties_name"]),
        quantity=raw["num"].whole(),
        price=paid.yuan(),
        waits=raw["status"].text_or("") == "WAIT_SELLER_SEND_GOODS",
    )


def refund(raw: Wild) -> Refund:
    """Read a refund; its fee in yuan."""
    state, dispute_type = raw["status"].text(), raw["dispute_type"].text_or("")
    return Refund(
        id=raw["refund_id"].id(),
        status=status.refund_status(state, dispute_type),
        amount=raw["refund_fee"].yuan(),
        updated_at=(raw["created"] if raw["modified"].is_null else raw["modified"]).moment(),
        exchanges=status.is_exchange(state, dispute_type),
    )


def parcel(raw: Wild) -> Parcel:
    """Read a parcel's way; the newest scan tells where it is."""
    steps = sorted(raw["trace_list"]["transit_step_info"], key=_time_of, reverse=True)
    return Parcel(
        carrier=raw["company_name"].text_or(""),
        tracking_no=raw["out_sid"].id(),
        status=_parcel_status(steps[0]) if steps else ParcelStatus.UNKNOWN,
        scans=tuple(Scan(_time_of(step), step["status_desc"].text()) for step in steps),
    )


def _time_of(raw: Wild) -> datetime:
    return raw["status_time"].moment()


def _parcel_status(raw: Wild) -> ParcelStatus:
    return status.parcel_status(raw["action"].text_or(""), raw["status_desc"].text())


def grade(raw: Wild) -> str | None:
    """Read the name of a buyer's grade; None for one who is no member."""
    for member in raw["members"]["crm_member"]:
        return member["grade_name"].text()
    return None


def points(raw: Wild) -> int | None:
    """Read a member's points, None where the shop has none."""
    return None if raw["result"].is_null else raw["result"].whole()
