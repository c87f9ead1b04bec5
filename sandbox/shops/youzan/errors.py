"""How Youzan says no: gateway errors by code, business errors in the API's own envelope.

Codes 4001, 4005, 4007, 4201, 4203 and their texts are as observed from the real gateway without
credentials; 4202, 4204, 4101 as documented. Business codes differ per API and are not published as
one table: 101 (bad parameter), 102 (not found) and the coupon codes here are the sandbox's own.
"""

from sandbox.shops.wire import Json


class GatewayError(Exception):
    """Refused before the API: `{"gw_err_resp": {...}}`, HTTP 200."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def body(self, trace_id: str) -> Json:
        """The answer's JSON."""
        return {
            "gw_err_resp": {"trace_id": trace_id, "err_msg": self.message, "err_code": self.code}
        }


class BusinessError(Exception):
    """Refused by the API."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


BAD_PARAMETER = 101
NOT_FOUND = 102
COUPON_LIMIT = 160206
COUPON_SOLD_OUT = 160205
COUPON_GONE = 160204
COUPON_USED = 160207
COUPON_EXPIRED = 160208

_NAMED = {
    "rate_limit": (4101, "调用频率超限，请稍后重试"),
    "token_missing": (4201, "非法的请求凭证"),
    "token_expired": (4202, "请求凭证过期"),
    "token_invalid": (4203, "Token 不存在"),
    "permission": (4204, "无权限访问"),
    "unknown_api": (4005, "非法的API"),
    "server": (5001, "服务处理异常"),
}


def named(name: str) -> GatewayError:
    """A new gateway error by its name here; "server" for a name that is not one."""
    return GatewayError(*_NAMED.get(name, _NAMED["server"]))
