"""The envelope against vectors that other implementations made."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wecom.crypto import BadCiphertext, BadReceiver, BadSignature, EnvelopeCrypto, Sealed

_FILE = Path(__file__).parents[2] / "vectors" / "wecom_crypto_vectors.json"
VECTORS = json.loads(_FILE.read_text(encoding="utf-8"))["vectors"]
REFUSALS = {
    "bad_signature": BadSignature,
    "bad_receiveid": BadReceiver,
    "bad_ciphertext": BadCiphertext,
}
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def crypto_of(vector: dict[str, str]) -> EnvelopeCrypto:
    return EnvelopeCrypto(vector["token"], vector["encoding_aes_key"], vector["receiveid"])


def sealed_of(vector: dict[str, str]) -> Sealed:
    return Sealed(vector["encrypt"], vector["msg_signature"], vector["timestamp"], vector["nonce"])


def named(vectors: list[dict[str, str]]) -> list[object]:
    return [pytest.param(each, id=each["id"]) for each in vectors]


@pytest.mark.parametrize("vector", named([v for v in VECTORS if v["expect"] == "ok"]))
def test_what_others_sealed_opens(vector: dict[str, str]) -> None:
    assert crypto_of(vector).open(sealed_of(vector)) == vector["plaintext"]


@pytest.mark.parametrize("vector", named([v for v in VECTORS if v["expect"] != "ok"]))
def test_what_is_broken_is_refused_by_its_name(vector: dict[str, str]) -> None:
    with pytest.raises(REFUSALS[vector["expect"]]):
        crypto_of(vector).open(sealed_of(vector))


@pytest.mark.parametrize("vector", named([v for v in VECTORS if v.get("reencrypt_byte_equal")]))
def test_sealing_gives_the_same_bytes_as_others(vector: dict[str, str]) -> None:
    sealed = crypto_of(vector).seal(
        vector["plaintext"],
        vector["timestamp"],
        vector["nonce"],
        random=bytes.fromhex(vector["random16_hex"]),
    )
    assert sealed == sealed_of(vector)


def test_every_expectation_of_the_vectors_is_tried() -> None:
    assert {each["expect"] for each in VECTORS} == {"ok", *REFUSALS}


@given(text=st.text(max_size=300), receiver=st.text("abcdef0123456789", max_size=24))
def test_what_we_seal_we_open(text: str, receiver: str) -> None:
    crypto = EnvelopeCrypto("token", KEY, receiver)
    assert crypto.open(crypto.seal(text, "1409659813", "nonce")) == text


@given(cut=st.integers(min_value=0, max_value=200), random=st.binary(max_size=64))
def test_no_ciphertext_ever_escapes_as_another_error(cut: int, random: bytes) -> None:
    crypto = EnvelopeCrypto("token", KEY, "ww1")
    whole = crypto.seal("你好" * 20, "1", "n").encrypt
    for encrypt in (whole[:cut], whole[:cut] + random.hex(), random.hex()):
        sealed = Sealed(encrypt, crypto.sign("1", "n", encrypt), "1", "n")
        if encrypt != whole:
            with pytest.raises((BadCiphertext, BadReceiver)):
                crypto.open(sealed)


def test_a_message_under_another_signature_is_refused() -> None:
    crypto = EnvelopeCrypto("token", KEY, "ww1")
    sealed = crypto.seal("hello", "1", "n")
    for wrong in ("", "0" * 40, sealed.signature.upper(), "签名"):
        with pytest.raises(BadSignature):
            crypto.open(replace(sealed, signature=wrong))


@pytest.mark.parametrize(
    ("token", "key"),
    [("", KEY), ("a" * 33, KEY), ("a-b", KEY), ("token", KEY[:-1]), ("token", "=" * 43)],
)
def test_settings_of_the_wrong_form_are_refused(token: str, key: str) -> None:
    with pytest.raises(ValueError, match="is"):
        EnvelopeCrypto(token, key, "ww1")
