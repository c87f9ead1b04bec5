"""No intent is a dead end: for everybody, whatever the shops do, something is said and readable."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actions import ALL
from desk.commands import Command
from desk.conversations.commands import HandOver
from desk.customers.model import Customer
from desk.kernel.messages import phrase
from desk.tickets.commands import OpenTicket
from tests.actions.chat import BOOK, Chat
from tests.actions.people import BROWSER, MIMI, STRANGER
from tests.clocks import NOON

INTENTS = sorted(path.stem for path in Path("nlu_data/intents").glob("*.yml"))
BEYOND_NLU = {"danger", "form", "media", "how_to_buy"}
MOST_REPLIES = 3
"""Two of the five that a customer's message allows are left for what comes later."""
LONGEST_TEXT = 600
LONGEST_LABEL = 20
LABEL_BYTES = 128

People = Callable[[], Chat]


def all_shops_down() -> Chat:
    """A chat with a proven customer while no shop answers."""
    chat = Chat(MIMI)
    chat.youzan.hangs = chat.tmall.hangs = True
    return chat


def one_shop_down() -> Chat:
    """A chat with a proven customer while the second shop hangs."""
    chat = Chat(MIMI)
    chat.tmall.hangs = True
    return chat


def of(customer: Customer) -> People:
    """A chat with somebody."""
    return lambda: Chat(customer)


SITUATIONS = {
    "proven": of(MIMI),
    "browser": of(BROWSER),
    "stranger": of(STRANGER),
    "one shop down": one_shop_down,
    "all shops down": all_shops_down,
}
WORDS = {
    "stock_check": ("上次买的鞋子还有吗", {"product": "鞋子"}),
    "price_query": ("学步鞋多少钱", {"product": "学步鞋"}),
    "product_consult": ("学步鞋是什么材质", {"product": "学步鞋"}),
    "restock_notify": ("连体衣到货告诉我", {"product": "连体衣"}),
    "store_locate": ("上海有店吗", {"city": "上海"}),
    "appointment_book": ("想预约周六试驾", {"date": "周六"}),
}


def test_all_has_one_action_for_each_intent_of_the_nlu_and_four_beyond() -> None:
    named = [action.intent for action in ALL]
    assert sorted(named) == sorted({*INTENTS, *BEYOND_NLU})
    assert len(INTENTS) == 36


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("intent", INTENTS)
async def test_every_intent_is_answered_in_readable_words(intent: str, situation: str) -> None:
    chat = SITUATIONS[situation]()
    text, slots = WORDS.get(intent, ("麻烦看一下", {}))
    read = await chat.says(text, intent, **slots)
    assert read, "the customer reads nothing"
    assert len(read) <= MOST_REPLIES
    assert all(0 < len(each) <= LONGEST_TEXT for each in read)
    assert all(line.strip() for each in read for line in each.split("\n"))
    assert all(len(label.encode()) <= LABEL_BYTES for label in chat.labels)


@pytest.mark.parametrize("intent", INTENTS)
async def test_a_menu_leads_to_intents_that_exist(intent: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("麻烦看一下", intent)
    ways = [each.id.removeprefix("go_") for each in chat.menu if each.id.startswith("go_")]
    assert {*ways} <= {*INTENTS}


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_a_short_label(intent: str) -> None:
    label = BOOK.render(phrase(f"intent.menu.{intent}"), NOON)
    assert 0 < len(label) <= LONGEST_LABEL


@pytest.mark.parametrize(
    "intent",
    [
        "logistics_delay",
        "parcel_missing",
        "return_request",
        "exchange_request",
        "after_sales_claim",
        "price_protection",
        "refund_status",
        "invoice_request",
        "delivery_change",
        "order_cancel",
        "urge_order",
        "payment_issue",
        "privacy_request",
        "complaint",
        "appointment_book",
        "product_consult",
    ],
)
async def test_what_needs_a_person_gets_a_ticket_though_no_shop_answers(intent: str) -> None:
    chat = all_shops_down()
    await chat.says("麻烦处理一下", intent)
    assert kept_for_people(chat)


def kept_for_people(chat: Chat) -> list[Command]:
    """What of the last outcome a person will see."""
    return [each for each in chat.last.do if isinstance(each, OpenTicket | HandOver)]
