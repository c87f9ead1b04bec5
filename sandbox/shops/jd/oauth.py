"""The token office: GET /oauth2/refresh_token, refusals as {code, msg} without a token."""

from collections.abc import Mapping

from sandbox.shops.jd.grants import LIFE, NotRefreshed
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.wire import Json, epoch_ms


def refresh(shop: JdShop, query: Mapping[str, str]) -> Json:
    """Another pair of tokens for app_key, app_secret, grant_type and refresh_token."""
    keys, now = shop.credentials, shop.clock.now()
    if query.get("app_key") != keys.app_key or query.get("app_secret") != keys.app_secret:
        return {"code": 400, "msg": "app_key或app_secret错误"}
    if query.get("grant_type") != "refresh_token":
        return {"code": 400, "msg": "grant_type应为refresh_token"}
    try:
        grant = shop.grants.refresh(query.get("refresh_token", ""), now)
    except NotRefreshed as refused:
        return {"code": 401, "msg": str(refused)}
    return {
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
        "expires_in": int(LIFE.total_seconds()),
        "time": epoch_ms(now),
        "token_type": "bearer",
        "xid": "o*AASandboxSeller",
        "scope": "snsapi_base",
    }
