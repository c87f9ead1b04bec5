"""How Douyin says no: `{code, msg, sub_code, sub_msg, log_id, data: null}`, HTTP 200.

Codes and sub codes are the documented ones; the sentence is Douyin's where it is published. That
a spent refresh token is 50002 isv.business-failed:31013 is the sandbox's own choice.
"""

from sandbox.shops.wire import Json

_MESSAGES = {
    10001: "部分成功",
    20000: "系统错误",
    30001: "没有权限",
    30002: "请求IP不在白名单",
    40001: "缺少公共参数",
    40002: "缺少必选参数",
    40003: "非法的公共参数",
    40004: "非法的参数",
    50002: "业务处理失败",
    70000: "请求超过限流阈值",
}


class DouyinError(Exception):
    """One refusal."""

    def __init__(self, code: int, sub_code: str, sub_msg: str) -> None:
        super().__init__(sub_msg)
        self.code = code
        self.sub_code = sub_code
        self.sub_msg = sub_msg

    def body(self, log_id: str) -> Json:
        """The answer's JSON."""
        return {
            "code": self.code,
            "msg": _MESSAGES.get(self.code, "业务处理失败"),
            "sub_code": self.sub_code,
            "sub_msg": self.sub_msg,
            "log_id": log_id,
            "data": None,
        }


_NAMED = {
    "rate_limit": (70000, "isp.flow-limit", "接口调用超过频率限制"),
    "server": (20000, "isp.service-error:20004", "系统繁忙，请稍后重试"),
    "busy": (50002, "isv.business-failed:20004", "系统繁忙，请稍后重试"),
    "permission": (30001, "isv.app-permissions-insufficient", "应用没有此接口权限"),
    "closed": (30001, "dop.authorization-closed", "店铺授权已关闭"),
    "ip": (30002, "isv.invalid_ip", "请求IP不在白名单内"),
    "token_expired": (40003, "isv.access-token-expired", "access_token已过期"),
    "token_unknown": (40003, "isv.access-token-no-existed", "access_token不存在，请使用最新的"),
    "signature": (40003, "isv.signature-invalid", "签名校验失败"),
    "refresh_spent": (50002, "isv.business-failed:31013", "refresh_token不存在或已失效"),
    "code_spent": (50002, "isv.business-failed:31002", "授权码不存在或已使用"),
}


def named(name: str) -> DouyinError:
    """A new error by its name here; "server" for a name that is not one."""
    return DouyinError(*_NAMED.get(name, _NAMED["server"]))


def missing_common(name: str) -> DouyinError:
    """A common parameter of the query is not there."""
    return DouyinError(40001, f"isv.missing-{name.replace('_', '-')}", f"缺少公共参数{name}")


def invalid_common(name: str, words: str) -> DouyinError:
    """A common parameter of the query has a wrong value."""
    return DouyinError(40003, f"isv.{name.replace('_', '-')}-invalid", words)


def missing(number: int, words: str) -> DouyinError:
    """A parameter of the method is not there."""
    return DouyinError(40002, f"isv.missing-parameter:{number}", words)


def invalid(number: int, words: str) -> DouyinError:
    """A parameter of the method has a wrong value or type, or names nothing."""
    return DouyinError(40004, f"isv.parameter-invalid:{number}", words)


def failed(number: int, words: str) -> DouyinError:
    """The method cannot do it."""
    return DouyinError(50002, f"isv.business-failed:{number}", words)
