"""An order as a TOP Trade: masked receivers, ids as numbers with `_str` twins, yuan strings."""

import hashlib

from sandbox.shops.ledger import Line, Order
from sandbox.shops.taobao.items import picture, sku_words
from sandbox.shops.taobao.shapes import Fields, Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json, beijing, mask_mobile, mask_name, yuan

# TOP gives the address id only to a call that asks for all of these.
OAID_COMPANIONS = (
    "receiver_name",
    "receiver_address",
    "created",
    "receiver_mobile",
    "receiver_phone",
)
UNPAID = (
    "TRADE_NO_CREATE_PAY",
    "WAIT_BUYER_PAY",
    "PAY_PENDING",
    "WAIT_PRE_AUTH_CONFIRM",
    "TRADE_CLOSED_BY_TAOBAO",
)


def trade_type(order: Order) -> str:
    """Cash on delivery for the one that was signed before it was done, else as seeded."""
    return "cod" if order.status == "TRADE_BUYER_SIGNED" else order.kind or "guarantee_trade"


def step_status(order: Order) -> str:
    """How far a presale is paid; its first step is, wherever it can be seen."""
    if order.kind != "step":
        return ""
    return "FRONT_PAID_FINAL_PAID" if order.paid else "FRONT_PAID_FINAL_NOPAID"


def trade_row(shop: TaobaoShop, order: Order, fields: Fields) -> Json:
    """The Trade object cut to `fields`."""
    row = {**_trade(order), **_people(shop, order)}
    row["orders"] = Rows("order", [_line(shop, order, line) for line in order.lines])
    if not all(name in fields for name in OAID_COMPANIONS):
        del row["oaid"]
    row = {name: value for name, value in row.items() if value not in ("", None)}
    return fields.of(row)


def _trade(order: Order) -> Json:
    received = order.payment if order.status == "TRADE_FINISHED" else 0
    return {
        "tid": int(order.number),
        "tid_str": order.number,
        "status": order.status,
        "type": trade_type(order),
        "step_trade_status": step_status(order),
        "title": "小满母婴旗舰店",
        "num": sum(line.num for line in order.lines),
        "payment": yuan(order.payment),
        "total_fee": yuan(order.total),
        "post_fee": yuan(0),
        "discount_fee": yuan(order.discount),
        "received_payment": yuan(received),
        "created": beijing(order.created),
        "modified": beijing(order.updated),
        "pay_time": beijing(order.paid),
        "consign_time": beijing(order.shipped),
        "end_time": beijing(order.success or (order.updated if _closed(order) else None)),
        "seller_memo": order.memo,
        "buyer_message": order.message,
        "shipping_type": "express",
    }


def _closed(order: Order) -> bool:
    return order.status in ("TRADE_CLOSED", "TRADE_CLOSED_BY_TAOBAO")


def _people(shop: TaobaoShop, order: Order) -> Json:
    buyer = shop.buyer(order.buyer)
    where = f"{buyer.open_uid}{buyer.address}{order.number}".encode()
    return {
        "buyer_nick": mask_name(buyer.nick),
        "buyer_open_uid": buyer.open_uid,
        "receiver_name": mask_name(buyer.name),
        "receiver_mobile": mask_mobile(buyer.mobile),
        "receiver_phone": "",
        "receiver_state": buyer.state,
        "receiver_city": buyer.city,
        "receiver_district": buyer.district,
        "receiver_address": buyer.address[:3] + "***",
        "receiver_zip": "000000",
        "oaid": hashlib.sha256(where).hexdigest()[:40],
    }


def _line(shop: TaobaoShop, order: Order, line: Line) -> Json:
    parcel = next((parcel for parcel in order.parcels if line in parcel.lines), None)
    refund = next((each for each in order.refunds if each.line is line), None)
    row: Json = {
        "oid": int(line.oid),
        "oid_str": line.oid,
        "num_iid": int(line.item.item_id),
        "sku_id": str(line.sku.sku_id) if line.sku.sku_id else "",
        "sku_properties_name": sku_words(line.item, line.sku),
        "outer_iid": line.item.product.key.upper(),
        "outer_sku_id": line.sku.outer_id,
        "title": line.item.product.title,
        "pic_path": picture(shop, line.item),
        "num": line.num,
        "price": yuan(line.sku.price),
        "total_fee": yuan(line.total),
        "payment": yuan(line.payment),
        "divide_order_fee": yuan(line.payment),
        "status": _line_status(order, line),
        "refund_status": line.refund or "NO_REFUND",
        "refund_id": int(refund.refund_id) if refund else None,
        "logistics_company": parcel.company if parcel else "",
        "invoice_no": parcel.waybill if parcel else "",
        "consign_time": beijing(order.shipped) if parcel else "",
    }
    return {name: value for name, value in row.items() if value not in ("", None)}


def _line_status(order: Order, line: Line) -> str:
    if line.refund == "SUCCESS":
        return "TRADE_CLOSED"
    if order.status == "SELLER_CONSIGNED_PART":
        return "WAIT_BUYER_CONFIRM_GOODS" if line.shipped else "WAIT_SELLER_SEND_GOODS"
    return order.status
