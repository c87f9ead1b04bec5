"""The HTTP face of the fake WeCom: method, token, body, faults, then one handler per path."""

import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from sandbox.jsontext import JsonObject, answer, is_object
from sandbox.wecom import (
    access,
    app_cards,
    app_directory,
    app_menu,
    app_send,
    kf_directory,
    kf_send,
    kf_state,
    kf_sync,
)
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.errors import ApiError
from sandbox.wecom.misbehave import after_acting, before_acting, told_to_fail
from sandbox.wecom.params import Params

Handler = Callable[[Corp, Params], Awaitable[JsonObject]]
# A \uXXXX that is not itself an escaped backslash followed by a u.
UNICODE_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")
UNKNOWN_PATH: JsonObject = {"errcode": 404, "errmsg": "not found"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path's method and handler. `open`: needs no access_token."""

    method: str
    handle: Handler
    open: bool = False


ENDPOINTS: dict[str, Endpoint] = {
    "gettoken": Endpoint("GET", access.get_token, open=True),
    "getcallbackip": Endpoint("GET", access.callback_ips),
    "get_api_domain_ip": Endpoint("GET", access.api_domain_ips),
    "kf/account/list": Endpoint("POST", kf_directory.list_accounts),
    "kf/add_contact_way": Endpoint("POST", kf_directory.add_contact_way),
    "kf/customer/batchget": Endpoint("POST", kf_directory.get_customers),
    "kf/send_msg": Endpoint("POST", kf_send.send_msg),
    "kf/send_msg_on_event": Endpoint("POST", kf_send.send_msg_on_event),
    "kf/service_state/get": Endpoint("POST", kf_state.get_state),
    "kf/service_state/trans": Endpoint("POST", kf_state.trans_state),
    "kf/servicer/add": Endpoint("POST", kf_directory.add_servicers),
    "kf/servicer/del": Endpoint("POST", kf_directory.remove_servicers),
    "kf/servicer/list": Endpoint("GET", kf_directory.list_servicers),
    "kf/sync_msg": Endpoint("POST", kf_sync.sync_msg),
    "message/send": Endpoint("POST", app_send.send),
    "message/recall": Endpoint("POST", app_send.recall),
    "message/update_template_card": Endpoint("POST", app_cards.update),
    "agent/get": Endpoint("GET", app_directory.get_agent),
    "user/get": Endpoint("GET", app_directory.get_user),
    "user/simplelist": Endpoint("GET", app_directory.list_users),
    "department/simplelist": Endpoint("GET", app_directory.list_departments),
    "menu/create": Endpoint("POST", app_menu.create),
    "menu/get": Endpoint("GET", app_menu.get),
    "menu/delete": Endpoint("GET", app_menu.delete),
}


def routes(corp: Corp) -> list[web.RouteDef]:
    """Everything under /cgi-bin that speaks JSON."""

    async def serve(request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        began = time.monotonic()
        early = await before_acting(corp.faults, request, path)
        if early is not None:
            return early
        body = await _body(corp, request, path)
        corp.log_call(path, body, began)
        return await after_acting(corp.faults, request, path, answer(body))

    return [web.route("*", "/cgi-bin/{path:.+}", serve)]


async def _body(corp: Corp, request: web.Request, path: str) -> JsonObject:
    endpoint = ENDPOINTS.get(path)
    if endpoint is None:
        return UNKNOWN_PATH
    try:
        _admit(corp, request, path, endpoint)
        params = await _params(request, endpoint.method)
        return await endpoint.handle(corp, params)
    except ApiError as refused:
        return refused.body(new_id())


def _admit(corp: Corp, request: web.Request, path: str, endpoint: Endpoint) -> None:
    told_to_fail(corp.faults, path)
    if not endpoint.open:
        corp.tokens.check(request.query.get("access_token"), corp.now())
    if request.method != endpoint.method:
        raise ApiError(40063, f"use {endpoint.method}")


async def _params(request: web.Request, method: str) -> Params:
    if method == "GET":
        return Params(dict(request.query))
    raw = await request.read()
    if UNICODE_ESCAPE.search(raw):
        raise ApiError(40033)
    try:
        data: object = json.loads(raw)
    except ValueError as broken:
        raise ApiError(40058, "the body is not JSON") from broken
    if not is_object(data):
        raise ApiError(40058, "the body is not an object")
    return Params(data)
