"""The fake Douyin lets in and refuses as the real gateway does."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.shops.douyin.credentials import DouyinKeys
from sandbox.shops.douyin.signing import event_sign, is_tidy, sign
from tests.sandbox.douyin_caller import Caller, open_caller
from tests.sandbox.shops_world import at, beijing

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)
METHOD, BODY = "sku.list", '{"product_id":3672104588190040000}'


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with open_caller() as opened:
        yield opened


def sub_code(answer: object) -> tuple[object, object]:
    return at(answer, "code"), at(answer, "sub_code")


@pytest.mark.parametrize("case", VECTORS["doudian"]["cases"], ids=lambda case: case["name"])
def test_every_known_signature_is_reproduced(case: dict[str, str]) -> None:
    for way in ("md5", "hmac-sha256"):
        query = {
            "app_key": case["app_key"],
            "method": case["method"],
            "timestamp": case["timestamp"],
            "v": case["v"],
            "sign_method": way,
        }
        made = sign(query, case["param_json"], case["app_secret"])
        assert made == case[f"sign_{way.replace('-', '_')}"]
    assert is_tidy(case["param_json"])


def test_every_known_push_signature_is_reproduced() -> None:
    for case in VECTORS["doudian_push"]["cases"]:
        made = event_sign(case["app_key"], case["raw_body"].encode(), case["app_secret"])
        assert made == case["event_sign"]


@pytest.mark.parametrize("way", ["md5", "hmac-sha256"])
async def test_each_signature_lets_in(caller: Caller, way: str) -> None:
    answer = await caller.send(METHOD, BODY, caller.query(METHOD, BODY, sign_method=way))
    assert at(answer, "code") == 10000


async def test_without_a_name_the_signature_is_md5(caller: Caller) -> None:
    query = caller.query(METHOD, BODY, sign_method="md5")
    del query["sign_method"]
    assert at(await caller.send(METHOD, BODY, query), "code") == 10000


async def test_the_token_and_the_name_of_the_hash_are_not_signed(caller: Caller) -> None:
    query = caller.query(METHOD, BODY, access_token="another") | {"access_token": caller.token}
    assert at(await caller.send(METHOD, BODY, query), "code") == 10000


@pytest.mark.parametrize("name", ["app_key", "method", "timestamp", "v", "sign", "access_token"])
async def test_what_is_missing_is_40001(caller: Caller, name: str) -> None:
    query = caller.query(METHOD, BODY)
    del query[name]
    answer = await caller.send(METHOD, BODY, query)
    assert at(answer, "code") == 40001
    assert name.replace("_", "-") in str(at(answer, "sub_code"))


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"app_key": "1"}, "isv.app-key-invalid"),
        ({"v": "1"}, "isv.v-invalid"),
        ({"timestamp": "yesterday"}, "isv.timestamp-invalid"),
        ({"sign_method": "sha1"}, "isv.sign-method-invalid"),
        ({"access_token": "stolen"}, "isv.access-token-no-existed"),
    ],
)
async def test_what_is_wrong_is_40003(caller: Caller, wrong: dict[str, str], expected: str) -> None:
    answer = await caller.send(METHOD, BODY, caller.query(METHOD, BODY, **wrong))
    assert sub_code(answer) == (40003, expected)


@pytest.mark.parametrize("method", ["sku.stockNum", "product.detail"])
async def test_a_method_that_is_unknown_or_not_the_paths_is_refused(
    caller: Caller, method: str
) -> None:
    answer = await caller.send(METHOD, BODY, caller.query(method, BODY))
    assert sub_code(answer) == (40003, "isv.method-invalid")


@pytest.mark.parametrize(
    "sent",
    [
        BODY.replace("0040000", "0041117"),
        BODY.replace(":", ": "),
        '{"product_id":3672104588190040000,"a":1}',
        BODY + "\n",
    ],
)
async def test_a_body_other_than_the_signed_one_is_refused(caller: Caller, sent: str) -> None:
    answer = await caller.send(METHOD, sent, caller.query(METHOD, BODY))
    assert sub_code(answer) == (40003, "isv.signature-invalid")


@pytest.mark.parametrize("body", ['{"size":1,"page":0}', '{"a":[{"y":1,"x":2}]}', '{"a": 1}'])
async def test_an_untidy_body_is_refused_however_well_signed(caller: Caller, body: str) -> None:
    answer = await caller.send(METHOD, body, caller.query(METHOD, body))
    assert sub_code(answer) == (40003, "isv.signature-invalid")


@pytest.mark.parametrize("body", ["", "[]", "null", "{"])
async def test_a_body_must_be_an_object(caller: Caller, body: str) -> None:
    answer = await caller.send(METHOD, body, caller.query(METHOD, body))
    assert at(answer, "code") == 40004


async def test_either_spelling_of_chinese_is_signed_as_it_is_sent(caller: Caller) -> None:
    for body in ('{"name":"学步鞋","page":1,"size":9}', '{"name":"\\u5b66","page":1,"size":9}'):
        answer = await caller.send("product.listV2", body, caller.query("product.listV2", body))
        assert at(answer, "code") == 10000


@pytest.mark.parametrize(("minutes", "let_in"), [(-9, True), (9, True), (-11, False), (11, False)])
async def test_the_timestamp_may_be_ten_minutes_off_in_either_form(
    caller: Caller, minutes: int, let_in: bool
) -> None:
    moment = caller.clock.now() + timedelta(minutes=minutes)
    for stamp in (str(int(moment.timestamp())), beijing(moment)):
        answer = await caller.send(METHOD, BODY, caller.query(METHOD, BODY, timestamp=stamp))
        assert (at(answer, "code") == 10000) is let_in


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("rate_limit", (70000, "isp.flow-limit")),
        ("server", (20000, "isp.service-error:20004")),
        ("permission", (30001, "isv.app-permissions-insufficient")),
        ("closed", (30001, "dop.authorization-closed")),
        ({"code": 50002, "sub_code": "isv.business-failed:9"}, (50002, "isv.business-failed:9")),
    ],
)
async def test_a_planned_failure_is_used_up(
    caller: Caller, error: object, expected: tuple[int, str]
) -> None:
    await caller.control(fail={"method": METHOD, "times": 1, "error": error})
    assert sub_code(await caller.send(METHOD, BODY, caller.query(METHOD, BODY))) == expected
    await caller.data(METHOD, product_id=3672104588190040000)


async def test_the_call_limit_is_seventy_thousand(caller: Caller) -> None:
    await caller.control(rate_limit=1)
    codes = [at(await caller.call(METHOD, product_id=3672104588190040000), "code") for _ in "ab"]
    assert 70000 in codes


async def test_a_broken_body_ends_in_the_middle(caller: Caller) -> None:
    await caller.control(break_body=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await caller.call(METHOD, product_id=1)


async def test_a_shop_that_is_down_does_not_answer(caller: Caller) -> None:
    await caller.control(down=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.call(METHOD, product_id=1)


async def test_a_token_lives_seven_days(caller: Caller) -> None:
    caller.clock.turn(timedelta(days=6, hours=23))
    await caller.data(METHOD, product_id=3672104588190040000)
    caller.clock.turn(timedelta(days=7))
    refused = await caller.refusal(METHOD, product_id=3672104588190040000)
    assert refused == (40003, "isv.access-token-expired")


async def _refresh(caller: Caller, token: object) -> dict[str, object]:
    pair = await caller.data("token.refresh", grant_type="refresh_token", refresh_token=token)
    assert isinstance(pair, dict)
    return pair


async def test_a_refresh_before_the_last_hour_gives_the_same_pair(caller: Caller) -> None:
    first = await caller.sign_in()
    caller.clock.turn(timedelta(days=6, hours=22, minutes=59))
    again = await _refresh(caller, first["refresh_token"])
    assert again["access_token"] == first["access_token"]
    assert again["refresh_token"] == first["refresh_token"]
    assert again["expires_in"] == 3660


async def test_a_refresh_in_the_last_hour_gives_a_new_pair_and_the_old_lives_an_hour(
    caller: Caller,
) -> None:
    first = await caller.sign_in()
    caller.clock.turn(timedelta(days=6, hours=23, minutes=30))
    second = await _refresh(caller, first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    caller.clock.turn(timedelta(days=7, minutes=20))
    await caller.data(METHOD, product_id=3672104588190040000)
    caller.clock.turn(timedelta(days=7, minutes=31))
    refused = await caller.refusal(METHOD, product_id=3672104588190040000)
    assert refused == (40003, "isv.access-token-expired")


async def test_a_refresh_after_the_end_gives_a_new_pair_and_the_old_key_is_dead(
    caller: Caller,
) -> None:
    first = await caller.sign_in()
    caller.clock.turn(timedelta(days=8))
    await _refresh(caller, first["refresh_token"])
    asked = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert (await caller.refusal("token.refresh", **asked))[0] == 50002


async def test_a_refresh_token_lives_fourteen_days(caller: Caller) -> None:
    first = await caller.sign_in()
    caller.clock.turn(timedelta(days=14))
    asked = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert (await caller.refusal("token.refresh", **asked))[0] == 50002


async def test_a_code_is_traded_once(caller: Caller) -> None:
    asked = {"code": DouyinKeys().code, "grant_type": "authorization_code"}
    await caller.data("token.create", **asked)
    assert (await caller.refusal("token.create", **asked))[0] == 50002


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"grant_type": "authorization_self", "shop_id": "84310277"}, 40002),
        ({"code": "", "grant_type": "authorization_self"}, 40002),
        ({"code": "x", "grant_type": "authorization_self", "shop_id": "84310277"}, 40004),
        ({"code": "", "grant_type": "authorization_self", "shop_id": 84310277}, 40004),
        ({"code": "", "grant_type": "authorization_self", "shop_id": "1"}, 30001),
        ({"code": "x", "grant_type": "authorization_code"}, 50002),
        ({"code": "", "grant_type": "password"}, 40004),
    ],
)
async def test_a_token_for_whom_it_is_not_is_refused(
    caller: Caller, asked: dict[str, object], expected: int
) -> None:
    assert (await caller.refusal("token.create", **asked))[0] == expected
