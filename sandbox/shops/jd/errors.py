"""JOS's refusals: `{"error_response": {code, zh_desc, en_desc}}` in HTTP 200, codes are texts.

Which number the cloud refusal has is not published; 64 is a choice.
"""

from sandbox.shops.wire import Json


class JosError(Exception):
    """The gateway says no."""

    def __init__(self, code: str, zh: str, en: str = "") -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en

    def body(self) -> Json:
        """The answer's JSON."""
        return {
            "error_response": {"code": self.code, "zh_desc": self.zh, "en_desc": self.en or self.zh}
        }


class Failed(Exception):
    """The method behind the gateway says no, in its own result."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_NAMED = {
    "rate_limit": ("2", "调用频率超过限制", "call limited"),
    "token": ("19", "无效的access_token", "Invalid access_token"),
    "permission": ("64", "该api是敏感api,请将您的app入驻云鼎", "app is not in the JD cloud"),
    "unavailable": ("66", "平台连接后端服务不可用", "platform service unavailable"),
    "server": ("67", "平台连接后端服务抛错误", "platform service error"),
}


def named(name: str) -> JosError:
    """A new error by its name here; "server" for a name that is not one."""
    return JosError(*_NAMED.get(name, _NAMED["server"]))


def invalid(field: str, reason: str) -> JosError:
    """A business parameter is missing, of another type, or out of its range."""
    return JosError("43", f"参数错误：{field} {reason}", f"invalid parameter {field}")
