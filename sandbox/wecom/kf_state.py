"""kf/service_state: who holds the session (doc 94669)."""

from sandbox.feed import Line, customer_seat
from sandbox.jsontext import JsonObject
from sandbox.wecom.accounts import KfAccount
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params
from sandbox.wecom.sessions import LEGAL, Session, State

NOTICES = {
    State.ASSISTANT: "会话由掌柜接待",
    State.QUEUE: "会话进入待接入池，等待人工",
    State.HUMAN: "会话已转给人工：{name}",
    State.ENDED: "会话已结束",
}


async def get_state(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/service_state/get."""
    session = _session(corp, params)
    answer: JsonObject = {**OK, "service_state": int(session.state)}
    if session.state is State.HUMAN:
        answer["servicer_userid"] = session.servicer
    return answer


async def trans_state(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/service_state/trans. No event follows: only people's changes make one."""
    session = _session(corp, params)
    wanted = State(params.whole("service_state", low=0, high=4))
    if session.state is State.ENDED:
        raise ApiError(95013)
    if wanted not in LEGAL[session.state]:
        raise ApiError(95016)
    servicer = ""
    if wanted is State.HUMAN:
        servicer = _servicer(corp.accounts[session.open_kfid], params)
    change(corp, session, wanted, servicer)
    answer: JsonObject = dict(OK)
    if wanted is not State.ASSISTANT:
        answer["msg_code"] = corp.event_codes.change(
            session.open_kfid, session.external_userid, wanted, corp.now()
        )
    return answer


def change(corp: Corp, session: Session, state: State, servicer: str) -> None:
    """Write the change and show it on the page."""
    session.state, session.servicer = state, servicer
    name = corp.members[servicer].name if servicer in corp.members else servicer
    seat = customer_seat(session.open_kfid, session.external_userid)
    notice: JsonObject = {"text": NOTICES[state].format(name=name)}
    corp.feed.post(Line(new_id(), seat, corp.now(), "system", "notice", notice))
    corp.tell_session(session)


def _session(corp: Corp, params: Params) -> Session:
    account = corp.account(params.text("open_kfid"))
    customer = corp.customer(params.text("external_userid", missing=41035))
    return corp.session(account.open_kfid, customer.external_userid)


def _servicer(account: KfAccount, params: Params) -> str:
    userid = params.text("servicer_userid").lower()
    if userid not in account.servicers:
        raise ApiError(95014)
    if account.servicers[userid] != 0:
        raise ApiError(95019)
    return userid
