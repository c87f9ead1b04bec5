"""Whatever people write and models make of it: an answer, never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.customers.model import Customer
from tests.actions.chat import Chat
from tests.actions.goods import SHIPPED
from tests.actions.people import BROWSER, MIMI, STRANGER
from tests.actions.test_every_intent import INTENTS

SLOTS = (
    *("product", "order_id", "tracking_no", "phone", "phone_tail", "size", "color", "city"),
    *("store", "quantity", "platform", "date", "coupon", "ticket", "item", "order", "said"),
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["22码", "白色", "上海", "2345", SHIPPED.number, "T-20261121-0001", "youzan-main:101", ":"]
    ),
)
KINDS = ("image", "location", "link", "miniprogram", "channels_shop_product", "note", "", "新的")
FIELDS = ("latitude", "longitude", "title", "url", "media_id", "kind")


@given(
    intent=st.sampled_from(INTENTS),
    customer=st.sampled_from([STRANGER, BROWSER, MIMI]),
    text=WORDS,
    slots=st.dictionaries(st.sampled_from(SLOTS), WORDS.filter(bool), max_size=4),
)
@settings(max_examples=150, deadline=None)
async def test_odd_slots_are_answered(
    intent: str, customer: Customer, text: str, slots: dict[str, str]
) -> None:
    chat = Chat(customer)
    read = await chat.says(text, intent, **slots)
    again = await chat.says(text, intent, **slots)
    assert read
    assert again


@given(
    kind=st.sampled_from(KINDS),
    fields=st.dictionaries(st.sampled_from(FIELDS[:-1]), WORDS, max_size=4),
)
@settings(max_examples=50, deadline=None)
async def test_odd_media_are_answered(kind: str, fields: dict[str, str]) -> None:
    chat = Chat(STRANGER)
    assert await chat.sends(kind, **fields)


@pytest.mark.parametrize("latitude", ["nan", "inf", "-91", "1e309"])
async def test_a_place_nowhere_on_earth_goes_to_a_person(latitude: str) -> None:
    chat = Chat(STRANGER)
    read = await chat.sends("location", latitude=latitude, longitude="121")
    assert "同事" in read[0]
