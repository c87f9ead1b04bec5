"""What kind of order Douyin says that one is, in the words merchants use."""

from integrations.wild import Wild

_TRADES = {
    1: "拼团",
    2: "定金预售",
    3: "订金找货",
    4: "拍卖",
    5: "0元单",
    10: "寄样",
    11: "0元抽奖",
    12: "达人买样",
    13: "定制",
    16: "大众竞拍",
    18: "小时达",
    102: "预售赠品",
}
"""`sku_order_list[].trade_type` of the official models; 0 is an ordinary one."""

_KINDS = {2: "虚拟商品", 4: "电子券", 5: "三方核销"}
_PRESALES = {1: "全款预售", 2: "阶梯发货"}


def marks(raw: Wild) -> tuple[str, ...]:
    """Read the marks of an order: its type, those of its lines, and the seller's page's own."""
    found = [_KINDS.get(raw["order_type"].whole_or(0), "")]
    for line in raw["sku_order_list"]:
        found.append(_TRADES.get(line["trade_type"].whole_or(0), ""))
        found.append(_PRESALES.get(line["pre_sale_type"].whole_or(0), ""))
    found += [tag["text"].text_or("") for tag in raw["shop_order_tag_ui"]]
    return tuple(dict.fromkeys(word for word in found if word))
