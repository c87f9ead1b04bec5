"""Youzan's push is believed only with its signature over the very bytes."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush, Subject
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.wild import Unreadable
from integrations.youzan import webhook

_CASES = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["youzan_event_sign"]["cases"]


def _entry(case: dict[str, Any]) -> ShopEntry:
    credentials = {"client_id": case["client_id"], "client_secret": case["client_secret"]}
    return ShopEntry("youzan-main", "youzan", "有赞商城", "", credentials)


def _pushed(sign: str | None, body: bytes) -> PushRequest:
    return PushRequest("POST", {}, {} if sign is None else {"event-sign": sign}, body)


def _signed(case: dict[str, Any]) -> PushRequest:
    return _pushed(case["event_sign"], case["raw_body"].encode())


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
_FIELDS = ("type", "id", "msg_id", "msg", "version", "test", "status", "kdt_id")
_HEADERS = st.dictionaries(
    st.sampled_from(["event-sign", "event-type", "client-id"]) | st.text(), st.text(st.characters())
)


def _sealed(body: bytes) -> PushRequest:
    case = _CASES[0]
    joined = case["client_id"].encode() + body + case["client_secret"].encode()
    return _pushed(hashlib.md5(joined, usedforsecurity=False).hexdigest(), body)


def _outcome(request: PushRequest) -> object:
    """What a push ends in; whatever else is raised fails the test."""
    try:
        return webhook.receive(_entry(_CASES[0]), request)
    except (ForgedPush, Unreadable) as error:
        return type(error)


@given(_HEADERS, st.binary())
def test_whatever_is_sent_unsigned_is_forged(headers: dict[str, str], body: bytes) -> None:
    assert _outcome(PushRequest("POST", {}, headers, body)) is ForgedPush


@given(st.binary() | st.text().map(str.encode) | _ANYTHING.map(json.dumps).map(str.encode))
def test_signed_garbage_is_unreadable(body: bytes) -> None:
    assert _outcome(_sealed(body)) is Unreadable


@given(st.dictionaries(st.sampled_from(_FIELDS), _ANYTHING))
def test_a_signed_push_with_odd_fields_is_an_event_or_unreadable(odd: dict[str, object]) -> None:
    outcome = _outcome(_sealed(json.dumps(odd).encode()))

    if outcome is not Unreadable:
        assert isinstance(outcome, Received)
        (event,) = outcome.events
        assert (event.kind, event.shop) == (odd["type"], "youzan-main")
        assert event.id


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030"])
def test_a_push_in_another_encoding_is_unreadable(encoding: str) -> None:
    body = json.dumps({"type": "trade_TradePaid", "id": "E1", "名": "有赞"}, ensure_ascii=False)

    assert _outcome(_sealed(body.encode(encoding))) is Unreadable


@pytest.mark.parametrize(
    ("kind", "about", "order_no"),
    [
        ("trade_TradePartlySellerShip", Subject.ORDER, "E7"),
        ("trade_TradeMemoModified", Subject.ORDER, "E7"),
        ("trade_refund_RefundSuccess", Subject.REFUND, "E1"),
        ("trade_refund_SysRefund", Subject.REFUND, "E1"),
        ("item_ItemUpdate", Subject.ITEM, ""),
        ("scrm_CustomerLevel", Subject.OTHER, ""),
    ],
)
def test_a_type_tells_what_has_to_be_read_again(kind: str, about: Subject, order_no: str) -> None:
    body = {"type": kind, "id": "E7", "msg_id": "m", "msg": "%7B%22tid%22%3A%22E1%22%7D"}

    outcome = _outcome(_sealed(json.dumps(body).encode()))

    assert isinstance(outcome, Received)
    (event,) = outcome.events
    assert (event.about, event.subject_id, event.order_no) == (about, "E7", order_no)


def test_a_signed_push_is_read_down_to_its_subject() -> None:
    case = _CASES[0]

    received = webhook.receive(_entry(case), _signed(case))
    (event,) = received.events

    assert event.shop == "youzan-main"
    assert event.kind == "trade_TradePaid"
    assert event.about is Subject.ORDER
    assert event.subject_id == event.order_no == "E20261121200000000001"
    assert event.version == 1763740900
    assert event.raw == case["raw_body"]
    assert case["raw_body"] not in repr(event)


@pytest.mark.parametrize("case", _CASES[1:])
def test_a_signed_body_that_says_nothing_is_unreadable_not_forged(case: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        webhook.receive(_entry(case), _signed(case))


@pytest.mark.parametrize("sign", [None, "", "0" * 32, _CASES[0]["event_sign"].upper(), "签名"])
def test_a_push_without_the_right_signature_is_forged(sign: str | None) -> None:
    with pytest.raises(ForgedPush):
        webhook.receive(_entry(_CASES[0]), _pushed(sign, _CASES[0]["raw_body"].encode()))


def test_one_changed_byte_is_forged() -> None:
    case = _CASES[0]
    body = case["raw_body"].replace("E2026", "E2027").encode()

    with pytest.raises(ForgedPush):
        webhook.receive(_entry(case), _pushed(case["event_sign"], body))
