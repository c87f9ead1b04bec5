"""What colleagues do: write to the app, open it, use its menu, and serve customers as people."""

from sandbox.feed import Line, customer_seat, member_seat
from sandbox.jsontext import JsonObject
from sandbox.wecom.callback_xml import PassiveReply, Tree
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.customer_side import FROM_SERVICER, happens, ring
from sandbox.wecom.kf_state import change
from sandbox.wecom.sessions import Session, State

TAKEN, MOVED, ENDED, REOPENED = 1, 2, 3, 4


def says(corp: Corp, userid: str, content: str) -> JsonObject:
    """A text message to the app (slash-commands too)."""
    msgid = str(next(corp.member_msgids))
    line = Line(msgid, member_seat(userid), corp.now(), "member", "text", {"content": content})
    corp.feed.post(line)
    tree = (
        *_head(corp, userid, "text"),
        ("Content", content),
        ("MsgId", int(msgid)),
        ("AgentID", corp.settings.agent_id),
    )
    _post(corp, userid, tree, "text", content[:20])
    return {"msgid": msgid}


def event(corp: Corp, userid: str, name: str, key: str = "") -> None:
    """subscribe, enter_agent, click: an event of the app's chat."""
    tree = (
        *_head(corp, userid, "event"),
        ("Event", name),
        ("EventKey", key),
        ("AgentID", corp.settings.agent_id),
    )
    _post(corp, userid, tree, name, key)


def _head(corp: Corp, userid: str, msgtype: str) -> Tree:
    return (
        ("ToUserName", corp.settings.corp_id),
        ("FromUserName", userid),
        ("CreateTime", int(corp.now())),
        ("MsgType", msgtype),
    )


def _post(corp: Corp, userid: str, tree: Tree, name: str, summary: str) -> None:
    def replied(reply: PassiveReply) -> None:
        if reply.kind == "text":
            content: JsonObject = {"content": reply.content}
            corp.feed.post(Line(new_id(), member_seat(userid), corp.now(), "bot", "text", content))

    corp.courier.post(
        tree, event=name, summary=summary, agent_id=corp.settings.agent_id, on_reply=replied
    )


def writes_to_customer(corp: Corp, session: Session, userid: str, text: str) -> None:
    """A servicer answers a customer in the WeCom client; origin 5 in the history."""
    if session.state is not State.HUMAN or session.servicer != userid:
        takes(corp, session, userid)
    now = corp.now()
    msgid = new_id()
    content: JsonObject = {"content": text}
    entry: JsonObject = {
        "msgid": msgid,
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "send_time": int(now),
        "origin": FROM_SERVICER,
        "servicer_userid": userid,
        "msgtype": "text",
        "text": content,
    }
    corp.accounts[session.open_kfid].add(entry, int(now))
    seat = customer_seat(session.open_kfid, session.external_userid)
    corp.feed.post(Line(msgid, seat, now, "servicer", "text", content, author=userid))
    ring(corp, session.open_kfid, "接待人员消息")


def takes(corp: Corp, session: Session, userid: str) -> None:
    """A servicer takes a customer: from the pool, from a colleague, or opens anew."""
    before, old = session.state, session.servicer
    change(corp, session, State.HUMAN, userid)
    if before is State.HUMAN:
        kind = MOVED
    elif before is State.ENDED:
        kind = REOPENED
    else:
        kind = TAKEN
    _changed(corp, session, kind, old, userid)


def ends(corp: Corp, session: Session) -> None:
    """The servicer ends the session in the client."""
    old = session.servicer
    change(corp, session, State.ENDED, "")
    _changed(corp, session, ENDED, old, "")


def _changed(corp: Corp, session: Session, kind: int, old: str, new: str) -> None:
    happened: JsonObject = {
        "event_type": "session_status_change",
        "open_kfid": session.open_kfid,
        "external_userid": session.external_userid,
        "change_type": kind,
    }
    if kind in (MOVED, ENDED, REOPENED):
        happened["old_servicer_userid"] = old
    if kind in (TAKEN, MOVED, REOPENED):
        happened["new_servicer_userid"] = new
    if kind in (TAKEN, ENDED):
        happened["msg_code"] = corp.event_codes.change(
            session.open_kfid, session.external_userid, session.state, corp.now()
        )
    happens(corp, session.open_kfid, happened)


def switches(corp: Corp, open_kfid: str, userid: str, *, receives: bool) -> None:
    """A servicer starts or stops receiving customers."""
    corp.accounts[open_kfid].servicers[userid] = 0 if receives else 1
    happened: JsonObject = {
        "event_type": "servicer_status_change",
        "servicer_userid": userid,
        "status": 1 if receives else 2,
        "open_kfid": open_kfid,
    }
    if not receives:
        happened["stop_type"] = 0
    happens(corp, open_kfid, happened)
