"""Signatures of webhooks against vectors that two other programs agree on."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.hooks import is_signed

_VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)
_CASES: list[dict[str, Any]] = [
    *_VECTORS["woocommerce_webhook"]["cases"],
    *_VECTORS["shopify"]["webhook_X-Shopify-Hmac-Sha256"],
]


@pytest.mark.parametrize("case", _CASES)
def test_the_known_signatures_are_right(case: dict[str, Any]) -> None:
    body, secret, sent = case["raw_body"].encode(), case["secret"], case["hmac_base64"]

    assert is_signed(body, secret, sent)
    assert not is_signed(body + b" ", secret, sent)
    assert not is_signed(body, secret + "x", sent)
    assert not is_signed(body, secret, sent.lower())


def test_without_a_secret_nothing_is_signed() -> None:
    of_nothing = base64.b64encode(hmac.new(b"", b"{}", hashlib.sha256).digest()).decode()

    assert not is_signed(b"{}", "", of_nothing)


@given(st.binary(max_size=40), st.text(max_size=50))
def test_no_other_text_is_a_signature(body: bytes, sent: str) -> None:
    assert not is_signed(body, "s3cret", sent)
