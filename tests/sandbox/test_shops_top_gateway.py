"""The fake TOP lets in and refuses as the real gateway does."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.shops.taobao.signing import sign
from tests.sandbox.shops_world import World, at, beijing, open_world

VECTORS = Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json"
METHOD = "taobao.item.seller.get"
ASKED = {"num_iid": "728450193362", "fields": "num_iid,title"}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


def code(answer: object) -> object:
    return at(answer, "error_response", "code")


def test_every_known_signature_is_reproduced() -> None:
    cases = json.loads(VECTORS.read_text())["taobao_top"]["cases"]
    assert {case["sign_method"] for case in cases} == {"md5", "hmac", "hmac-sha256"}
    for case in cases:
        made = sign(case["params"], case["secret"], case["sign_method"])
        assert made == case["sign"], case["name"]


@pytest.mark.parametrize("sign_method", ["md5", "hmac", "hmac-sha256"])
async def test_each_signature_lets_in(world: World, sign_method: str) -> None:
    form = world.top_form(METHOD, **ASKED, sign_method=sign_method)
    form["sign"] = sign(form, world.keys.app_secret, sign_method)
    answer = await world.send_form(form)
    assert at(answer, "item_seller_get_response", "item", "num_iid") == 728450193362


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [("method", 21), ("sign", 24), ("session", 26), ("app_key", 28), ("timestamp", 30), ("v", 32)],
)
async def test_what_is_missing_has_its_own_code(world: World, left_out: str, expected: int) -> None:
    form = world.top_form(METHOD, **ASKED)
    del form[left_out]
    if left_out != "sign":
        form["sign"] = sign(form, world.keys.app_secret, "md5")
    assert code(await world.send_form(form)) == expected


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"session": "6100stolen"}, 27),
        ({"app_key": "1"}, 29),
        ({"v": "3.0"}, 33),
        ({"timestamp": "yesterday"}, 31),
        ({"sign_method": "sha1"}, 25),
    ],
)
async def test_what_is_wrong_has_its_own_code(
    world: World, wrong: dict[str, str], expected: int
) -> None:
    assert code(await world.send_form(world.top_form(METHOD, **ASKED, **wrong))) == expected


async def test_a_changed_parameter_breaks_the_signature(world: World) -> None:
    form = world.top_form(METHOD, **ASKED) | {"num_iid": "728450193371"}
    assert code(await world.send_form(form)) == 25


async def test_an_unknown_method_is_invalid(world: World) -> None:
    answer = await world.send_form(world.top_form("taobao.no.such.thing"))
    assert code(answer) == 22


@pytest.mark.parametrize(("minutes", "let_in"), [(-9, True), (9, True), (-11, False), (11, False)])
async def test_the_timestamp_may_be_ten_minutes_off_the_fake_clock(
    world: World, minutes: int, let_in: bool
) -> None:
    world.clock.turn(timedelta(days=400))
    stamp = beijing(world.clock.now() + timedelta(minutes=minutes))
    answer = await world.send_form(world.top_form(METHOD, **ASKED, timestamp=stamp))
    assert ("item_seller_get_response" in str(answer)) is let_in


async def test_an_expired_session_says_so_until_it_is_valid_again(world: World) -> None:
    await world.control("taobao", expire_token=True)
    answer = await world.send_form(world.top_form(METHOD, **ASKED))
    assert (code(answer), at(answer, "error_response", "sub_code")) == (27, "invalid-sessionkey")
    await world.control("taobao", expire_token=False)
    await world.top(METHOD, **ASKED)


async def test_a_refresh_token_is_good_for_one_refresh_without_a_session(world: World) -> None:
    async def refresh(token: str) -> object:
        form = world.top_form("taobao.top.auth.token.refresh", refresh_token=token)
        del form["session"]
        form["sign"] = sign(form, world.keys.app_secret, "md5")
        return await world.send_form(form)

    await world.control("taobao", expire_token=True)
    answer = await refresh(world.keys.refresh_token)
    result = json.loads(str(at(answer, "top_auth_token_refresh_response", "token_result")))
    assert code(await world.send_form(world.top_form(METHOD, **ASKED))) == 27
    await world.top(METHOD, **ASKED, session=result["access_token"])
    assert code(await refresh(world.keys.refresh_token)) == 15
    again = await refresh(result["refresh_token"])
    assert at(again, "top_auth_token_refresh_response", "token_result")
    assert code(await refresh("")) == 40
    old = world.top_form(METHOD, **ASKED, session=result["access_token"])
    assert code(await world.send_form(old)) == 27


async def test_a_missing_argument_is_named(world: World) -> None:
    answer = await world.send_form(world.top_form(METHOD, fields="title"))
    assert code(answer) == 40
    assert "num_iid" in str(at(answer, "error_response", "msg"))
    no_fields = await world.send_form(world.top_form(METHOD, num_iid="728450193362"))
    assert "fields" in str(at(no_fields, "error_response", "msg"))


async def test_only_the_fields_asked_for_come(world: World) -> None:
    item = at(await world.top(METHOD, **ASKED), "item")
    assert isinstance(item, dict)
    assert sorted(item) == ["num_iid", "title"]


async def test_simplify_drops_the_wrapper_levels(world: World) -> None:
    asked = {"fields": "num_iid,title", "q": "学步鞋"}
    wrapped = await world.top("taobao.items.onsale.get", **asked)
    assert at(wrapped, "items", "item", 0, "num_iid") == 728450193362
    form = world.top_form("taobao.items.onsale.get", **asked, simplify="true")
    plain = await world.send_form(form)
    assert at(plain, "items", 0, "num_iid") == 728450193362
    assert at(plain, "request_id")


async def test_the_call_limit_is_code_seven(world: World) -> None:
    await world.control("taobao", rate_limit=1)
    await world.top(METHOD, **ASKED)
    assert code(await world.send_form(world.top_form(METHOD, **ASKED))) == 7


async def test_a_planned_failure_is_used_up(world: World) -> None:
    await world.control("taobao", fail={"method": METHOD, "times": 1, "error": "server"})
    answer = await world.send_form(world.top_form(METHOD, **ASKED))
    assert code(answer) == 15
    assert str(at(answer, "error_response", "sub_code")).startswith("isp.")
    await world.top(METHOD, **ASKED)


async def test_a_broken_body_ends_in_the_middle(world: World) -> None:
    await world.control("taobao", break_body=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await world.top(METHOD, **ASKED)


async def test_a_shop_that_is_down_does_not_pull_the_other_down(world: World) -> None:
    await world.control("taobao", down=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await world.top(METHOD, **ASKED)
    youzan = await world.youzan("youzan.item.detail.get", "1.0.2", item_id="1287450101")
    assert at(youzan, "success") is True
