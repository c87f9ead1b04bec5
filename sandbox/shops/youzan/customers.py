"""Customers: the WeCom bridge, the account look-up and the membership in one call.

users.info.query follows the official SDK model. The bridge takes `external_user_id` (seen in public
callers); its answer's schema is not published: `{yz_open_id, external_user_id}` or null is ours.
The modules of scrm.customer.detail.get are asked for by name (user_base, level, credit, behavior,
tags). Callers of the official Java SDK read level as `level_infos` (level_type 1: the free level)
and credit as `points`, both at the top; the other modules' fields are believable choices.
"""

from sandbox.merchant.buyers import YouzanBuyer
from sandbox.shops.wire import Json, beijing, mask_mobile, yuan
from sandbox.shops.youzan.api import Api
from sandbox.shops.youzan.errors import BAD_PARAMETER, NOT_FOUND, BusinessError
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop

LEVELS = {1: "普通会员", 2: "银卡会员", 3: "金卡会员", 4: "钻石会员"}
FREE_LEVEL = 1
ANSWERED_AS = {"level": "level_infos", "credit": "points"}
ACCOUNT_MOBILE, ACCOUNT_YZ_OPEN_ID = "2", "5"


def open_user_id(shop: YouzanShop, params: Params) -> object:
    """youzan.users.customer.get.openUserId 1.0.0 {external_user_id}: null when not bridged."""
    buyer = shop.buyer_by(external_userid=params.required("external_user_id"))
    return _bridge(buyer)


def external_user_id(shop: YouzanShop, params: Params) -> object:
    """youzan.users.customer.get.externalUserId 1.0.0 {yz_open_id}: null when not bridged."""
    buyer = shop.buyer_by(yz_open_id=params.required("yz_open_id"))
    return _bridge(buyer)


def _bridge(buyer: YouzanBuyer | None) -> Json | None:
    if buyer is None or buyer.external_userid is None:
        return None
    return {"yz_open_id": buyer.yz_open_id, "external_user_id": buyer.external_userid}


def info(shop: YouzanShop, params: Params) -> object:
    """youzan.users.info.query 1.0.1: by yz_open_id, else by mobile; the phone account only."""
    yz_open_id, mobile = params.text("yz_open_id"), params.text("mobile")
    if not yz_open_id and not mobile:
        raise BusinessError(BAD_PARAMETER, "参数错误：yz_open_id、mobile 至少传一个")
    known = {"yz_open_id": yz_open_id} if yz_open_id else {"mobile": mobile}
    buyer = shop.buyer_by(**known)
    if buyer is None:
        return {"user_list": [], "latest_info": None}
    account = {
        "primitive_info": {
            "yz_open_id": buyer.yz_open_id,
            "nick_name": buyer.nick,
            "platform_type": 0,
            "province": buyer.province,
            "city": buyer.city,
            "country": "中国",
            "gender": 0,
            "avatar": "",
        },
        "mobile_info": {"mobile": mask_mobile(buyer.mobile)},
    }
    return {"user_list": [account], "latest_info": {"nick_name": buyer.nick, "avatar": ""}}


def detail(shop: YouzanShop, params: Params) -> object:
    """youzan.scrm.customer.detail.get 1.0.1 {yz_open_id | account_info, fields}."""
    buyer = _account(shop, params)
    modules = _modules(shop, buyer)
    asked = params.text("fields").replace(" ", "")
    wanted = asked.split(",") if asked else list(modules)
    return {
        "yz_open_id": buyer.yz_open_id,
        **{
            ANSWERED_AS.get(name, name): module
            for name, module in modules.items()
            if name in wanted
        },
    }


def _account(shop: YouzanShop, params: Params) -> YouzanBuyer:
    account = params.child("account_info")
    by_type = {ACCOUNT_MOBILE: "mobile", ACCOUNT_YZ_OPEN_ID: "yz_open_id"}
    field, value = "yz_open_id", params.text("yz_open_id") or account.text("yz_open_id")
    if not value:
        field = by_type.get(account.text("account_type"), "")
        value = account.text("account_id")
    if not field or not value:
        raise BusinessError(BAD_PARAMETER, "参数错误：yz_open_id 与 account_info 不能同时为空")
    buyer = shop.buyer_by(**{field: value})
    if buyer is None:
        raise BusinessError(NOT_FOUND, "客户不存在")
    return buyer


def _modules(shop: YouzanShop, buyer: YouzanBuyer) -> dict[str, object]:
    orders = [order for order in shop.ledger.all() if order.buyer == buyer.key and order.paid]
    last = max((order.paid for order in orders if order.paid), default=None)
    return {
        "user_base": {
            "name": buyer.name,
            "show_name": buyer.nick,
            "mobile": shop.vault.seal(buyer.mobile),
            "gender": 0,
            "is_member": 1,
            "province": buyer.province,
            "city": buyer.city,
        },
        "level": [
            {
                "level_type": FREE_LEVEL,
                "level_id": 7700 + buyer.level,
                "level": buyer.level,
                "level_name": LEVELS[buyer.level],
            }
        ],
        "credit": buyer.points,
        "behavior": {
            "trade_count": len(orders),
            "trade_amount": yuan(sum(order.payment for order in orders)),
            "last_trade_time": beijing(last),
        },
        "tags": [],
    }


APIS = (
    Api("youzan.users.customer.get.openUserId", "1.0.0", open_user_id),
    Api("youzan.users.customer.get.externalUserId", "1.0.0", external_user_id),
    Api("youzan.users.info.query", "1.0.1", info),
    Api("youzan.scrm.customer.detail.get", "1.0.1", detail),
)
