"""Kuaishou's refusals: HTTP 200 with another `result` than 1 and a sentence.

Published are 24 for an authorisation that is gone, 802006 for too many calls, 807000 for what the
business behind the gateway refuses, and the numbers of the token office. The others are a choice.
"""

from sandbox.shops.wire import Json

BUSINESS = "807000"


class KuaishouError(Exception):
    """The gateway says no."""

    def __init__(self, result: int, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.result = result
        self.reason = reason
        self.code = code or str(result)

    def body(self) -> Json:
        """The answer's JSON."""
        return {
            "result": self.result,
            "error_msg": self.reason,
            "code": self.code,
            "msg": "业务处理失败" if self.code == BUSINESS else "请求失败",
            "sub_code": str(self.result),
            "sub_msg": self.reason,
        }


_NAMED = {
    "rate_limit": (802006, "Exceed qps limit, KEY [appkey:ks713050298442061839], MAX_QPS [100.0]"),
    "token": (24, "TOKEN过期"),
    "revoked": (24, "AUTHORIZATION_REVOKED"),
    "permission": (21, "token中无scope权限"),
    "server": (100200500, "系统繁忙，请稍后重试"),
}


def named(name: str) -> KuaishouError:
    """A new error by its name here; "server" for a name that is not one."""
    return KuaishouError(*_NAMED.get(name, _NAMED["server"]))


def invalid(field: str) -> KuaishouError:
    """A business parameter is missing, of another type, or out of its range."""
    return KuaishouError(2001, f"{field}无效", BUSINESS)
