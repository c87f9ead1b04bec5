"""Accounts, servicers, customers and links of 微信客服 (WeCom docs 94646-94665, 95159)."""

import re

from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params

SCENE = re.compile(r"[0-9a-zA-Z_-]{1,32}")


async def list_accounts(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/account/list."""
    offset = params.whole("offset", low=0, high=1_000_000, default=0)
    limit = params.whole("limit", low=1, high=100, default=100)
    found: list[JsonObject] = [
        {"open_kfid": one.open_kfid, "name": one.name, "avatar": "", "manage_privilege": True}
        for one in corp.accounts.values()
    ]
    return {**OK, "account_list": found[offset : offset + limit]}


async def list_servicers(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/kf/servicer/list."""
    account = corp.account(params.text("open_kfid"))
    rows: list[JsonObject] = []
    for userid, status in account.servicers.items():
        row: JsonObject = {"userid": userid, "status": status}
        rows.append(row | ({"stop_type": 0} if status else {}))
    return {**OK, "servicer_list": rows}


async def add_servicers(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/servicer/add."""
    account = corp.account(params.text("open_kfid"))
    results: list[JsonObject] = []
    for userid in params.texts("userid_list", most=100, least=1):
        known = userid.lower() in corp.members
        if known:
            account.servicers.setdefault(userid.lower(), 0)
        results.append(_result(userid, 0 if known else 60111))
    return {**OK, "result_list": results}


async def remove_servicers(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/servicer/del."""
    account = corp.account(params.text("open_kfid"))
    results: list[JsonObject] = []
    for userid in params.texts("userid_list", most=100, least=1):
        gone = account.servicers.pop(userid.lower(), None)
        results.append(_result(userid, 95014 if gone is None else 0))
    return {**OK, "result_list": results}


def _result(userid: str, errcode: int) -> JsonObject:
    if not errcode:
        return {"userid": userid, **OK}
    return {"userid": userid, "errcode": errcode, "errmsg": ApiError(errcode).errmsg}


async def get_customers(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/customer/batchget: only customers who were active within 48 h."""
    with_context = params.whole("need_enter_session_context", low=0, high=1, default=0)
    known: list[JsonObject] = []
    invalid: list[str] = []
    for external_userid in params.texts("external_userid_list", most=100, least=1):
        if _is_active(corp, external_userid):
            known.append(_card(corp, external_userid, bool(with_context)))
        else:
            invalid.append(external_userid)
    return {**OK, "customer_list": known, "invalid_external_userid": invalid}


def _is_active(corp: Corp, external_userid: str) -> bool:
    now = corp.now()
    sessions = (corp.sessions.get((open_kfid, external_userid)) for open_kfid in corp.accounts)
    return any(session is not None and session.is_open(now) for session in sessions)


def _card(corp: Corp, external_userid: str, with_context: bool) -> JsonObject:
    customer = corp.customers[external_userid]
    card: JsonObject = {
        "external_userid": external_userid,
        "nickname": customer.nickname,
        "avatar": "",
        "gender": 0,
    }
    if customer.unionid:
        card["unionid"] = customer.unionid
    session = corp.session(customer.open_kfid, external_userid)
    if with_context and session.scene:
        card["enter_session_context"] = {
            "scene": session.scene,
            "scene_param": session.scene_param,
        }
    return card


async def add_contact_way(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/add_contact_way."""
    account = corp.account(params.text("open_kfid"))
    scene = params.optional_text("scene")
    if scene is not None and not SCENE.fullmatch(scene):
        raise ApiError(40058, "scene must be 1 to 32 of [0-9a-zA-Z_-]")
    url = f"https://work.weixin.qq.com/kfid/kfc{account.open_kfid[2:16]}"
    return {**OK, "url": f"{url}?enc_scene={new_id('ENC')}" if scene else url}
