"""gettoken and other calls that need no app state (WeCom docs 91039, 90930)."""

from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params


async def get_token(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/gettoken."""
    if params.text("corpid", missing=41002) != corp.settings.corp_id:
        raise ApiError(40013)
    if params.text("corpsecret", missing=41004) != corp.settings.secret:
        raise ApiError(40091)
    token, seconds = corp.tokens.hand_out(corp.now())
    return {**OK, "access_token": token, "expires_in": seconds}


async def callback_ips(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/getcallbackip."""
    return {**OK, "ip_list": ["127.0.0.1"]}


async def api_domain_ips(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/get_api_domain_ip."""
    return {**OK, "ip_list": ["127.0.0.1"]}
