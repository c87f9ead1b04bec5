"""WooCommerce's push: what is signed may still be unreadable, and a ping says nothing."""

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, ShopEntry
from integrations.wild import Unreadable
from integrations.woocommerce.webhook import receive

_SECRET = "s3cret"
_ENTRY = ShopEntry("w", "woocommerce", "独立站", "", {"webhook_secret": _SECRET})
_NAMES = ["id", "number", "date_modified_gmt", "billing"]


def _push(body: bytes, topic: str = "order.updated", delivery: str = "d1") -> PushRequest:
    mac = hmac.new(_SECRET.encode(), body, hashlib.sha256).digest()
    headers = {
        "x-wc-webhook-signature": base64.b64encode(mac).decode(),
        "x-wc-webhook-topic": topic,
        "x-wc-webhook-delivery-id": delivery,
    }
    return PushRequest("POST", {}, headers, body)


def _read(topic: str, **body: object) -> ShopEvent:
    (event,) = receive(_ENTRY, _push(json.dumps(body).encode(), topic)).events
    return event


@pytest.mark.parametrize(
    ("topic", "body", "about", "subject", "order_no"),
    [
        ("order.updated", {"id": 5, "number": "XM-5"}, Subject.ORDER, "XM-5", "XM-5"),
        ("order.deleted", {"id": 5}, Subject.ORDER, "5", "5"),
        ("product.updated", {"id": 8}, Subject.ITEM, "8", ""),
        ("customer.created", {"id": 3}, Subject.OTHER, "3", ""),
        ("action.woocommerce_add_to_cart", {"action": "x", "arg": 1}, Subject.OTHER, "", ""),
    ],
)
def test_a_topic_says_what_it_is_about(
    topic: str, body: dict[str, object], about: Subject, subject: str, order_no: str
) -> None:
    event = _read(topic, **body)

    assert (event.about, event.subject_id, event.order_no) == (about, subject, order_no)
    assert (event.shop, event.kind, event.version) == ("w", topic, 0)


def test_two_orders_of_one_second_are_two_events_though_their_deliveries_bear_one_name() -> None:
    first, other, again = (_read("order.updated", id=each) for each in (1, 2, 1))

    assert first.id == again.id != other.id


def test_the_later_change_has_the_higher_version() -> None:
    early, late = (
        _read("order.updated", id=1, date_modified_gmt=f"2026-11-22T05:28:5{second}").version
        for second in (3, 4)
    )

    assert early < late


def test_a_receiver_in_a_push_is_not_passed_on() -> None:
    event = _read("order.updated", id=1, billing={"phone": "13800001111"}, status="processing")

    assert "1380000" not in event.raw
    assert "processing" in event.raw


def test_the_ping_of_a_new_webhook_is_thanked_and_says_nothing() -> None:
    assert receive(_ENTRY, PushRequest("POST", {}, {}, b"webhook_id=17")).events == ()


@pytest.mark.parametrize("missing", ["x-wc-webhook-topic", "x-wc-webhook-delivery-id"])
def test_without_topic_or_delivery_it_is_unreadable(missing: str) -> None:
    push = _push(b'{"id": 1}')
    headers = {name: value for name, value in push.headers.items() if name != missing}

    with pytest.raises(Unreadable):
        receive(_ENTRY, PushRequest("POST", {}, headers, push.body))


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(_NAMES), inner),
    ).map(lambda value: json.dumps(value).encode()),
    st.text(max_size=30),
)
def test_any_signed_body_is_read_or_unreadable(body: bytes, topic: str) -> None:
    try:
        received = receive(_ENTRY, _push(body, topic))
    except Unreadable:
        return
    assert len(received.events) == 1


@given(st.binary(max_size=50), st.text(max_size=60))
def test_any_other_signature_is_forged(body: bytes, sign: str) -> None:
    with pytest.raises(ForgedPush):
        receive(_ENTRY, PushRequest("POST", {}, {"x-wc-webhook-signature": sign}, body))
