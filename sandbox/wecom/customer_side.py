"""What customers do: write, click, enter by a link, take a message back (docs 94670, 94677)."""

import secrets

from sandbox.feed import Line, customer_seat
from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.sessions import WINDOW_SECONDS, Session

FROM_CUSTOMER = 3
FROM_SYSTEM = 4
FROM_SERVICER = 5
DOORBELL_SECONDS = 600


def says(corp: Corp, session: Session, msgtype: str, content: JsonObject) -> JsonObject:
    """A customer's message: into the history, onto the page, and the doorbell rings."""
    now = corp.now()
    session.heard(now)
    msgid = new_id()
    entry: JsonObject = {
        "msgid": msgid,
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "send_time": int(now),
        "origin": FROM_CUSTOMER,
        "msgtype": msgtype,
        msgtype: content,
    }
    corp.accounts[session.open_kfid].add(entry, int(now))
    seat = customer_seat(session.open_kfid, session.external_userid)
    corp.feed.post(Line(msgid, seat, now, "customer", msgtype, content))
    corp.tell_session(session)
    corp.latency.asked(session.open_kfid, session.external_userid, msgid)
    ring(corp, session.open_kfid, "客户消息")
    return {"msgid": msgid, "send_time": int(now)}


def enters(corp: Corp, session: Session, scene: str, scene_param: str) -> JsonObject:
    """The customer opens the chat through a 客服 link."""
    now = corp.now()
    session.scene, session.scene_param = scene, scene_param
    event: JsonObject = {
        "event_type": "enter_session",
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "scene": scene,
        "scene_param": scene_param,
    }
    welcomed = session.welcomed_at is not None and now - session.welcomed_at < WINDOW_SECONDS
    if not welcomed and not session.is_open(now):
        event["welcome_code"] = corp.event_codes.welcome(
            session.open_kfid, session.external_userid, now
        )
    msgid = happens(corp, session.open_kfid, event)
    seat = customer_seat(session.open_kfid, session.external_userid)
    note: JsonObject = {"text": "顾客从链接进入会话", "scene": scene, "scene_param": scene_param}
    corp.feed.post(Line(msgid, seat, now, "system", "notice", note))
    return {"msgid": msgid, "welcome_code": event.get("welcome_code")}


def recalls(corp: Corp, session: Session, msgid: str) -> bool:
    """The customer takes a message back. False when there is no such message."""
    line = corp.feed.line(customer_seat(session.open_kfid, session.external_userid), msgid)
    if line is None or line.sender != "customer":
        return False
    line.state = "recalled"
    corp.feed.touch(line)
    event: JsonObject = {
        "event_type": "user_recall_msg",
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "recall_msgid": msgid,
    }
    happens(corp, session.open_kfid, event)
    return True


def send_fails(corp: Corp, session: Session, msgid: str, fail_type: int) -> None:
    """A message that was accepted did not arrive after all."""
    line = corp.feed.line(customer_seat(session.open_kfid, session.external_userid), msgid)
    if line is not None:
        line.state, line.note = "failed", f"msg_send_fail {fail_type}"
        corp.feed.touch(line)
    event: JsonObject = {
        "event_type": "msg_send_fail",
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "fail_msgid": msgid,
        "fail_type": fail_type,
    }
    happens(corp, session.open_kfid, event)


def happens(corp: Corp, open_kfid: str, event: JsonObject) -> str:
    """An event: outer ids are absent, they are inside `event`. Returns its msgid."""
    now = int(corp.now())
    msgid = new_id()
    entry: JsonObject = {
        "msgid": msgid,
        "send_time": now,
        "origin": FROM_SYSTEM,
        "msgtype": "event",
        "event": event,
    }
    corp.accounts[open_kfid].add(entry, now)
    ring(corp, open_kfid, str(event["event_type"]))
    return msgid


def ring(corp: Corp, open_kfid: str, summary: str) -> None:
    """The doorbell: something is new for this account, come and pull."""
    now = corp.now()
    token = "ENC" + secrets.token_urlsafe(32)
    corp.doorbell_tokens[token] = (open_kfid, now + DOORBELL_SECONDS)
    _forget_old_tokens(corp, now)
    corp.courier.post(
        (
            ("ToUserName", corp.settings.corp_id),
            ("CreateTime", int(now)),
            ("MsgType", "event"),
            ("Event", "kf_msg_or_event"),
            ("Token", token),
            ("OpenKfId", open_kfid),
        ),
        event="kf_msg_or_event",
        summary=summary,
    )


def _forget_old_tokens(corp: Corp, now: float) -> None:
    for token, (_, expires) in list(corp.doorbell_tokens.items()):
        if expires > now:
            break
        del corp.doorbell_tokens[token]
