"""The members who may see and use the app (WeCom docs 90227, 90208, 90196)."""

import asyncio
from collections.abc import Mapping

from bot.wecom.client import WeComClient
from bot.wecom.codes import Kind
from bot.wecom.deliveries import CALL_ERRORS
from bot.wecom.errors import Rejected

_MOST_DEPARTMENTS = 200
_AT_ONCE = 5


async def visible_members(
    client: WeComClient, agent: int, known: Mapping[str, str]
) -> dict[str, str]:
    """Userid (lower case) to name of everybody in the app's visible range.

    `known` names are not asked for again; a name that WeCom does not tell is the userid.

    Raises:
        NotNow, AnswerLost, Denied, Rejected: as the client, for the range itself.
    """
    answer = await client.get("agent/get", {"agentid": str(agent)})
    found: dict[str, str] = {}
    for party in answer.child("allow_partys").numbers("partyid"):
        for department in await _departments(client, party):
            found |= await _people(client, department)
    users = answer.child("allow_userinfos").rows("user")
    named = {user.text("userid").lower() for user in users if user.text("userid")} - found.keys()
    return found | await _names(client, named, known)


async def name_of(client: WeComClient, userid: str) -> str | None:
    """A member's name; None for who is not in the visible range.

    When WeCom does not tell (no right to ask, no answer) it is the userid.
    """
    try:
        answer = await client.get("user/get", {"userid": userid})
    except Rejected as error:
        return None if error.kind is Kind.TARGET else userid
    except CALL_ERRORS:
        return userid
    return answer.text("name") or userid


async def _departments(client: WeComClient, party: int) -> tuple[int, ...]:
    answer = await client.get("department/simplelist", {"id": str(party)})
    found = (row.whole("id") for row in answer.rows("department_id"))
    return tuple(dict.fromkeys((party, *found)))[:_MOST_DEPARTMENTS]


async def _people(client: WeComClient, department: int) -> dict[str, str]:
    answer = await client.get("user/simplelist", {"department_id": str(department)})
    return {
        row.text("userid").lower(): row.text("name") or row.text("userid")
        for row in answer.rows("userlist")
        if row.text("userid")
    }


async def _names(
    client: WeComClient, userids: set[str], known: Mapping[str, str]
) -> dict[str, str]:
    room = asyncio.Semaphore(_AT_ONCE)

    async def ask(userid: str) -> tuple[str, str]:
        async with room:
            return userid, await name_of(client, userid) or userid

    asked = await asyncio.gather(*(ask(each) for each in sorted(userids - known.keys())))
    return {each: known[each] for each in userids & known.keys()} | dict(asked)
