"""Signatures agree with what the platforms' own SDKs computed."""

import json
from pathlib import Path
from typing import Any

import pytest

from integrations.signing import SignMethod, sign_sorted, without_empty

_VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)


def _cases(platform: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{platform}: {case['name']}") for case in _VECTORS[platform]["cases"]
    ]


@pytest.mark.parametrize("case", [*_cases("taobao_top"), *_cases("jd_jos"), *_cases("pinduoduo")])
def test_a_request_is_signed_as_the_sdk_signs_it(case: dict[str, Any]) -> None:
    method = SignMethod(case.get("sign_method", "md5"))

    assert sign_sorted(case["params"], case["secret"], method) == case["sign"]


def test_the_signature_itself_is_not_signed() -> None:
    params = {"method": "m", "v": "2.0"}

    signed = sign_sorted({**params, "sign": "OLD"}, "secret", SignMethod.MD5)

    assert signed == sign_sorted(params, "secret", SignMethod.MD5)


def test_empty_values_are_dropped_before_anything_is_signed() -> None:
    assert without_empty({"q": "", "page_no": "1", "": "x"}) == {"page_no": "1"}
