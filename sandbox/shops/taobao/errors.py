"""TOP's errors: `{"error_response": {code, msg, sub_code, sub_msg, request_id}}`, HTTP 200."""

from sandbox.shops.wire import Json


class TopError(Exception):
    """One refusal; `sub_code` says whose fault it is: isv.* the caller's, isp.* the platform's."""

    def __init__(self, code: int, message: str, sub_code: str = "", sub_msg: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.sub_code = sub_code
        self.sub_msg = sub_msg

    def body(self, request_id: str) -> Json:
        """The answer's JSON; empty sub fields are left out, as TOP does."""
        error: Json = {"code": self.code, "msg": self.message, "request_id": request_id}
        if self.sub_code:
            error |= {"sub_code": self.sub_code, "sub_msg": self.sub_msg}
        return {"error_response": error}


_NAMED = {
    "rate_limit": (7, "App Call Limited", "accesscontrol.limited-by-app-access-count", "调用频繁"),
    "session": (27, "Invalid session", "invalid-sessionkey", "SessionKey非法"),
    "permission": (
        11,
        "Insufficient isv permissions",
        "isv.permission-api-package-limit",
        "无权限",
    ),
    "unavailable": (10, "Service Currently Unavailable", "", ""),
    "server": (15, "Remote service error", "isp.remote-service-timeout", "服务超时，请稍后重试"),
}


def named(name: str) -> TopError:
    """A new error by its name here; "server" for a name that is not one."""
    return TopError(*_NAMED.get(name, _NAMED["server"]))


def missing(argument: str) -> TopError:
    """A required argument is not there."""
    return TopError(40, f"Missing Required Arguments:{argument}")


def invalid(argument: str, reason: str) -> TopError:
    """An argument has a value that is not allowed."""
    return TopError(
        41, f"Invalid Arguments:{argument}", f"isv.invalid-parameter:{argument}", reason
    )


def not_there(kind: str, words: str) -> TopError:
    """The named thing does not exist."""
    return TopError(15, "Remote service error", f"isv.{kind}-not-exist", words)
