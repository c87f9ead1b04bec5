"""How WeChat Store says no: HTTP 200 with `errcode` and `errmsg`.

The common codes and texts are those of the platform's table of common errors; 10020052 (product),
10100003 (member), 606006 and 31042 (order list) those of their areas. For an order that does not
exist the table has none: 100002 "Not exist" is what callers report.
"""

import uuid

from sandbox.shops.wire import Json

SYSTEM = -1
NOT_EXIST = 100002
NO_PRODUCT = 10020052
NO_WAREHOUSE = 10020201
NO_MEMBER = 10100003
OTHER_FILTERS = 606006
BAD_BODY = 40097
BAD_OPENID = 40003

_NAMED = {
    "server": (SYSTEM, "system error"),
    "rate_limit": (45011, "api minute-quota reach limit must slower retry next minute"),
    "daily_limit": (45009, "reach max api daily quota limit"),
    "token_invalid": (40001, "invalid credential, access_token is invalid or not latest"),
    "token_missing": (41001, "access_token missing"),
    "token_expired": (42001, "access_token expired"),
    "permission": (48001, "api unauthorized"),
    "ip": (61004, "access clientip is not registered, not in ip-white-list"),
    "url": (40066, "invalid url"),
    "need_get": (43001, "require GET method"),
    "need_post": (43002, "require POST method"),
    "empty": (44002, "empty post data"),
    "json": (47001, "data format error"),
    "too_much": (31042, "too many orders in the time range, shrink it"),
}


class WechatError(Exception):
    """A refusal."""

    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(errmsg)
        self.errcode = errcode
        self.errmsg = errmsg

    def body(self) -> Json:
        """The answer's JSON; every refusal carries a request id."""
        rid = f"{uuid.uuid4().hex[:8]}-{uuid.uuid4().hex[:8]}"
        return {"errcode": self.errcode, "errmsg": f"{self.errmsg} rid: {rid}"}


def named(name: str) -> WechatError:
    """A new refusal by its name here; "server" for a name that is not one."""
    return WechatError(*_NAMED.get(name, _NAMED["server"]))


def bad_body(reason: str) -> WechatError:
    """A parameter is wrong."""
    return WechatError(BAD_BODY, f"invalid request body, {reason}")
