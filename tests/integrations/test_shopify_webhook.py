"""Shopify's push: signed, for this very shop, and still perhaps unreadable."""

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, ShopEntry
from integrations.shopify.webhook import receive
from integrations.wild import Unreadable

_SECRET, _SHOP = "shpss", "a.myshopify.com"
_ENTRY = ShopEntry("s", "shopify", "海外站", "", {"app_secret": _SECRET, "shop": _SHOP})
_NAMES = ["id", "name", "updated_at", "customer"]


def _push(body: bytes, topic: str = "orders/updated", **more: str) -> PushRequest:
    mac = hmac.new(_SECRET.encode(), body, hashlib.sha256).digest()
    headers = {
        "x-shopify-hmac-sha256": base64.b64encode(mac).decode(),
        "x-shopify-topic": topic,
        "x-shopify-webhook-id": "w1",
        "x-shopify-shop-domain": _SHOP,
    }
    return PushRequest(
        "POST", {}, headers | {k.replace("_", "-"): v for k, v in more.items()}, body
    )


def _read(topic: str, **body: object) -> ShopEvent:
    (event,) = receive(_ENTRY, _push(json.dumps(body).encode(), topic)).events
    return event


@pytest.mark.parametrize(
    ("topic", "body", "about", "subject", "order_no"),
    [
        ("orders/create", {"id": 5, "name": "#1001"}, Subject.ORDER, "1001", "1001"),
        ("orders/fulfilled", {"id": 5, "name": "XM-7"}, Subject.ORDER, "XM-7", "XM-7"),
        ("orders/delete", {"id": 5}, Subject.ORDER, "5", "5"),
        ("refunds/create", {"id": 9, "order_id": 5}, Subject.REFUND, "9", ""),
        ("products/update", {"id": 8}, Subject.ITEM, "8", ""),
        ("inventory_levels/update", {"inventory_item_id": 1}, Subject.OTHER, "", ""),
        ("app/uninstalled", {"id": 1}, Subject.OTHER, "", ""),
        ("customers/redact", {"shop_id": 1}, Subject.OTHER, "", ""),
    ],
)
def test_a_topic_says_what_it_is_about(
    topic: str, body: dict[str, object], about: Subject, subject: str, order_no: str
) -> None:
    event = _read(topic, **body)

    assert (event.about, event.subject_id, event.order_no) == (about, subject, order_no)
    assert (event.shop, event.id, event.kind) == ("s", "w1", topic)


def test_the_later_change_has_the_higher_version() -> None:
    early, late = (
        _read("orders/updated", id=1, name="#1", updated_at=f"2026-11-22T13:28:5{each}+08:00")
        for each in (3, 4)
    )

    assert 0 < early.version < late.version


def test_of_a_push_only_what_tells_nothing_of_people_is_kept() -> None:
    event = _read(
        "orders/updated",
        id=1,
        name="#1001",
        total_price="1.00",
        phone="+6591234471",
        note_attributes=[{"name": "微信", "value": "abc"}],
        shipping_address={"name": "陈美"},
    )

    assert json.loads(event.raw) == {"id": 1, "name": "#1001", "total_price": "1.00"}


def test_a_push_from_another_shop_of_the_same_app_is_not_ours() -> None:
    with pytest.raises(ForgedPush):
        receive(_ENTRY, _push(b'{"id": 1}', x_shopify_shop_domain="b.myshopify.com"))


def test_a_try_from_the_console_is_told_apart() -> None:
    (event,) = receive(_ENTRY, _push(b'{"id": 1}', x_shopify_test="true")).events

    assert event.is_test


@pytest.mark.parametrize("missing", ["x-shopify-topic", "x-shopify-webhook-id"])
def test_without_topic_or_number_it_is_unreadable(missing: str) -> None:
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


@given(st.binary(max_size=50), st.text(max_size=60), st.text(max_size=20))
def test_any_other_signature_is_forged(body: bytes, sign: str, domain: str) -> None:
    headers = {"x-shopify-hmac-sha256": sign, "x-shopify-shop-domain": domain}
    with pytest.raises(ForgedPush):
        receive(_ENTRY, PushRequest("POST", {}, headers, body))
