"""Which lines of an order are meant, where an order has several: 只取消温奶器 奶瓶还要."""

import re
from collections.abc import Sequence

from actions.naming import called
from desk.front import Desk
from desk.shops.port import Order, OrderLine
from desk.turns import Turn

_CLAUSES = re.compile(r"[\s,，.。;；!！?？、]+|但是?|可是|不过")
_KEPT = re.compile(
    r"^(?:只|就|我|那)*要(?!取消|退)|还要|还是要|留|照发|照常|正常发|(?:不|别)(?:用|要)?(?:取消|退)"
)
_ALL = re.compile(
    r"整单|整个订单|全部|全都|所有|都(?:给我|帮我)?(?:取消|不要|别要)|一起(?:取消|不要)"
)
_WORDS = (
    r"我|只|就|单独|把|想|要|取消|不|别|先|发|退|了|掉|还|是|留着?|照常?|正常|给|帮|那|这|个|款|件|样|的|"
    r"吧|呀|啊|哦|说|买|麻烦|请|行|可以|但|可"
)
_AROUND = re.compile(rf"^(?:{_WORDS})+|(?:{_WORDS})+$")


def all_of_it(text: str) -> bool:
    """Whether the whole order is named in so many words."""
    return _ALL.search(text) is not None and not keeps(text)


def keeps(text: str) -> bool:
    """Whether a message speaks of what shall not be cancelled."""
    return any(_KEPT.search(clause) for clause in _CLAUSES.split(text))


def part_of(turn: Turn, order: Order, desk: Desk) -> tuple[OrderLine, ...]:
    """The lines that a message names, without those it wants to keep; () where it means all."""
    if len(order.lines) < 2 or all_of_it(turn.text):
        return ()
    named, kept = set[int](), set[int]()
    for clause in filter(None, _CLAUSES.split(turn.text)):
        keeps = _KEPT.search(clause) is not None
        (kept if keeps else named).update(_lines(_AROUND.sub("", clause), order, desk))
        product = turn.slots.get("product", "")
        if product and product in clause and not keeps:
            named.update(_lines(product, order, desk))
    meant = (named or (set(range(len(order.lines))) if kept else set())) - kept
    whole = len(meant) == len(order.lines)
    return () if whole else tuple(order.lines[at] for at in sorted(meant))


def names_of(lines: Sequence[OrderLine]) -> str:
    """The lines as a customer calls them."""
    return "、".join(called(each.title) for each in lines)


def _lines(name: str, order: Order, desk: Desk) -> list[int]:
    fits = desk.shops.names_one_of(name, tuple(each.title for each in order.lines))
    return [at for at, fit in enumerate(fits) if fit]
