"""kf/send_msg and kf/send_msg_on_event: who may still speak to the customer (94677, 95122)."""

import re

from sandbox.feed import Line, customer_seat
from sandbox.jsontext import JsonObject
from sandbox.wecom.accounts import KfAccount
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.customer_side import send_fails
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.kf_content import EVERY_KIND, Message, checked
from sandbox.wecom.params import Params
from sandbox.wecom.sessions import Session, State

MSGID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
# WeCom says that a repeated msgid is an error, not which one.
REPEATED_MSGID = 40058


async def send_msg(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/send_msg."""
    external_userid = params.text("touser")
    account = corp.account(params.text("open_kfid"))
    corp.customer(external_userid)
    session = corp.session(account.open_kfid, external_userid)
    message = checked(corp, params, EVERY_KIND)
    msgid = _msgid(account, params)
    try:
        _allowed(session, corp.now())
    except ApiError as refused:
        _show(corp, session, new_id(), message, refused=refused)
        raise
    session.budget -= 1
    if session.state is State.NEW:
        session.state = State.ASSISTANT
    _accepted(corp, session, msgid, message)
    return {**OK, "msgid": msgid}


async def send_msg_on_event(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/send_msg_on_event."""
    code = params.text("code")
    allowed = corp.event_codes.look(code, corp.now())
    account = corp.account(allowed.open_kfid)
    session = corp.session(allowed.open_kfid, allowed.external_userid)
    message = checked(corp, params, allowed.kinds)
    msgid = _msgid(account, params)
    if allowed.while_state is not None and session.state is not allowed.while_state:
        raise ApiError(95018)
    corp.event_codes.use(code)
    if allowed.is_welcome:
        session.welcomed_at = corp.now()
    _accepted(corp, session, msgid, message)
    return {**OK, "msgid": msgid}


def _allowed(session: Session, now: float) -> None:
    if session.last_customer_at is not None and not session.is_open(now):
        raise ApiError(95002)
    if session.state not in (State.NEW, State.ASSISTANT):
        raise ApiError(95018)
    if session.budget <= 0:
        raise ApiError(95001)


def _msgid(account: KfAccount, params: Params) -> str:
    if not params.has("msgid"):
        return new_id()
    given = params.raw()["msgid"]
    if not isinstance(given, str) or not MSGID.fullmatch(given):
        raise ApiError(40058, "msgid must be 1 to 32 of [0-9a-zA-Z_-]")
    if given in account.sent_msgids:
        raise ApiError(REPEATED_MSGID, "msgid repeated")
    return given


def _accepted(corp: Corp, session: Session, msgid: str, message: Message) -> None:
    corp.accounts[session.open_kfid].sent_msgids.add(msgid)
    _show(corp, session, msgid, message)
    corp.latency.answered(session.open_kfid, session.external_userid)
    corp.tell_session(session)
    faults = corp.faults.callbacks
    if faults.fail_next_sends > 0:
        faults.fail_next_sends -= 1
        send_fails(corp, session, msgid, faults.fail_type)


def _show(
    corp: Corp,
    session: Session,
    msgid: str,
    message: Message,
    *,
    refused: ApiError | None = None,
) -> None:
    seat = customer_seat(session.open_kfid, session.external_userid)
    line = Line(msgid, seat, corp.now(), "bot", message.msgtype, message.content)
    if refused is not None:
        line.state, line.note = "rejected", f"{refused.errcode} {refused.errmsg}"
    corp.feed.post(line)
