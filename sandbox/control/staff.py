"""Control: colleagues write to the app, click cards, and serve customers in the client."""

from aiohttp import web

from sandbox.control.asked import member, post, session
from sandbox.feed import member_seat
from sandbox.jsontext import JsonObject, is_object
from sandbox.people import Member
from sandbox.wecom import app_cards, staff_side
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params
from sandbox.wecom.sessions import State


def routes(corp: Corp) -> list[web.RouteDef]:
    """The colleague's side."""
    return [
        post("/sandbox/staff", corp, create),
        post("/sandbox/staff/message", corp, message),
        post("/sandbox/staff/event", corp, event),
        post("/sandbox/staff/card", corp, card),
        post("/sandbox/servicer/say", corp, serve),
        post("/sandbox/servicer/take", corp, take),
        post("/sandbox/servicer/end", corp, end),
        post("/sandbox/servicer/status", corp, status),
    ]


async def create(corp: Corp, asked: Params) -> JsonObject:
    """A new colleague, in the app's visible range and servicer of every account."""
    newcomer = Member(
        asked.text("userid", limit=64).lower(),
        asked.text("name"),
        asked.optional_text("role") or "agent",
    )
    corp.members[newcomer.userid] = newcomer
    for account in corp.accounts.values():
        account.servicers.setdefault(newcomer.userid, 0)
    shown: JsonObject = {
        "userid": newcomer.userid,
        "name": newcomer.name,
        "role": newcomer.role,
    }
    corp.feed.tell("member", shown)
    return shown


async def message(corp: Corp, asked: Params) -> JsonObject:
    """`text` of `userid` to the app."""
    return staff_side.says(corp, member(corp, asked), asked.text("text", limit=2048))


async def event(corp: Corp, asked: Params) -> JsonObject:
    """`event`: subscribe, unsubscribe, enter_agent, click (with `key`)."""
    name = asked.text("event")
    if name not in ("subscribe", "unsubscribe", "enter_agent", "click"):
        raise ApiError(40058, "event")
    staff_side.event(corp, member(corp, asked), name, asked.optional_text("key") or "")
    return {}


async def card(corp: Corp, asked: Params) -> JsonObject:
    """A click on the card `msgid` with `key`, and `selected` {question_key: [option ids]}."""
    userid = member(corp, asked)
    line = corp.feed.line(member_seat(userid), asked.text("msgid"))
    if line is None or line.kind != "template_card":
        raise ApiError(40058, "no such card in this seat")
    app_cards.clicks(corp, line, userid, asked.text("key"), _selected(asked))
    return {}


def _selected(asked: Params) -> dict[str, list[str]]:
    given = asked.raw().get("selected") or {}
    if not is_object(given):
        raise ApiError(40058, "selected must be an object")
    read = Params(given, "selected")
    return {question: read.texts(question, most=20) for question in given}


async def serve(corp: Corp, asked: Params) -> JsonObject:
    """`text` of the servicer `userid` to a customer."""
    chat = session(corp, asked)
    staff_side.writes_to_customer(corp, chat, _servicer(corp, asked), asked.text("text"))
    return {}


async def take(corp: Corp, asked: Params) -> JsonObject:
    """`userid` takes the customer over."""
    staff_side.takes(corp, session(corp, asked), _servicer(corp, asked))
    return {}


async def end(corp: Corp, asked: Params) -> JsonObject:
    """The servicer ends the session."""
    chat = session(corp, asked)
    if chat.state is not State.HUMAN:
        raise ApiError(95016, "nobody serves this customer")
    staff_side.ends(corp, chat)
    return {}


async def status(corp: Corp, asked: Params) -> JsonObject:
    """`receives` 1 or 0: the servicer starts or stops receiving."""
    open_kfid = corp.account(asked.text("open_kfid")).open_kfid
    receives = bool(asked.whole("receives", low=0, high=1))
    staff_side.switches(corp, open_kfid, _servicer(corp, asked), receives=receives)
    return {}


def _servicer(corp: Corp, asked: Params) -> str:
    userid = member(corp, asked)
    if not any(userid in account.servicers for account in corp.accounts.values()):
        raise ApiError(95014)
    return userid
