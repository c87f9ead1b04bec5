"""Reads the frequently asked questions of the merchant's file."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.consulting.model import FaqEntry

Refuse = Callable[[str, str], Exception]
"""Makes the error of a field: where it stands, what is wrong with it."""

_FIELDS = ("question", "answer", "products")
_LONGEST_ANSWER = 300


def read_faq(data: Any, refuse: Refuse) -> tuple[FaqEntry, ...]:  # noqa: ANN401  YAML is any
    """Read `faq`: a list of question, answer and, where it is not for all, products.

    Raises:
        What `refuse` makes: an entry lacks a text, has a wrong field, or is too long for a chat.
    """
    if data is None:
        return ()
    if not isinstance(data, list):
        raise refuse("faq", "应是列表，每条写 question 和 answer")
    return tuple(_entry(each, f"faq[{at}]", refuse) for at, each in enumerate(data))


def _entry(data: Any, where: str, refuse: Refuse) -> FaqEntry:  # noqa: ANN401  YAML is any
    if not isinstance(data, Mapping):
        raise refuse(where, "应写 question 和 answer")
    for name in data:
        if name not in _FIELDS:
            raise refuse(f"{where}.{name}", f"没有这一项，可以写 {'、'.join(_FIELDS)}")
    question, answer = (_text(data.get(name), f"{where}.{name}", refuse) for name in _FIELDS[:2])
    if len(answer) > _LONGEST_ANSWER:
        raise refuse(f"{where}.answer", f"太长，聊天里读着累，请不超过{_LONGEST_ANSWER}字")
    products = data.get("products") or []
    if not isinstance(products, list):
        raise refuse(f"{where}.products", "应是列表，写商品标题里的词")
    named = tuple(_text(each, f"{where}.products", refuse) for each in products)
    return FaqEntry(question, answer, named)


def _text(value: Any, where: str, refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    if not isinstance(value, str) or not value.strip():
        raise refuse(where, "缺少，或不是文字")
    return value.strip()
