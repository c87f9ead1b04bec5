"""Control: customers write, click, enter, take back; new customers appear."""

from collections.abc import Callable

from aiohttp import web

from sandbox.control.asked import post, session
from sandbox.jsontext import JsonObject
from sandbox.people import Customer
from sandbox.wecom import customer_side
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.errors import ApiError
from sandbox.wecom.media_store import Medium
from sandbox.wecom.params import Params

# A one-pixel PNG, so that a picture message has something to download.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cfc0f01f0005000201a5d6a4e50000000049454e44ae426082"
)


def routes(corp: Corp) -> list[web.RouteDef]:
    """The customer's side."""
    return [
        post("/sandbox/customers", corp, create),
        post("/sandbox/customer/message", corp, message),
        post("/sandbox/customer/enter", corp, enter),
        post("/sandbox/customer/recall", corp, recall),
        post("/sandbox/customer/send_fail", corp, send_fail),
    ]


async def create(corp: Corp, asked: Params) -> JsonObject:
    """A new customer; without `external_userid` one is made up."""
    first = next(iter(corp.accounts))
    customer = Customer(
        external_userid=asked.optional_text("external_userid") or new_id("wm"),
        nickname=asked.optional_text("nickname") or "新顾客",
        open_kfid=asked.optional_text("open_kfid") or first,
        story=asked.optional_text("story") or "",
    )
    corp.account(customer.open_kfid)
    if customer.external_userid in corp.customers:
        raise ApiError(40058, "external_userid is taken")
    corp.customers[customer.external_userid] = customer
    shown: JsonObject = {
        "external_userid": customer.external_userid,
        "nickname": customer.nickname,
        "open_kfid": customer.open_kfid,
        "story": customer.story,
        "suggestions": [],
    }
    corp.feed.tell("customer", shown)
    return shown


async def message(corp: Corp, asked: Params) -> JsonObject:
    """One of `text`, `menu`, `image`, `location`, `link`, `product`, `raw`."""
    for name, read in READERS.items():
        if asked.has(name):
            msgtype, content = read(corp, asked)
            return customer_side.says(corp, session(corp, asked), msgtype, content)
    raise ApiError(40058, f"give one of {', '.join(READERS)}")


async def enter(corp: Corp, asked: Params) -> JsonObject:
    """Open the chat by a 客服 link with `scene` and `scene_param`."""
    return customer_side.enters(
        corp,
        session(corp, asked),
        asked.optional_text("scene") or "",
        asked.optional_text("scene_param", limit=128) or "",
    )


async def recall(corp: Corp, asked: Params) -> JsonObject:
    """Take `msgid` back."""
    if not customer_side.recalls(corp, session(corp, asked), asked.text("msgid")):
        raise ApiError(40058, "this customer has no such message")
    return {}


async def send_fail(corp: Corp, asked: Params) -> JsonObject:
    """Let the accepted reply `msgid` fail afterwards with `fail_type`."""
    fail_type = asked.whole("fail_type", low=0, high=13, default=13)
    customer_side.send_fails(corp, session(corp, asked), asked.text("msgid"), fail_type)
    return {}


Reading = tuple[str, JsonObject]


def _text(corp: Corp, asked: Params) -> Reading:
    return "text", {"content": asked.text("text", limit=4000)}


def _menu(corp: Corp, asked: Params) -> Reading:
    clicked = asked.child("menu")
    return "text", {"content": clicked.text("content"), "menu_id": clicked.text("id")}


def _image(corp: Corp, asked: Params) -> Reading:
    medium = Medium("image", "picture.png", "image/png", PIXEL, corp.now())
    return "image", {"media_id": corp.media.put(medium)}


def _location(corp: Corp, asked: Params) -> Reading:
    place = asked.child("location").raw()
    return "location", {
        "latitude": place.get("latitude", 31.19),
        "longitude": place.get("longitude", 121.43),
        "name": place.get("name", ""),
        "address": place.get("address", ""),
    }


def _link(corp: Corp, asked: Params) -> Reading:
    link = asked.child("link")
    return "link", {
        "title": link.text("title"),
        "desc": link.optional_text("desc") or "",
        "url": link.text("url"),
        "pic_url": link.optional_text("pic_url") or "",
    }


def _product(corp: Corp, asked: Params) -> Reading:
    product = asked.child("product")
    return "channels_shop_product", {
        "product_id": product.text("product_id"),
        "head_image": "",
        "title": product.text("title"),
        "sales_price": product.optional_text("sales_price") or "0",
        "shop_nickname": product.optional_text("shop_nickname") or corp.merchant,
        "shop_head_image": "",
    }


def _raw(corp: Corp, asked: Params) -> Reading:
    whole = asked.child("raw")
    msgtype = whole.text("msgtype")
    return msgtype, whole.child(msgtype).raw()


READERS: dict[str, Callable[[Corp, Params], Reading]] = {
    "text": _text,
    "menu": _menu,
    "image": _image,
    "location": _location,
    "link": _link,
    "product": _product,
    "raw": _raw,
}
