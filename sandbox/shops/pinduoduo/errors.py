"""Pinduoduo's errors: `{"error_response": {error_code, error_msg, sub_code, sub_msg, request_id}}`.

Published are 10019 (token), 52101 to 52103 and 70031 (come again), and that 10000 to 39999 and
50000 to 52003 are final; which of the final ones stands for what was chosen here.
"""

from sandbox.shops.wire import Json


class PddError(Exception):
    """One refusal, answered with HTTP 200."""

    def __init__(self, code: int, message: str, sub_msg: str = "", sub_code: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.sub_msg = sub_msg
        self.sub_code = sub_code

    def body(self, request_id: str) -> Json:
        """The answer's JSON."""
        return {
            "error_response": {
                "error_code": self.code,
                "error_msg": self.message,
                "sub_code": self.sub_code or None,
                "sub_msg": self.sub_msg,
                "request_id": request_id,
            }
        }


_NAMED = {
    "rate_limit": (70031, "调用过于频繁，请调整调用频率"),
    "limited": (52101, "当前接口被限流，请稍后重试"),
    "unavailable": (52102, "当前接口暂时不可用，请稍后重试"),
    "server": (52103, "服务暂时不可用，请稍后重试"),
    "token_expired": (10019, "access_token已过期"),
    "permission": (30000, "没有调用此接口的权限"),
}


def named(name: str) -> PddError:
    """A new error by its name here; "server" for a name that is not one."""
    return PddError(*_NAMED.get(name, _NAMED["server"]))


def bad_public(name: str, reason: str) -> PddError:
    """A parameter that every call has is missing or wrong."""
    return PddError(10001, f"公共参数错误:{name}", reason)


def invalid(name: str, reason: str) -> PddError:
    """A parameter of one method is missing or wrong."""
    return PddError(10000, f"参数错误:{name}", reason)


def not_there(words: str) -> PddError:
    """The named thing does not exist."""
    return PddError(50001, "业务服务错误", words, "50001")
