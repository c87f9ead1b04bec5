"""Diagnoses of the connection to WeCom, for people: what works, what does not, what to do."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

from bot.wecom.client import WeComClient
from bot.wecom.codes import Kind
from bot.wecom.deliveries import CALL_ERRORS, CallError
from bot.wecom.errors import Denied, Rejected
from bot.wecom.fields import Fields
from bot.wecom.kf.accounts import KfAccount, list_accounts

_TOKEN = re.compile(r"[A-Za-z0-9]{1,32}")
_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_NOBODY = "wmZhangguiCheck"


class Level(StrEnum):
    """How good it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check: a code for machines, a Chinese sentence for people."""

    level: Level
    code: str
    say: str


async def check_wecom(
    client: WeComClient, agent: int, token: str, aes_key: str
) -> tuple[Finding, ...]:
    """Try everything that the service needs from WeCom; sends nothing to anybody."""
    findings = list(check_callback(token, aes_key))
    findings += [each async for each in _check_api(client, agent)]
    return tuple(findings)


def check_callback(token: str, aes_key: str) -> tuple[Finding, Finding]:
    """Whether the callback's settings have the form that the console gives out."""
    has_token, has_key = bool(_TOKEN.fullmatch(token)), bool(_AES_KEY.fullmatch(aes_key))
    return (
        Finding(Level.OK, "wecom.callback_token", "回调 Token 格式正确")
        if has_token
        else Finding(
            Level.FAIL, "wecom.callback_token", "WECOM_TOKEN 应为 1～32 位字母或数字，请从后台复制"
        ),
        Finding(Level.OK, "wecom.callback_aes_key", "回调 EncodingAESKey 格式正确")
        if has_key
        else Finding(
            Level.FAIL, "wecom.callback_aes_key", "WECOM_AES_KEY 应为 43 位，请从后台完整复制"
        ),
    )


async def _check_api(client: WeComClient, agent: int) -> AsyncIterator[Finding]:
    try:
        answer = await client.get("agent/get", {"agentid": str(agent)})
    except CALL_ERRORS as error:
        yield _failed("wecom.agent", "读取应用信息", error)
        if not isinstance(error, Rejected):
            return
    else:
        yield Finding(Level.OK, "wecom.access_token", "企业 ID 和应用 Secret 正确，调用接口正常")
        yield _app(answer)
    try:
        accounts = await list_accounts(client)
    except CALL_ERRORS as error:
        yield _failed("wecom.kf_accounts", "读取微信客服账号", error)
        return
    if not accounts:
        say = "没有可用的微信客服账号，请在微信客服里新建账号并授权给本应用"
        yield Finding(Level.WARN, "wecom.kf_accounts", say)
    for account in accounts:
        yield await _servicers(client, account)
        yield await _sessions(client, account)


def _app(answer: Fields) -> Finding:
    name = answer.text("name") or "应用"
    if answer.whole("close") == 1:
        return Finding(Level.FAIL, "wecom.agent", f"「{name}」已停用，请在应用管理里启用")
    seen = answer.child("allow_userinfos").rows("user")
    departments = answer.child("allow_partys").numbers("partyid")
    tags = answer.child("allow_tags").numbers("tagid")
    if not (seen or departments or tags):
        return Finding(Level.WARN, "wecom.agent", f"「{name}」对谁都不可见，请设置可见范围")
    say = f"「{name}」已启用，可见范围：{len(seen)} 位成员、{len(departments)} 个部门"
    return Finding(Level.OK, "wecom.agent", say)


async def _servicers(client: WeComClient, account: KfAccount) -> Finding:
    code = "wecom.kf_servicers"
    try:
        answer = await client.get("kf/servicer/list", {"open_kfid": account.open_kfid})
    except CALL_ERRORS as error:
        return _failed(code, f"读取「{account.name}」的接待人员", error)
    rows = answer.rows("servicer_list")
    on_duty = [row for row in rows if row.text("userid") and row.whole("status", -1) == 0]
    if not rows:
        return Finding(Level.WARN, code, f"「{account.name}」没有接待人员，转人工会一直排队")
    if not on_duty and all(row.text("userid") for row in rows):
        return Finding(Level.WARN, code, f"「{account.name}」现在没有人接待，转人工会先排队")
    return Finding(Level.OK, code, f"「{account.name}」有 {len(on_duty)} 位接待人员在岗")


async def _sessions(client: WeComClient, account: KfAccount) -> Finding:
    """Ask for a customer who cannot exist: the right refusal shows that we may ask."""
    code = "wecom.kf_session"
    body = {"open_kfid": account.open_kfid, "external_userid": _NOBODY}
    try:
        await client.call("kf/service_state/get", body=body, repeatable=True)
    except CALL_ERRORS as error:
        if not (isinstance(error, Rejected) and error.kind in (Kind.TARGET, Kind.REQUEST)):
            return _failed(code, f"查询「{account.name}」的会话状态", error)
    if not account.managed:
        say = f"「{account.name}」没有授权给本应用管理，机器人不能回复，请在微信客服里勾选"
        return Finding(Level.WARN, code, say)
    return Finding(Level.OK, code, f"「{account.name}」可以由机器人接待")


def _failed(code: str, what: str, error: CallError) -> Finding:
    say = f"{what}失败：{error.say}（{error.code}）"
    if isinstance(error, Denied | Rejected) and error.verdict.hint:
        say += f"，hint {error.verdict.hint}"
    return Finding(Level.FAIL, code, say)
