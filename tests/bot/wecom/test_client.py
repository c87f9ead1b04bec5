"""Calls to the API: what is repeated, what is not, and what the errors say."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from bot.wecom.codes import Kind
from bot.wecom.errors import AnswerLost, Denied, NotNow, Rejected
from tests.bot.wecom.scripted_wecom import (
    Hangs,
    Outfit,
    ScriptedWeCom,
    Silent,
    Status,
    Step,
    outfit,
    refusal,
)

OK: Step = {"errcode": 0, "msgid": "m1"}
SEND = "kf/send_msg"


def tries(wecom: ScriptedWeCom, path: str = SEND) -> int:
    return wecom.paths().count(path)


async def test_a_call_carries_the_token_and_plain_utf8(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [OK]
    answer = await kit.client.call(SEND, body={"text": "在的，您说🙂"})
    assert answer.text("msgid") == "m1"
    asked = wecom.asked[-1]
    assert asked.query == {"access_token": "token-1"}
    assert asked.raw == '{"text":"在的，您说🙂"}'.encode()


@pytest.mark.parametrize("errcode", [-1, 6000, 45033])
async def test_busy_is_tried_again(kit: Outfit, wecom: ScriptedWeCom, errcode: int) -> None:
    wecom.script[SEND] = [refusal(errcode), refusal(errcode), OK]
    assert (await kit.client.call(SEND, body={})).text("msgid") == "m1"
    assert tries(wecom) == 3


async def test_lasting_busy_ends_after_three_repeats(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [refusal(-1)]
    with pytest.raises(NotNow):
        await kit.client.call(SEND, body={})
    assert tries(wecom) == 4


LOST: list[Step] = [Hangs(), Status(502), Status(404), Silent(3.0)]


@pytest.mark.parametrize("step", LOST, ids=repr)
async def test_a_lost_answer_is_never_repeated_blindly(
    session: aiohttp.ClientSession, wecom: ScriptedWeCom, step: Step
) -> None:
    kit = outfit(session, wecom.base, total=0.3)
    wecom.script[SEND] = [step, OK]
    with pytest.raises(AnswerLost):
        await kit.client.call(SEND, body={})
    assert tries(wecom) == 1


@pytest.mark.parametrize("step", LOST, ids=repr)
async def test_a_lost_answer_of_a_repeatable_call_is_asked_again(
    session: aiohttp.ClientSession, wecom: ScriptedWeCom, step: Step
) -> None:
    kit = outfit(session, wecom.base, total=0.3)
    wecom.script[SEND] = [step, OK]
    assert (await kit.client.call(SEND, body={}, repeatable=True)).text("msgid") == "m1"
    assert tries(wecom) == 2


async def test_nobody_listening_is_surely_not_done(session: aiohttp.ClientSession) -> None:
    kit = outfit(session, f"http://127.0.0.1:{unused_port()}")
    with pytest.raises(NotNow) as caught:
        await kit.client.call(SEND, body={})
    assert caught.value.reason == "no_connection"


@pytest.mark.parametrize("errcode", [40014, 42001, 40001])
async def test_a_refused_token_is_renewed_once(
    kit: Outfit, wecom: ScriptedWeCom, errcode: int
) -> None:
    wecom.script[SEND] = [refusal(errcode), OK]
    assert (await kit.client.call(SEND, body={})).text("msgid") == "m1"
    assert wecom.tokens_issued == 2
    assert wecom.asked[-1].query == {"access_token": "token-2"}


async def test_many_refused_at_once_renew_once(kit: Outfit, wecom: ScriptedWeCom) -> None:
    await kit.client.get("agent/get")
    wecom.script[SEND] = [*(refusal(40014) for _ in range(10)), OK]
    await asyncio.gather(*(kit.client.call(SEND, body={}) for _ in range(10)))
    assert wecom.tokens_issued == 2


@pytest.mark.parametrize(("errcode", "error"), [(40014, NotNow), (42001, NotNow), (40001, Denied)])
async def test_a_lasting_refusal_is_no_storm(
    kit: Outfit, wecom: ScriptedWeCom, errcode: int, error: type[Exception]
) -> None:
    wecom.script[SEND] = [refusal(errcode)]
    for _ in range(10):
        with pytest.raises(error):
            await kit.client.call(SEND, body={})
    assert wecom.tokens_issued == 2
    assert tries(wecom) <= 12


async def test_a_rate_limit_closes_the_path_for_longer_each_time(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [*(refusal(45009) for _ in range(6)), OK, refusal(45009)]
    for seconds in (5, 10, 20, 40, 60, 60):
        for _ in range(3):
            with pytest.raises(NotNow) as caught:
                await kit.client.call(SEND, body={})
            assert caught.value.free
            left = timedelta(seconds=seconds) - caught.value.after
            assert timedelta() <= left < timedelta(seconds=4)
        await kit.client.get("agent/get")
        kit.clock.offset += timedelta(seconds=seconds)
    assert tries(wecom) == 6
    assert (await kit.client.call(SEND, body={})).text("msgid") == "m1"
    with pytest.raises(NotNow) as caught:
        await kit.client.call(SEND, body={})
    assert caught.value.after <= timedelta(seconds=5)


async def test_calls_that_meet_one_rate_limit_together_count_once(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [refusal(45009)]
    calls = (kit.client.call(SEND, body={}) for _ in range(8))
    refused = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(each, NotNow) for each in refused)
    assert {each.after <= timedelta(seconds=5) for each in refused if isinstance(each, NotNow)} == {
        True
    }


@pytest.mark.parametrize(
    ("errcode", "kind"),
    [
        (95001, Kind.BUDGET),
        (95002, Kind.WINDOW),
        (95018, Kind.SESSION),
        (95013, Kind.SESSION),
        (40096, Kind.TARGET),
        (81013, Kind.TARGET),
        (45002, Kind.TOO_LONG),
        (60140, Kind.CODE),
        (40058, Kind.REQUEST),
        (123456, Kind.REQUEST),
    ],
)
async def test_a_refusal_tells_its_kind(
    kit: Outfit, wecom: ScriptedWeCom, errcode: int, kind: Kind
) -> None:
    wecom.script[SEND] = [refusal(errcode, "no")]
    with pytest.raises(Rejected) as caught:
        await kit.client.call(SEND, body={})
    assert caught.value.kind is kind
    assert caught.value.verdict.errmsg == "no, hint: [1700000000_1_abc]"
    assert caught.value.say
    assert tries(wecom) == 1


@pytest.mark.parametrize("errcode", [48002, 48007, 95017, 60020, 50003, 301002, 43012])
async def test_what_a_person_must_repair_is_denied_with_advice(
    kit: Outfit, wecom: ScriptedWeCom, errcode: int
) -> None:
    wecom.script[SEND] = [refusal(errcode)]
    with pytest.raises(Denied) as caught:
        await kit.client.call(SEND, body={})
    assert "请" in caught.value.say
    assert "{" not in caught.value.say
