"""What kind of order Pinduoduo says that one is, in the words merchants use."""

from integrations.wild import Wild

_FLAGS = (
    ("is_pre_sale", 1, "预售"),
    ("trade_type", 1, "定金预售"),
    ("is_lucky_flag", 2, "抽奖"),
    ("risk_control_status", 1, "平台审核中"),
    ("self_contained", 1, "到店自提"),
    ("is_stock_out", 1, "缺货"),
)


def marks(raw: Wild) -> tuple[str, ...]:
    """Read the marks of an order; an order whose buyers are not all found yet is 拼团中."""
    is_waiting = (raw["confirm_status"].whole_or(1), raw["group_status"].whole_or(1)) == (0, 0)
    found = [word for name, value, word in _FLAGS if raw[name].whole_or(0) == value]
    return (("拼团中",) if is_waiting else ()) + tuple(found)
