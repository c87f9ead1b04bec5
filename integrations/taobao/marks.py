"""What kind of order TOP says that one is, in the words merchants use."""

from integrations.wild import Wild

_KINDS = {"step": "预售", "cod": "货到付款", "fenxiao": "分销", "ec": "虚拟商品"}
"""`type`; guarantee_trade, fixed and auction are the ordinary ones."""

_STEPS = {
    "FRONT_NOPAID_FINAL_NOPAID": "待付定金",
    "FRONT_PAID_FINAL_NOPAID": "待付尾款",
}
_HELD = {"PAID_FORBID_CONSIGN": "拼团或管控中"}


def marks(raw: Wild) -> tuple[str, ...]:
    """Read the marks of a trade: its type, the step of a presale, and why it may not be sent."""
    words = (
        _KINDS.get(raw["type"].text_or(""), ""),
        _STEPS.get(raw["step_trade_status"].text_or(""), ""),
        _HELD.get(raw["status"].text_or(""), ""),
    )
    return tuple(word for word in words if word)
