"""Youzan's push is believed only with its signature over the very bytes."""

import json
from pathlib import Path
from typing import Any

import pytest

from desk.shops.events import ForgedPush, Subject
from integrations.platform import PushRequest, ShopEntry
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
