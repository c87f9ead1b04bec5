"""POST /auth/token: silent and refresh_token grants of a self-used app."""

import json

from sandbox.shops.wire import Json, epoch_ms
from sandbox.shops.youzan.shop import YouzanShop
from sandbox.shops.youzan.tokens import Grant


def grant_token(shop: YouzanShop, content_type: str, text: str) -> Json:
    """The answer; a refusal is `{success: false, code: 1000 | 1004 | 1103 | 1105}`."""
    if content_type != "application/json":
        return _no(1000, f"Content type '{content_type}' not supported")
    try:
        asked: object = json.loads(text)
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        return _no(1000, "应用信息错误")
    if asked.get("client_id") != shop.credentials.client_id:
        return _no(1103, "Client 不存在")
    if asked.get("client_secret") != shop.credentials.client_secret:
        return _no(1000, "应用信息错误")
    return _grant(shop, asked)


def _grant(shop: YouzanShop, asked: dict[str, object]) -> Json:
    now, kind = shop.clock.now(), asked.get("authorize_type")
    if kind == "silent":
        if str(asked.get("grant_id")) != str(shop.credentials.kdt_id):
            return _no(1103, "授权关系不存在")
        refresh = asked.get("refresh") is True
        return _yes(shop, shop.tokens.silent(now, refresh), with_refresh=refresh)
    if kind == "refresh_token":
        grant = shop.tokens.renew(str(asked.get("refresh_token")), now)
        return _yes(shop, grant, with_refresh=True) if grant else _no(1004, "授权关系已过期")
    return _no(1105, "不支持的应用类型")


def _yes(shop: YouzanShop, grant: Grant, *, with_refresh: bool) -> Json:
    data: Json = {
        "access_token": grant.access,
        "expires": epoch_ms(grant.access_ends),
        "scope": "trade item logistics ump scrm users",
        "authority_id": str(shop.credentials.kdt_id),
    }
    if with_refresh:
        data["refresh_token"] = grant.refresh
    return {"success": True, "code": 200, "data": data, "message": None}


def _no(code: int, message: str) -> Json:
    return {"success": False, "code": code, "data": None, "message": message}
