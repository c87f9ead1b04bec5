"""What kind of order Youzan says that one is, in the words merchants use."""

from integrations.wild import Wild

_KINDS = {
    1: "送礼",
    2: "代付",
    3: "分销采购",
    4: "赠品",
    5: "心愿单",
    10: "拼团",
    15: "返利",
    40: "外卖",
    75: "知识付费",
    81: "礼品卡",
    100: "批发",
}
"""`order_info.type` of the official models; 0 is an ordinary order, the others are unusual here."""

_TAGS = (
    ("is_down_payment_pre", "定金预售"),
    ("is_preorder", "预订单"),
    ("is_fenxiao_order", "分销"),
    ("is_virtual", "虚拟商品"),
)
_SELF_FETCH = {1: "到店自提", 2: "同城配送"}


def marks(full: Wild) -> tuple[str, ...]:
    """Read the marks of a `full_order_info`: its type, its tags, its way to the buyer."""
    info = full["order_info"]
    found = [_KINDS.get(info["type"].whole_or(0), "")]
    found += [word for name, word in _TAGS if info["order_tags"][name].is_true()]
    if any(line["is_pre_sale"].id_or("0") == "1" for line in full["orders"]):
        found.append("预售")
    found.append(_SELF_FETCH.get(info["express_type"].whole_or(0), ""))
    return tuple(dict.fromkeys(word for word in found if word))
