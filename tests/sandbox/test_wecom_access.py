"""Tokens, bodies, unknown paths, and an API that is told to misbehave."""

import aiohttp
import pytest

from tests.sandbox.house import KF, SETTINGS, YU, House, as_object, objects
from tests.sandbox.scripted_bot import Json


@pytest.mark.parametrize(
    ("query", "errcode"),
    [
        ({"corpid": "wwother"}, 40013),
        ({"corpsecret": "wrong"}, 40091),
        ({"corpid": ""}, 41002),
        ({"corpsecret": ""}, 41004),
    ],
)
async def test_gettoken_refuses(house: House, query: dict[str, str], errcode: int) -> None:
    assert (await house.gettoken(**query))["errcode"] == errcode


async def test_a_token_is_the_same_while_it_is_valid(house: House) -> None:
    first = await house.gettoken()
    assert first["expires_in"] == 7200
    house.turn(seconds=7100)
    second = await house.gettoken()
    assert second["access_token"] == first["access_token"]
    assert as_int(second["expires_in"]) <= 100


async def test_a_token_expires_after_two_hours(house: House) -> None:
    await house.api("getcallbackip")
    house.turn(keep_token=True, seconds=7201)
    assert (await house.api("getcallbackip"))["errcode"] == 42001
    house.token = ""
    assert (await house.api("getcallbackip"))["errcode"] == 0


@pytest.mark.parametrize(("action", "errcode"), [("expire", 42001), ("forget", 40014)])
async def test_tokens_can_be_made_useless_now(house: House, action: str, errcode: int) -> None:
    await house.api("getcallbackip")
    await house.control("tokens", {"action": action})
    assert (await house.api("getcallbackip"))["errcode"] == errcode


async def test_a_token_in_the_body_does_not_count(house: House) -> None:
    token = (await house.gettoken())["access_token"]
    url = f"{house.url}/cgi-bin/kf/account/list"
    answer = await house.http.post(url, json={"access_token": token})
    assert (await answer.json())["errcode"] == 41001


async def test_an_unknown_token_is_invalid(house: House) -> None:
    house.token = "made-up"
    assert (await house.api("getcallbackip"))["errcode"] == 40014


async def test_an_unknown_path_is_a_json_404(house: House) -> None:
    assert (await house.api("kf/no_such_call", {}))["errcode"] == 404


@pytest.mark.parametrize(
    ("raw", "errcode"),
    [
        (rb'{"open_kfid":"\u5b98"}', 40033),
        (rb'{"open_kfid":"\\u5b98"}', 95000),
        (b"open_kfid=wk", 40058),
        (b"[]", 40058),
        (b"{}", 40058),
        (b'{"open_kfid":7}', 40058),
        (b'{"open_kfid":""}', 40058),
        (b'{"open_kfid":"wkNobody"}', 95004),
    ],
)
async def test_a_body_is_read_strictly(house: House, raw: bytes, errcode: int) -> None:
    await house.api("getcallbackip")
    url = f"{house.url}/cgi-bin/kf/sync_msg"
    answer = await house.http.post(url, params={"access_token": house.token}, data=raw)
    assert (await answer.json())["errcode"] == errcode


async def test_the_wrong_method_is_refused(house: House) -> None:
    assert (await house.api("kf/sync_msg"))["errcode"] == 40063


async def test_an_errcode_can_be_ordered_for_the_next_calls(house: House) -> None:
    rule: Json = {"path": "kf/account/list", "kind": "errcode", "value": -1, "count": 2}
    await house.control("faults", {"rules": [rule]})
    answers = [(await house.api("kf/account/list", {}))["errcode"] for _ in range(3)]
    assert answers == [-1, -1, 0]


async def test_calls_are_kept_with_their_outcome(house: House) -> None:
    await house.api("kf/account/list", {})
    await house.api("kf/nothing", {})
    calls = objects((await house.control("calls"))["calls"])
    assert [(call["path"], call["errcode"]) for call in calls] == [
        ("gettoken", 0),
        ("kf/account/list", 0),
        ("kf/nothing", 404),
    ]


async def test_a_lost_response_has_acted_all_the_same(house: House) -> None:
    await house.customer_says("在吗")
    await house.api("getcallbackip")
    await _order(house, "lose_response")
    with pytest.raises(aiohttp.ClientError):
        await house.reply(msgid="once")
    lines = await house.lines(f"customer:{KF}:{YU}")
    assert [line["id"] for line in lines if line["sender"] == "bot"] == ["once"]
    again = await house.reply(msgid="once")
    assert again["errcode"] == 40058
    assert "msgid" in str(again["errmsg"])


async def test_a_body_can_break_off_in_its_middle(house: House) -> None:
    await house.api("getcallbackip")
    await _order(house, "break_body")
    with pytest.raises(aiohttp.ClientPayloadError):
        await house.reply()
    await house.customer_says("在吗")
    assert (await house.reply())["errcode"] == 0


async def test_a_status_is_answered_without_acting(house: House) -> None:
    await house.customer_says("在吗")
    await house.api("getcallbackip")
    await _order(house, "status", value=502)
    url = f"{house.url}/cgi-bin/kf/send_msg"
    answer = await house.http.post(url, params={"access_token": house.token}, json={})
    assert answer.status == 502
    lines = await house.lines(f"customer:{KF}:{YU}")
    assert all(line["sender"] != "bot" for line in lines)


async def test_unknown_faults_are_refused(house: House) -> None:
    await house.control("faults", {"rules": [{"path": "*", "kind": "fire"}]}, status=400)


async def test_the_directory_knows_the_visible_range(house: House) -> None:
    agent = await house.api("agent/get", agentid=str(SETTINGS.agent_id))
    users = as_object(agent["allow_userinfos"])["user"]
    assert users == [{"userid": "amei"}, {"userid": "xiaolu"}, {"userid": "manyun"}]
    assert (await house.api("agent/get", agentid="7"))["errcode"] == 301002
    assert (await house.api("user/get", userid="AMEI"))["name"] == "阿美"
    assert (await house.api("user/get", userid="nobody"))["errcode"] == 60111


async def _order(house: House, kind: str, value: int = 0) -> None:
    rule: Json = {"path": "kf/send_msg", "kind": kind, "value": value}
    await house.control("faults", {"rules": [rule]})


def as_int(value: object) -> int:
    assert isinstance(value, int)
    return value
