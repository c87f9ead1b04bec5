"""message/send and message/recall (WeCom docs 90236, 94867)."""

from dataclasses import dataclass

from sandbox.feed import Line, member_seat
from sandbox.jsontext import JsonObject, dumps
from sandbox.wecom.app_content import checked
from sandbox.wecom.app_state import SentMessage
from sandbox.wecom.card_content import INTERACTIVE
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params

MOST_USERS = 1000
DUPLICATE_CHECK_SECONDS = 1800
DUPLICATE_CHECK_MOST = 4 * 3600
RECALL_SECONDS = 24 * 3600
NOT_SAFE = frozenset({"textcard", "news", "markdown", "template_card"})


@dataclass(frozen=True, slots=True)
class Targets:
    """Whom a message reaches; unknown names are lower-cased as WeCom answers them."""

    reached: tuple[str, ...]
    invalid_users: tuple[str, ...]
    invalid_parties: str
    invalid_tags: str


async def send(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/message/send."""
    _check_agent(corp, params)
    targets = _targets(corp, params)
    msgtype, content = checked(corp, params)
    if params.whole("safe", low=0, high=1, default=0) and msgtype in NOT_SAFE:
        raise ApiError(40058, f"safe is not for {msgtype}")
    sent = SentMessage(
        msgid=new_id(),
        userids=targets.reached,
        at=corp.now(),
        task_id=str(content.get("task_id", "")) if msgtype == "template_card" else "",
    )
    repeated = _is_repeat(corp, params, targets, dumps([msgtype, content]))
    _hand_over(corp, sent, msgtype, content, repeated=repeated)
    answer: JsonObject = {
        **OK,
        "invaliduser": "|".join(targets.invalid_users),
        "invalidparty": targets.invalid_parties,
        "invalidtag": targets.invalid_tags,
        "unlicenseduser": "",
        "msgid": sent.msgid,
    }
    if msgtype == "template_card" and content.get("card_type") in INTERACTIVE:
        answer["response_code"] = corp.app.issue_code(sent.msgid, corp.now())
    return answer


async def recall(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/message/recall."""
    sent = corp.app.sent.get(params.text("msgid"))
    if sent is None:
        raise ApiError(40058, "no such msgid of this app")
    if corp.now() - sent.at > RECALL_SECONDS:
        raise ApiError(42052)
    for userid in sent.userids:
        line = corp.feed.line(member_seat(userid), sent.msgid)
        if line is not None:
            line.state = "recalled"
            corp.feed.touch(line)
    return OK


def _check_agent(corp: Corp, params: Params) -> None:
    if not params.has("agentid"):
        raise ApiError(40056)
    given = params.raw()["agentid"]
    if not isinstance(given, int) or isinstance(given, bool):
        raise ApiError(40056, "agentid must be an integer")
    if given != corp.settings.agent_id:
        raise ApiError(301002)


def _targets(corp: Corp, params: Params) -> Targets:
    users = params.optional_text("touser") or ""
    parties = params.optional_text("toparty") or ""
    tags = params.optional_text("totag") or ""
    if not (users or parties or tags):
        raise ApiError(82001)
    if users == "@all":
        return Targets(tuple(corp.members), (), "", "")
    names = [name for name in users.lower().split("|") if name]
    if len(names) > MOST_USERS:
        raise ApiError(40032)
    reached = tuple(dict.fromkeys(name for name in names if name in corp.members))
    if not reached:
        raise ApiError(81013)
    invalid = tuple(name for name in names if name not in corp.members)
    return Targets(reached, invalid, parties, tags)


def _is_repeat(corp: Corp, params: Params, targets: Targets, content: str) -> bool:
    interval = params.whole(
        "duplicate_check_interval",
        low=0,
        high=DUPLICATE_CHECK_MOST,
        default=DUPLICATE_CHECK_SECONDS,
    )
    if not params.whole("enable_duplicate_check", low=0, high=1, default=0):
        return False
    return corp.app.is_repeat("|".join(targets.reached), content, interval, corp.now())


def _hand_over(
    corp: Corp, sent: SentMessage, msgtype: str, content: JsonObject, *, repeated: bool
) -> None:
    corp.app.sent[sent.msgid] = sent
    if sent.task_id:
        corp.app.task_ids.add(sent.task_id)
    for userid in sent.userids:
        # A card is updated per member, so each has an own copy.
        line = Line(sent.msgid, member_seat(userid), sent.at, "bot", msgtype, dict(content))
        if repeated:
            line.state, line.note = "suppressed", "重复内容，被去重"
        elif not corp.app.limits[userid].take(sent.at):
            line.state, line.note = "dropped", "超过每人每分钟 30 条或每小时 1000 条，被静默丢弃"
        elif content.get("cut_bytes"):
            line.note = f"超过 2048 字节，截去 {content['cut_bytes']} 字节"
        corp.feed.post(line)
