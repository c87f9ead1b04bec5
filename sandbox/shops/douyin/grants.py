"""token.create and token.refresh: signed as all others, without an access token."""

from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.errors import invalid, missing, named
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.douyin.tokens import Grant
from sandbox.shops.wire import Json


def _answer(shop: DouyinShop, grant: Grant) -> Json:
    return {
        "access_token": grant.access,
        "refresh_token": grant.refresh,
        "expires_in": int((grant.access_ends - shop.clock.now()).total_seconds()),
        "scope": "SCOPE",
        "shop_id": int(shop.keys.shop_id),
        "shop_name": "小满母婴抖音小店",
        "authority_id": "",
        "auth_subject_type": "",
    }


def create(shop: DouyinShop, params: Params) -> Json:
    """token.create: authorization_self with the shop's id, or authorization_code with a code."""
    kind, now = params.required("grant_type"), shop.clock.now()
    if not params.has("code"):
        raise missing(1, "缺少必选参数code")
    code = params.text("code")
    if kind == "authorization_self":
        if code:
            raise invalid(2, "自用型应用code应为空字符串")
        if params.required("shop_id") != shop.keys.shop_id:
            raise named("closed")
        return _answer(shop, shop.tokens.granted(now))
    if kind != "authorization_code":
        raise invalid(2, "grant_type不支持")
    if code != shop.keys.code:
        raise named("code_spent")
    return _answer(shop, shop.tokens.traded(code, now))


def refresh(shop: DouyinShop, params: Params) -> Json:
    """token.refresh {grant_type: refresh_token, refresh_token}."""
    if params.required("grant_type") != "refresh_token":
        raise invalid(2, "grant_type不支持")
    grant = shop.tokens.renewed(params.required("refresh_token"), shop.clock.now())
    return _answer(shop, grant)


APIS = (
    Api("token.create", create, needs_token=False),
    Api("token.refresh", refresh, needs_token=False),
)
