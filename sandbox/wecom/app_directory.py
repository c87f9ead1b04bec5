"""The app itself and the colleagues in its visible range (WeCom docs 90227, 90196, 90208)."""

from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params

ROOT_DEPARTMENT = 1


def own_agent(corp: Corp, params: Params) -> None:
    """The token belongs to one app; `agentid` in the query must be that one."""
    given = params.text("agentid", missing=41011)
    if not given.isdigit():
        raise ApiError(40056)
    if int(given) != corp.settings.agent_id:
        raise ApiError(301002)


async def get_agent(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/agent/get."""
    own_agent(corp, params)
    users: list[JsonObject] = [{"userid": userid} for userid in corp.members]
    return {
        **OK,
        "agentid": corp.settings.agent_id,
        "name": "掌柜",
        "square_logo_url": "",
        "description": "商家助手",
        "allow_userinfos": {"user": users},
        "allow_partys": {"partyid": []},
        "allow_tags": {"tagid": []},
        "close": 0,
        "redirect_domain": "",
        "report_location_flag": 0,
        "isreportenter": 1,
        "home_url": "",
    }


async def get_user(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/user/get: no avatar, gender, mobile or mail for apps made after 2022-06-20."""
    member = corp.members.get(params.text("userid", missing=41009).lower())
    if member is None:
        raise ApiError(60111)
    return {
        **OK,
        "userid": member.userid,
        "name": member.name,
        "department": [ROOT_DEPARTMENT],
        "order": [0],
        "position": "",
        "status": 1,
        "is_leader_in_dept": [int(member.role in ("supervisor", "manager"))],
        "direct_leader": [],
        "main_department": ROOT_DEPARTMENT,
        "alias": "",
        "extattr": {"attrs": []},
    }


async def list_users(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/user/simplelist."""
    if params.text("department_id") != str(ROOT_DEPARTMENT):
        raise ApiError(60003)
    users: list[JsonObject] = [
        {"userid": member.userid, "name": member.name, "department": [ROOT_DEPARTMENT]}
        for member in corp.members.values()
    ]
    return {**OK, "userlist": users}


async def list_departments(corp: Corp, params: Params) -> JsonObject:
    """GET /cgi-bin/department/simplelist."""
    if params.has("id") and params.text("id") != str(ROOT_DEPARTMENT):
        raise ApiError(60003)
    return {**OK, "department_id": [{"id": ROOT_DEPARTMENT, "parentid": 0, "order": 1}]}
