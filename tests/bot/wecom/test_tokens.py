"""One token for everybody."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.wecom.errors import Denied, NotNow
from bot.wecom.token_store import MemoryTokenStore
from tests.bot.wecom.scripted_wecom import (
    CORP,
    SECRET,
    Hangs,
    Outfit,
    ScriptedWeCom,
    outfit,
    refusal,
)


async def test_twenty_at_once_ask_for_one_token(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.gettoken_seconds = 0.05
    tokens = await asyncio.gather(*(kit.tokens.current() for _ in range(20)))
    assert set(tokens) == {"token-1"}
    assert wecom.paths() == ["gettoken"]
    assert wecom.asked[0].query == {"corpid": CORP, "corpsecret": SECRET}


async def test_two_processes_share_what_one_fetched(
    session: aiohttp.ClientSession, wecom: ScriptedWeCom
) -> None:
    wecom.gettoken_seconds = 0.05
    store = MemoryTokenStore()
    one, two = outfit(session, wecom.base, store), outfit(session, wecom.base, store)
    found = await asyncio.gather(*(kit.tokens.current() for kit in (one, two) for _ in range(10)))
    assert set(found) == {"token-1"}
    assert wecom.tokens_issued == 1


async def test_a_token_is_renewed_before_it_expires(kit: Outfit, wecom: ScriptedWeCom) -> None:
    await kit.tokens.current()
    kit.clock.offset = timedelta(seconds=7200 - 300 - 61)
    assert await kit.tokens.current() == "token-1"
    kit.clock.offset = timedelta(seconds=7200 - 299)
    assert await kit.tokens.current() == "token-2"


async def test_only_the_first_who_was_refused_renews(kit: Outfit, wecom: ScriptedWeCom) -> None:
    old = await kit.tokens.current()
    found = await asyncio.gather(*(kit.tokens.renew(refused=old) for _ in range(10)))
    assert set(found) == {"token-2"}
    assert wecom.tokens_issued == 2


async def test_a_renewed_token_that_is_refused_too_is_not_renewed_again_at_once(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    second = await kit.tokens.renew(refused=await kit.tokens.current())
    for _ in range(5):
        assert await kit.tokens.renew(refused=second) == second
    assert wecom.tokens_issued == 2
    kit.clock.offset = timedelta(seconds=11)
    assert await kit.tokens.renew(refused=second) == "token-3"


@pytest.mark.parametrize("errcode", [40001, 40013, 40091, 60020, 50003])
async def test_a_wrong_setting_is_asked_about_once_a_minute(
    kit: Outfit, wecom: ScriptedWeCom, errcode: int
) -> None:
    wecom.script["gettoken"] = [refusal(errcode, "not allow, from ip: 1.2.3.4")]
    for _ in range(10):
        with pytest.raises(Denied) as caught:
            await kit.tokens.current()
        assert caught.value.code == f"wecom.{errcode}"
    assert len(wecom.asked) == 1
    kit.clock.offset = timedelta(seconds=61)
    del wecom.script["gettoken"]
    assert await kit.tokens.current() == "token-1"


async def test_the_operator_is_told_which_address_to_allow(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    wecom.script["gettoken"] = [
        refusal(60020, "not allow to access from your ip, from ip: 1.2.3.4")
    ]
    with pytest.raises(Denied) as caught:
        await kit.tokens.current()
    assert "1.2.3.4" in caught.value.say
    assert "企业可信IP" in caught.value.say
    assert caught.value.verdict.hint == "1700000000_1_abc"


async def test_a_lost_answer_is_asked_again_after_a_second(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    wecom.script["gettoken"] = [refusal(-1, "system busy")]
    for _ in range(5):
        with pytest.raises(NotNow):
            await kit.tokens.current()
    assert len(wecom.asked) == 1
    kit.clock.offset = timedelta(seconds=2)
    del wecom.script["gettoken"]
    assert await kit.tokens.current() == "token-1"


async def test_neither_secret_nor_token_reach_logs_or_errors(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    shown: list[str] = []
    with capture_logs() as lines:
        for script in ([refusal(40091, "invalid secret")], [Hangs()]):
            wecom.script["gettoken"] = list(script)
            kit.clock.offset += timedelta(seconds=120)
            with pytest.raises((Denied, NotNow)) as caught:
                await kit.client.get("agent/get")
            error: BaseException | None = caught.value
            while error is not None:
                shown.append(f"{error!r} {error}")
                error = error.__cause__
        del wecom.script["gettoken"]
        kit.clock.offset += timedelta(seconds=120)
        wecom.script["agent/get"] = [refusal(48002, "api forbidden")]
        with pytest.raises(Denied):
            await kit.client.get("agent/get")
    assert lines
    told = str(lines) + str(shown)
    assert SECRET not in told
    assert "token-1" not in told
