"""Douyin's push is believed only with its signature over the very bytes."""

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.douyin import webhook
from integrations.platform import PushRequest, ShopEntry
from integrations.wild import Unreadable

_CASES = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["doudian_push"]["cases"]
_KEY, _SECRET = _CASES[0]["app_key"], _CASES[0]["app_secret"]
_ENTRY = ShopEntry(
    "douyin-main",
    "douyin",
    "抖音小店",
    "",
    {"app_key": _KEY, "app_secret": _SECRET, "shop_id": "84310277"},
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
_MESSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "tag": st.sampled_from(["0", "100", "206", "400", "999", 100, None]),
            "msg_id": st.one_of(st.text(), st.integers(), _JSON),
            "data": st.one_of(_JSON, _JSON.map(json.dumps), st.text()),
        }
    )
)


def _pushed(sign: str | None, body: bytes) -> PushRequest:
    return PushRequest("POST", {}, {} if sign is None else {"event-sign": sign}, body)


def _sign(body: bytes) -> str:
    joined = _KEY.encode() + body + _SECRET.encode()
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()


def _events(*messages: dict[str, object]) -> tuple[ShopEvent, ...]:
    body = json.dumps(messages).encode()
    return webhook.receive(_ENTRY, _pushed(_sign(body), body)).events


def _message(tag: str, msg_id: str = "69230", **data: object) -> dict[str, object]:
    return {"tag": tag, "msg_id": msg_id, "data": json.dumps(data)}


@pytest.mark.parametrize("case", _CASES)
def test_each_known_signature_is_believed_and_thanked_for(case: dict[str, Any]) -> None:
    received = webhook.receive(_ENTRY, _pushed(case["event_sign"], case["raw_body"].encode()))

    assert json.loads(received.answer) == {"code": 0, "msg": "success"}
    assert len(received.events) == len(json.loads(case["raw_body"]))


def test_an_array_is_as_many_events_each_with_its_subject() -> None:
    order, after_sale, product, audit = _events(
        _message("102", "1", p_id=6937480133650876051, shop_id=84310277, update_time=1763740900),
        _message("206", "2", p_id=6937480133650876051, aftersale_id=7301248855019640833),
        _message("400", "3", product_id=3672104588190040000),
        _message("137", "4", material_id="x"),
    )

    assert (order.kind, order.about, order.version) == ("102", Subject.ORDER, 1763740900)
    assert order.subject_id == order.order_no == "6937480133650876051"
    assert (after_sale.about, after_sale.subject_id) == (Subject.REFUND, "7301248855019640833")
    assert after_sale.order_no == "6937480133650876051"
    assert (product.about, product.subject_id) == (Subject.ITEM, "3672104588190040000")
    assert (audit.about, audit.subject_id) == (Subject.OTHER, "")
    assert len({event.id for event in (order, after_sale, product, audit)}) == 4


def test_data_may_be_an_object_as_well_as_json_in_a_text() -> None:
    (event,) = _events({"tag": "101", "msg_id": 5, "data": {"p_id": "6937480133650876051"}})

    assert event.order_no == "6937480133650876051"


def test_the_same_message_sent_again_has_the_same_id() -> None:
    first = _events(_message("102", "77", p_id=1))
    again = _events(_message("101", "76", p_id=1), _message("102", "77", p_id=1))

    assert first[0].id == again[1].id


def test_the_consoles_check_is_a_test() -> None:
    (event,) = _events({"tag": "0", "msg_id": "0", "data": "2026-11-21T20:00:00+08:00"})

    assert event.is_test
    assert (event.about, event.subject_id, event.order_no) == (Subject.OTHER, "", "")


def test_messages_for_another_shop_of_the_same_app_are_left_out() -> None:
    (event,) = _events(
        _message("102", "1", p_id=1, shop_id=999), _message("102", "2", p_id=2, shop_id="84310277")
    )

    assert event.order_no == "2"


def test_what_was_said_does_not_show_in_logs() -> None:
    (event,) = _events(_message("105", p_id=1, receiver_msg={"name": "汤馨"}))

    assert "汤馨" not in repr(event)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null x",
        b'{"tag":"100"}',
        b'["100"]',
        b'[{"tag":"100","data":"{}"}]',
        b'[{"tag":"100","msg_id":"1","data":"{}"}]',
        b'[{"tag":"100","msg_id":"1","data":"[1]"}]',
        b'[{"tag":"206","msg_id":"1","data":"{\\"p_id\\":1}"}]',
        b'[{"tag":"400","msg_id":"1","data":"not json"}]',
        b'[{"tag":"100","msg_id":"1"}]',
    ],
)
def test_a_signed_body_that_says_nothing_is_unreadable_not_forged(body: bytes) -> None:
    with pytest.raises(Unreadable):
        webhook.receive(_ENTRY, _pushed(_sign(body), body))


@pytest.mark.parametrize(
    "sign", [None, "", "0" * 32, _CASES[0]["event_sign"].upper(), "签名", "\udcff"]
)
def test_a_push_without_the_right_signature_is_forged(sign: str | None) -> None:
    with pytest.raises(ForgedPush):
        webhook.receive(_ENTRY, _pushed(sign, _CASES[0]["raw_body"].encode()))


def test_one_changed_byte_is_forged() -> None:
    case = _CASES[0]
    body = case["raw_body"].replace("4781", "4782").encode()

    with pytest.raises(ForgedPush):
        webhook.receive(_ENTRY, _pushed(case["event_sign"], body))


@given(body=st.binary(), headers=st.dictionaries(st.text(), st.text()))
def test_whatever_comes_unsigned_is_forged(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(ForgedPush):
        webhook.receive(_ENTRY, PushRequest("POST", {}, headers, body))


@given(body=st.one_of(st.binary(), _JSON.map(json.dumps).map(str.encode)))
def test_whatever_is_signed_is_read_or_unreadable(body: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert webhook.receive(_ENTRY, _pushed(_sign(body), body)).answer == webhook.THANKS


@given(messages=_MESSAGES)
def test_odd_messages_are_read_or_unreadable(messages: list[dict[str, object]]) -> None:
    body = json.dumps(messages).encode()
    try:
        received = webhook.receive(_ENTRY, _pushed(_sign(body), body))
    except Unreadable:
        return
    assert len(received.events) <= len(messages)
    assert all(event.id and event.kind for event in received.events)
