"""The trackers' signatures agree with the published vectors."""

import json
from pathlib import Path
from typing import Any

import pytest

from integrations.carriers.kdniao.signing import sign
from integrations.carriers.kuaidi100.signing import salt_of, sign_order, sign_push, sign_query

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "shop_sign_vectors.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", VECTORS["kuaidi100_query"]["cases"])
def test_kuaidi100_questions(case: dict[str, Any]) -> None:
    assert sign_query(case["param"], case["key"], case["customer"]) == case["sign"]


@pytest.mark.parametrize("case", VECTORS["kuaidi100_push"]["cases"])
def test_kuaidi100_pushes(case: dict[str, Any]) -> None:
    assert sign_push(case["param"].encode(), case["salt"]) == case["sign"]


@pytest.mark.parametrize("case", VECTORS["kuaidi100_order"]["cases"])
def test_kuaidi100_shipping(case: dict[str, Any]) -> None:
    assert sign_order(case["param"], case["t"], case["key"], case["secret"]) == case["sign"]


@pytest.mark.parametrize("case", VECTORS["kdniao"]["cases"])
def test_kdniao(case: dict[str, Any]) -> None:
    signed = sign(case["RequestData_raw"].encode(), case["api_key"])
    assert signed == case["DataSign_before_urlencode"]


def test_kdniao_agrees_with_the_manual_whose_sample_has_single_quotes() -> None:
    sample = "{'OrderCode':'','ShipperCode':'SF','LogisticCode':'118954907573'}"
    key = VECTORS["kdniao"]["cases"][0]["api_key"]
    assert sign(sample.encode(), key) == VECTORS["kdniao"]["official_value_in_manual"]


def test_every_parcel_has_a_salt_of_its_own_that_needs_no_keeping() -> None:
    assert salt_of("YT1", "secret") == salt_of("YT1", "secret")
    others = {salt_of("YT1", "secret"), salt_of("YT2", "secret"), salt_of("YT1", "another")}
    assert len(others) == 3
    assert all(len(salt) == 32 and salt.isalnum() for salt in others)
