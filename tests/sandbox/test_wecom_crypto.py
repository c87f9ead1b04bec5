"""The fake's envelope against the published and computed vectors."""

import json
from pathlib import Path

import pytest

from sandbox.wecom.crypto import BadCiphertext, BadReceiver, BadSignature, Sealer

Vector = dict[str, str]
FILE = Path(__file__).parent.parent / "vectors" / "wecom_crypto_vectors.json"
VECTORS: list[Vector] = json.loads(FILE.read_text(encoding="utf-8"))["vectors"]
GOOD = [v for v in VECTORS if v["expect"] == "ok"]
REPEATABLE = [v for v in GOOD if "random16_hex" in v]
FORGED = [v for v in VECTORS if v["expect"] == "bad_signature"]
FOREIGN = [v for v in VECTORS if v["expect"] == "bad_receiveid"]
BROKEN = [v for v in VECTORS if v["expect"] == "bad_ciphertext"]


def _sealer(vector: Vector) -> Sealer:
    return Sealer(vector["token"], vector["encoding_aes_key"], vector["receiveid"])


def _check(vector: Vector) -> None:
    _sealer(vector).check(
        vector["msg_signature"], vector["timestamp"], vector["nonce"], vector["encrypt"]
    )


def _name(vector: Vector) -> str:
    return vector["id"]


def test_every_kind_of_vector_is_there() -> None:
    assert len(GOOD) >= 10
    assert FORGED
    assert FOREIGN
    assert len(BROKEN) >= 5


@pytest.mark.parametrize("vector", GOOD, ids=_name)
def test_a_good_envelope_opens(vector: Vector) -> None:
    _check(vector)
    assert _sealer(vector).open(vector["encrypt"]).decode() == vector["plaintext"]


@pytest.mark.parametrize("vector", REPEATABLE, ids=_name)
def test_sealing_gives_the_same_bytes(vector: Vector) -> None:
    random = bytes.fromhex(vector["random16_hex"])
    assert _sealer(vector).seal(vector["plaintext"].encode(), random) == vector["encrypt"]


@pytest.mark.parametrize("vector", FORGED, ids=_name)
def test_a_forged_signature_is_refused(vector: Vector) -> None:
    with pytest.raises(BadSignature):
        _check(vector)


@pytest.mark.parametrize("vector", FOREIGN, ids=_name)
def test_an_envelope_for_another_corp_is_refused(vector: Vector) -> None:
    _check(vector)
    with pytest.raises(BadReceiver):
        _sealer(vector).open(vector["encrypt"])


@pytest.mark.parametrize("vector", BROKEN, ids=_name)
def test_a_broken_envelope_is_refused_even_when_it_is_signed(vector: Vector) -> None:
    _check(vector)
    with pytest.raises(BadCiphertext):
        _sealer(vector).open(vector["encrypt"])
