"""The push of a Vendure shop's plugin: what is signed may still be unreadable."""

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, ShopEntry
from integrations.vendure.webhook import receive
from integrations.wild import Unreadable

_SECRET = "s3cret"
_ENTRY = ShopEntry("v", "vendure", "店", "http://127.0.0.1:1", {"webhook_secret": _SECRET})
_AT = "2026-11-22T05:28:58.509Z"


def _push(body: bytes) -> PushRequest:
    sign = base64.b64encode(hmac.new(_SECRET.encode(), body, hashlib.sha256).digest()).decode()
    return PushRequest("POST", {}, {"x-shop-hmac-sha256": sign}, body)


def _read(topic: str, **data: str) -> ShopEvent:
    body = json.dumps({"id": "e1", "topic": topic, "at": _AT, "data": data}).encode()
    (event,) = receive(_ENTRY, _push(body)).events
    return event


@pytest.mark.parametrize(
    ("topic", "about", "subject"),
    [
        ("order.placed", Subject.ORDER, "C1"),
        ("payment.state", Subject.ORDER, "C1"),
        ("fulfillment.state", Subject.ORDER, "C1"),
        ("refund", Subject.REFUND, "R1"),
        ("refund.state", Subject.REFUND, "R1"),
        ("stock", Subject.STOCK, "P1"),
        ("variant", Subject.ITEM, "P1"),
        ("product", Subject.ITEM, "P1"),
        ("promotion", Subject.OTHER, ""),
    ],
)
def test_a_topic_says_what_it_is_about(topic: str, about: Subject, subject: str) -> None:
    event = _read(topic, order="C1", refund="R1", product="P1")

    assert (event.about, event.subject_id, event.order_no) == (about, subject, "C1")
    assert (event.id, event.kind) == ("e1", topic)
    assert event.version == 1795325338509


def test_what_says_nothing_of_its_subject_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        _read("order.placed")


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["id", "topic", "at", "data"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_signed_body_is_read_or_unreadable(body: bytes) -> None:
    try:
        received = receive(_ENTRY, _push(body))
    except Unreadable:
        return
    assert len(received.events) == 1


@given(st.binary(max_size=50), st.text(max_size=60))
def test_any_other_signature_is_forged(body: bytes, sign: str) -> None:
    with pytest.raises(ForgedPush):
        receive(_ENTRY, PushRequest("POST", {}, {"x-shop-hmac-sha256": sign}, body))
