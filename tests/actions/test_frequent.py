"""General questions of somebody who speaks of no order are answered by what is written."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from actions.frequent import frequent
from desk.commands import Outcome
from desk.consulting.model import FaqEntry
from desk.kernel.ids import InboxId, derived
from desk.turns import Turn, Understanding
from tests.actions.chat import Chat
from tests.actions.people import MIMI, STRANGER

FAQ = (
    FaqEntry("发什么快递", "默认发中通。"),
    FaqEntry("支持七天无理由退货吗，拆封了能退吗", "没拆封的七天内可以退。"),
    FaqEntry("能用花呗吗，支持哪些付款方式", "微信、支付宝、花呗都行。"),
)


def answer(
    text: str,
    intent: str,
    *,
    chat: Chat | None = None,
    source: str = "nlu",
    slots: Mapping[str, str] | None = None,
    focus: Mapping[str, str] | None = None,
    unclear: bool = False,
) -> Outcome | None:
    chat = chat or Chat(STRANGER)
    turn = Turn(
        inbox=InboxId(derived("row")),
        conversation=chat.conversation,
        customer=chat.customer,
        text=text,
        understanding=Understanding(intent, 0.9, source),
        slots=slots or {},
        focus=focus or {},
        now=chat.clock.now(),
    )
    return frequent(turn, replace(chat.desk, faq=FAQ), unclear=unclear)


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("发什么快递呀", "logistics_query", "默认发中通。"),
        ("拆封了能退吗", "return_request", "没拆封的七天内可以退。"),
        ("发什么快递 能用花呗吗", "logistics_query", "默认发中通。\n微信、支付宝、花呗都行。"),
        ("七天无理由不", "return_request", "没拆封的七天内可以退。"),
        ("支持花呗吗", "payment_issue", "微信、支付宝、花呗都行。"),
    ],
)
def test_a_general_question_needs_no_order(text: str, intent: str, said: str) -> None:
    outcome = answer(text, intent)
    assert outcome is not None
    assert outcome.say[0].phrase.params["answer"] == said  # type: ignore[union-attr]  # a Say


def test_what_nobody_could_tell_may_be_written_too() -> None:
    assert answer("能花呗不", "coupon_query", unclear=True) is not None
    assert answer("能花呗不", "coupon_query") is None


@pytest.mark.parametrize(
    "about",
    [
        {"slots": {"order_id": "E20261116201844019500026"}},
        {"focus": {"order_id": "E20261116201844019500026"}},
        {"source": "answer"},
    ],
)
def test_who_speaks_of_an_order_means_that(about: dict[str, object]) -> None:
    assert answer("发什么快递呀", "logistics_query", **about) is None  # type: ignore[arg-type]  # rows of a table


def test_who_has_bought_before_means_their_own_parcel() -> None:
    assert answer("发什么快递呀", "logistics_query", chat=Chat(MIMI)) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("支付宝扣了我两次钱", "payment_issue"),
        ("申请七天无理由退货", "return_request"),
        ("我拆封了发现少一件 退货", "return_request"),
        ("收到的奶粉已经过期", "after_sales_claim"),
    ],
)
def test_what_has_happened_to_somebody_is_no_general_question(text: str, intent: str) -> None:
    assert answer(text, intent) is None
