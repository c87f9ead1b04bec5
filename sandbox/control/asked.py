"""Reading control requests and naming sessions, members and customers in them."""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.jsontext import JsonObject, answer, is_object
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params
from sandbox.wecom.sessions import Session

Handler = Callable[[Corp, Params], Awaitable[JsonObject]]


async def params(request: web.Request) -> Params:
    """The JSON body, empty for no body. Raises HTTPBadRequest."""
    raw = await request.read()
    if not raw:
        return Params({})
    try:
        data: object = json.loads(raw)
    except ValueError as broken:
        raise web.HTTPBadRequest(text="the body is not JSON") from broken
    if not is_object(data):
        raise web.HTTPBadRequest(text="the body is not an object")
    return Params(data)


def post(path: str, corp: Corp, handler: Handler) -> web.RouteDef:
    """A POST route; what the request got wrong is answered with 400 and a sentence."""

    async def serve(request: web.Request) -> web.Response:
        try:
            return answer(await handler(corp, await params(request)))
        except ApiError as wrong:
            return answer({"error": wrong.errmsg, "errcode": wrong.errcode}, status=400)

    return web.post(path, serve)


def session(corp: Corp, asked: Params) -> Session:
    """The session of `external_userid` with `open_kfid` (default: the customer's own account)."""
    customer = corp.customer(asked.text("external_userid"))
    open_kfid = asked.optional_text("open_kfid") or customer.open_kfid
    corp.account(open_kfid)
    return corp.session(open_kfid, customer.external_userid)


def member(corp: Corp, asked: Params) -> str:
    """The userid of a known colleague."""
    userid = asked.text("userid").lower()
    if userid not in corp.members:
        raise ApiError(60111)
    return userid
