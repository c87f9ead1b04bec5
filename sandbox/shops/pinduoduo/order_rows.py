"""An order as the gateway writes it: yuan, Beijing times, receivers sealed or not there at all."""

import base64
import hashlib

from sandbox.shops.ledger import Line, Order
from sandbox.shops.pinduoduo.carriers import carrier_of
from sandbox.shops.pinduoduo.goods import picture, words
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.pinduoduo.states import State, latest, refund_figure, state_of
from sandbox.shops.wire import Json, beijing, yuan


def order_row(shop: PinduoduoShop, order: Order) -> Json:
    """The whole object; money as decimal texts, "" for what has not happened."""
    state, case = state_of(order), latest(order)
    return {
        "order_sn": order.number,
        "confirm_status": state.confirm,
        "group_status": state.group,
        "order_status": state.order,
        "refund_status": refund_figure(order),
        "after_sales_status": int(case.status) if case else 0,
        "risk_control_status": int(state.is_checked),
        "trade_type": 0,
        "is_lucky_flag": 1,
        "is_pre_sale": 0,
        "pay_type": "WEIXIN" if order.paid else "",
        **_money(order),
        **_times(order, state),
        **_way(order),
        **_people(shop, order, state),
        "item_list": [_item(shop, line) for line in order.lines],
        "remark": order.memo,
        "buyer_memo": order.message,
    }


def with_numbers(row: Json) -> Json:
    """The same with money as numbers: details write it so, lists as texts."""
    names = (
        "goods_amount",
        "discount_amount",
        "seller_discount",
        "platform_discount",
        "capital_free_discount",
        "postage",
        "pay_amount",
    )
    return {name: float(str(row[name])) if name in names else row[name] for name in row}


def _money(order: Order) -> Json:
    return {
        "goods_amount": yuan(order.total),
        "discount_amount": yuan(order.discount),
        "seller_discount": yuan(order.discount),
        "platform_discount": yuan(0),
        "capital_free_discount": yuan(0),
        "postage": yuan(0),
        "pay_amount": yuan(order.payment),
    }


def _times(order: Order, state: State) -> Json:
    return {
        "created_time": beijing(order.created),
        "pay_time": beijing(order.paid),
        "confirm_time": beijing(order.paid if state.confirm else None),
        "shipping_time": beijing(order.shipped),
        "receive_time": beijing(order.success),
        "updated_at": beijing(order.updated),
    }


def _way(order: Order) -> Json:
    """The first parcel stands in the order itself, further ones in a list."""
    ways = [
        {"logistics_id": carrier_of(each.company).number, "tracking_number": each.waybill}
        for each in order.parcels
    ]
    first: Json = dict(ways[0]) if ways else {"logistics_id": 0, "tracking_number": ""}
    return {**first, "extra_delivery_list": ways[1:]}


def _seal(text: str, number: str) -> str:
    return base64.b64encode(hashlib.sha256(f"{number}{text}".encode()).digest()[:27]).decode()


def _people(shop: PinduoduoShop, order: Order, state: State) -> Json:
    """Sealed while the parcel is to be packed, empty otherwise; masks for eyes only."""
    buyer, number = shop.buyer(order.buyer), order.number
    where = f"{buyer.province}{buyer.city}{buyer.town}{buyer.address}"
    is_told = state.is_to_be_sent
    return {
        "country": "中国",
        "province": buyer.province,
        "city": buyer.city,
        "town": buyer.town,
        "receiver_name": f"~AgAAAA{_seal(buyer.name, number)}~0~~" if is_told else "",
        "receiver_phone": f"${_seal(buyer.mobile, number)}$0$$" if is_told else "",
        "receiver_address": f"~AgAAAA{_seal(where, number)}~0~~" if is_told else "",
        "address": f"~AgAAAA{_seal(buyer.address, number)}~0~~" if is_told else "",
        "receiver_name_mask": buyer.name[0] + "*" * (len(buyer.name) - 1),
        "receiver_phone_mask": f"{buyer.mobile[0]}*********{buyer.mobile[-1]}",
        "receiver_address_mask": f"{buyer.address[:3]}***",
    }


def _item(shop: PinduoduoShop, line: Line) -> Json:
    return {
        "goods_id": int(line.item.item_id),
        "sku_id": line.sku.sku_id,
        "goods_name": line.item.product.title,
        "goods_spec": words(line.sku),
        "goods_count": line.num,
        "goods_price": yuan(line.sku.price),
        "goods_img": picture(shop, line.item),
        "outer_id": line.sku.outer_id,
        "outer_goods_id": line.item.product.key.upper(),
    }
