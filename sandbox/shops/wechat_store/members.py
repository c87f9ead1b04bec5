"""Members: grade and experience in one interface, points in another (written as a text)."""

from sandbox.merchant.wechat_store import WechatBuyer
from sandbox.shops.wechat_store.api import Api
from sandbox.shops.wechat_store.errors import NO_MEMBER, WechatError
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

LARGEST_PAGE = 200


def _member(shop: WechatStoreShop, params: Params) -> WechatBuyer:
    buyer = shop.owner(params.required("openid"))
    if buyer is None or not buyer.grade:
        raise WechatError(NO_MEMBER, "信息不存在")
    return buyer


def _info(buyer: WechatBuyer) -> Json:
    return {
        "openid": buyer.openid,
        "unionid": buyer.unionid,
        "user_grade_info": {"grade": buyer.grade, "experience_value": str(buyer.experience)},
    }


def info(shop: WechatStoreShop, params: Params) -> Json:
    """vip/user/info/get {openid, need_phone_number}: this shop may not see phones."""
    params.flag("need_phone_number")
    return {"info": _info(_member(shop, params))}


def score(shop: WechatStoreShop, params: Params) -> Json:
    """vip/user/score/get {openid}."""
    return {"info": {"score": str(_member(shop, params).points)}}


def listed(shop: WechatStoreShop, params: Params) -> Json:
    """vip/user/list/get {page_num from 1, page_size <= 200}."""
    params.flag("need_phone_number")
    size = params.number("page_size", 1, LARGEST_PAGE)
    start = (params.number("page_num", 1, 10_000) - 1) * size
    members = [buyer for buyer in shop.buyers if buyer.grade]
    rows = [_info(buyer) for buyer in members[start : start + size]]
    return {"list": rows, "total_num": len(members)}


APIS = (
    Api("vip/user/info/get", info),
    Api("vip/user/score/get", score),
    Api("vip/user/list/get", listed),
)
