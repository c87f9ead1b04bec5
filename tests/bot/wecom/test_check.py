"""The check says what is wrong and what to do."""

import pytest

from bot.wecom.check import Finding, Level, check_callback, check_wecom
from tests.bot.wecom.scripted_wecom import AGENT, Hangs, Outfit, ScriptedWeCom, Step, refusal

KEY = "a" * 43
APP: dict[str, object] = {
    "errcode": 0,
    "name": "掌柜",
    "close": 0,
    "allow_userinfos": {"user": [{"userid": "amei"}]},
    "allow_partys": {"partyid": [1]},
}
ACCOUNTS: Step = {"errcode": 0, "account_list": [{"open_kfid": "wk1", "name": "客服"}]}
SERVICERS: Step = {"errcode": 0, "servicer_list": [{"userid": "amei", "status": 0}]}
GOOD: dict[str, list[Step]] = {
    "agent/get": [APP],
    "kf/account/list": [ACCOUNTS],
    "kf/servicer/list": [SERVICERS],
    "kf/service_state/get": [refusal(40096)],
}


async def findings(kit: Outfit) -> list[Finding]:
    return list(await check_wecom(kit.client, AGENT, "token", KEY))


async def test_all_is_well(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.script |= GOOD
    found = await findings(kit)
    assert {each.level for each in found} == {Level.OK}
    assert [each.code for each in found] == [
        "wecom.callback_token",
        "wecom.callback_aes_key",
        "wecom.access_token",
        "wecom.agent",
        "wecom.kf_servicers",
        "wecom.kf_session",
    ]


@pytest.mark.parametrize(
    ("path", "step", "level", "code", "word"),
    [
        ("gettoken", refusal(60020, "from ip: 1.2.3.4"), Level.FAIL, "wecom.agent", "1.2.3.4"),
        ("gettoken", refusal(40013), Level.FAIL, "wecom.agent", "WECOM_CORP_ID"),
        ("gettoken", Hangs(), Level.FAIL, "wecom.agent", "没有响应"),
        ("agent/get", refusal(301002), Level.FAIL, "wecom.agent", "WECOM_AGENT_ID"),
        ("agent/get", {**APP, "close": 1}, Level.FAIL, "wecom.agent", "停用"),
        ("agent/get", {"errcode": 0, "name": "掌柜"}, Level.WARN, "wecom.agent", "可见范围"),
        ("kf/account/list", refusal(48002), Level.FAIL, "wecom.kf_accounts", "可调用接口的应用"),
        ("kf/account/list", {"errcode": 0}, Level.WARN, "wecom.kf_accounts", "没有可用"),
        ("kf/servicer/list", {"errcode": 0}, Level.WARN, "wecom.kf_servicers", "没有接待人员"),
        (
            "kf/servicer/list",
            {"errcode": 0, "servicer_list": [{"userid": "amei", "status": 1}]},
            Level.WARN,
            "wecom.kf_servicers",
            "没有人接待",
        ),
        ("kf/service_state/get", refusal(95017), Level.FAIL, "wecom.kf_session", "API"),
        (
            "kf/account/list",
            {"errcode": 0, "account_list": [
                {"open_kfid": "wk1", "name": "客服", "manage_privilege": False}
            ]},
            Level.WARN,
            "wecom.kf_session",
            "授权",
        ),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_with_what_to_do(
    kit: Outfit, wecom: ScriptedWeCom, path: str, step: Step, level: Level, code: str, word: str
) -> None:
    wecom.script |= GOOD | {path: [step]}
    wrong = [each for each in await findings(kit) if each.level is not Level.OK]
    assert [(each.level, each.code) for each in wrong] == [(level, code)]
    assert word in wrong[0].say


@pytest.mark.parametrize(
    ("token", "key", "levels"),
    [
        ("token", KEY, (Level.OK, Level.OK)),
        ("", KEY, (Level.FAIL, Level.OK)),
        ("a" * 33, KEY, (Level.FAIL, Level.OK)),
        ("to-ken", KEY, (Level.FAIL, Level.OK)),
        ("token", KEY[:-1], (Level.OK, Level.FAIL)),
        ("token", "", (Level.OK, Level.FAIL)),
    ],
)
def test_the_callbacks_settings_have_a_form(
    token: str, key: str, levels: tuple[Level, Level]
) -> None:
    assert tuple(each.level for each in check_callback(token, key)) == levels
