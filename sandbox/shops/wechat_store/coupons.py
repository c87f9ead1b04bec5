"""Coupons: the activities, and what users hold. Nobody can be given one over an interface.

The ways of a page are as documented: page and page_ctx both, at most 200 a page, an empty
page_ctx on the first page and the last answer's on each later one.
"""

from sandbox.merchant.wechat_store import HeldSeed, WechatBuyer, WechatCoupon
from sandbox.shops.wechat_store.api import Api, seconds
from sandbox.shops.wechat_store.errors import NOT_EXIST, WechatError, bad_body
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

LARGEST_PAGE = 200
VALID, USED = 2, 102
STATES = (100, 101, USED)


def _start(params: Params) -> tuple[int, int, str]:
    page, size = params.number("page", 1, 10_000), params.number("page_size", 1, LARGEST_PAGE)
    context = params.text("page_ctx")
    if (page > 1) != bool(context):
        raise bad_body("page_ctx should be empty on the first page only")
    return (page - 1) * size, size, f"ctx{page}"


def listed(shop: WechatStoreShop, params: Params) -> Json:
    """coupon/get_list {status, page, page_size, page_ctx}: ids of activities."""
    start, size, context = _start(params)
    coupons = shop.coupons if params.number("status", 1, 200) == VALID else []
    rows = [{"coupon_id": coupon.id} for coupon in coupons[start : start + size]]
    return {"coupons": rows, "total_num": len(coupons), "page_ctx": context}


def one(shop: WechatStoreShop, params: Params) -> Json:
    """coupon/get {coupon_id}; amounts in fen, type 102 is "full reduction in the whole shop"."""
    wanted = params.required("coupon_id")
    coupon = next((each for each in shop.coupons if each.id == wanted), None)
    if coupon is None:
        raise WechatError(NOT_EXIST, "Not exist")
    return {"coupon": _activity(coupon)}


def _activity(coupon: WechatCoupon) -> Json:
    return {
        "coupon_id": coupon.id,
        "type": 102 if coupon.threshold else 104,
        "status": VALID,
        "coupon_info": {
            "name": coupon.name,
            "discount_info": {
                "discount_fee": coupon.value,
                "discount_condition": {"product_price": coupon.threshold},
            },
        },
    }


def held(shop: WechatStoreShop, params: Params) -> Json:
    """coupon/get_user_coupon_list {openid, status, page, page_size, page_ctx}: ids only."""
    buyer = shop.owner(params.required("openid"))
    start, size, context = _start(params)
    status = params.number("status", min(STATES), max(STATES), 0)
    mine = [each for each in shop.held_by(buyer) if status in (0, each.status)]
    rows = [
        {"user_coupon_id": int(each.id), "coupon_id": int(each.coupon)}
        for each in mine[start : start + size]
    ]
    return {"user_coupon_list": rows, "page_ctx": context}


def held_one(shop: WechatStoreShop, params: Params) -> Json:
    """coupon/get_user_coupon {openid, user_coupon_id}: a list of one."""
    buyer, wanted = shop.owner(params.required("openid")), params.required("user_coupon_id")
    found = next((each for each in shop.held_by(buyer) if each.id == wanted), None)
    if buyer is None or found is None:
        raise WechatError(NOT_EXIST, "Not exist")
    return {
        "user_coupon_list": [_held(shop, found)],
        "openid": buyer.openid,
        **_known(buyer),
    }


def _known(buyer: WechatBuyer) -> Json:
    return {"unionid": buyer.unionid} if buyer.unionid else {}


def _held(shop: WechatStoreShop, seed: HeldSeed) -> Json:
    taken, ends = shop.moment(seed.taken), shop.moment(seed.ends)
    return {
        "user_coupon_id": seed.id,
        "coupon_id": seed.coupon,
        "status": seed.status,
        "create_time": seconds(taken),
        "update_time": seconds(taken),
        "start_time": seconds(taken),
        "end_time": seconds(ends),
        "ext_info": {"use_time": seconds(taken) if seed.status == USED else 0},
    }


APIS = (
    Api("coupon/get_list", listed),
    Api("coupon/get", one),
    Api("coupon/get_user_coupon_list", held),
    Api("coupon/get_user_coupon", held_one),
)
