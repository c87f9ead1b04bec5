"""Tags that the merchant's rules put on orders (满减, 拼团, 大客户)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel

from bot.rules.conditions import BadCondition, Condition, Vocabulary, Word
from desk.shops.port import Order

_T = cel.Type
ORDER = Vocabulary(
    (
        Word("order.shop", _T.STRING, "店铺的 id"),
        Word("order.platform", _T.STRING, "平台，例如 taobao"),
        Word("order.number", _T.STRING, "订单号"),
        Word("order.status", _T.STRING, "状态：pending paid shipped completed refunded …"),
        Word("order.payment", _T.INT, "实付，分"),
        Word("order.pieces", _T.INT, "件数"),
        Word("order.titles", _T.List(_T.STRING), "商品标题"),
        Word("order.items", _T.List(_T.STRING), "商品的平台编号"),
        Word("order.marks", _T.List(_T.STRING), "平台或卖家自己的标记，例如 拼团"),
        Word("order.refunding", _T.BOOL, "有没有退款"),
        Word("order.created", _T.TIMESTAMP, "下单时间"),
    )
)
LONGEST_TAG = 20


@dataclass(frozen=True, slots=True)
class TagRule:
    """An order for which the condition holds gets the tag."""

    tag: str
    when: Condition


class OrderTags:
    """All rules; `platforms` are the platforms' names by shop id."""

    def __init__(self, rules: Sequence[TagRule], platforms: dict[str, str]) -> None:
        self._rules, self._platforms = tuple(rules), platforms

    def of(self, order: Order) -> tuple[str, ...]:
        """The tags of an order, in the order of the rules, each once."""
        if not self._rules:
            return ()
        facts = self._facts(order)
        return tuple(dict.fromkeys(each.tag for each in self._rules if each.when.holds(facts)))

    def _facts(self, order: Order) -> dict[str, object]:
        return {
            "order.shop": order.shop,
            "order.platform": self._platforms.get(order.shop, ""),
            "order.number": order.number,
            "order.status": order.status.value,
            "order.payment": int(order.payment),
            "order.pieces": sum(line.quantity for line in order.lines),
            "order.titles": [line.title for line in order.lines],
            "order.items": [line.item.item for line in order.lines],
            "order.marks": list(order.marks),
            "order.refunding": bool(order.refunds),
            "order.created": order.created_at,
        }


NO_TAGS = OrderTags((), {})
"""Of a merchant without rules."""


def read_tag_rules(data: Any, bad: type[Exception]) -> tuple[TagRule, ...]:  # noqa: ANN401  YAML
    """Read the section `order_tags` of the shops' file.

    Raises:
        bad: names the place and the way out.
    """
    if data is None:
        return ()
    if not isinstance(data, list):
        raise bad("order_tags", "应是列表，每项写 tag 和 when")
    return tuple(_rule(each, f"order_tags[{at}]", bad) for at, each in enumerate(data))


def _rule(raw: Any, where: str, bad: type[Exception]) -> TagRule:  # noqa: ANN401  YAML
    tag = raw.get("tag") if isinstance(raw, dict) else None
    when = raw.get("when") if isinstance(raw, dict) else None
    if not isinstance(tag, str) or not 0 < len(tag.strip()) <= LONGEST_TAG:
        raise bad(f"{where}.tag", f"缺少，或超过 {LONGEST_TAG} 个字")
    if not isinstance(when, str):
        raise bad(f"{where}.when", '缺少条件，例如 order.payment >= 20000 && "拼团" in order.marks')
    try:
        return TagRule(tag.strip(), ORDER.condition(when))
    except BadCondition as error:
        raise bad(f"{where}.when", error.why) from error
