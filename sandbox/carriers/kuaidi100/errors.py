"""快递100's error codes; a plain object with HTTP 200."""

from sandbox.jsontext import JsonObject

NAMED = {
    "nothing": ("500", "查询无结果，请隔段时间再查"),
    "phone": ("408", "验证码错误"),
    "busy": ("501", "服务器错误，快递100服务器压力过大"),
    "overload": ("502", "服务器繁忙"),
    "sign": ("503", "验证签名失败"),
    "balance": ("601", "POLL:KEY已过期"),
    "key": ("600", "您不是合法的订阅者（即授权Key出错）"),
    "locked": ("501", "同一单号查询过于频繁，已锁单"),
    "data": ("700", "订阅方的订阅数据存在错误"),
    "unwanted": ("701", "拒绝订阅的快递公司"),
    "stranger": ("702", "无法识别的快递公司"),
}
"""By the names that the control uses; of the lock the manual tells no code, 501 was chosen."""


class Trouble(Exception):
    """A refusal with its code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def body(self) -> JsonObject:
        """As it goes over the wire."""
        return {"result": False, "returnCode": self.code, "message": self.message}


def named(name: str, what: str = "") -> Trouble:
    """The refusal of that name, with a word on what is wrong."""
    code, message = NAMED[name]
    return Trouble(code, f"{message}（{what}）" if what else message)


def bad_param(what: str) -> Trouble:
    """400."""
    return Trouble("400", f"提交的数据不完整，或者贵公司没授权（{what}）")
