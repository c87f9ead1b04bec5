"""webhook/send: the group robot, which has a key instead of a token (WeCom doc 91770)."""

import base64
import binascii
import hashlib
import json
import time

from aiohttp import web

from sandbox.feed import Line, group_seat
from sandbox.jsontext import JsonObject, answer, is_object
from sandbox.wecom.card_content import check_card
from sandbox.wecom.corp import WEBHOOK_PER_MINUTE, Corp, new_id
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.misbehave import after_acting, before_acting, told_to_fail
from sandbox.wecom.params import Params
from sandbox.wecom.windows import Window

PATH = "webhook/send"
TEXT_BYTES = 2048
MARKDOWN_BYTES = 4096
IMAGE_BYTES = 2 * 1024 * 1024
KEY_CHARACTERS = 8


def routes(corp: Corp) -> list[web.RouteDef]:
    """The robot's one route; it goes before the JSON ones."""

    async def send(request: web.Request) -> web.StreamResponse:
        early = await before_acting(corp.faults, request, PATH)
        if early is not None:
            return early
        began = time.monotonic()
        try:
            body = _accept(corp, request.query.get("key", ""), await request.read())
        except ApiError as refused:
            body = refused.body(new_id())
        corp.log_call(PATH, body, began)
        return await after_acting(corp.faults, request, PATH, answer(body))

    return [web.post(f"/cgi-bin/{PATH}", send)]


def _accept(corp: Corp, key: str, raw: bytes) -> JsonObject:
    told_to_fail(corp.faults, PATH)
    if len(key) < KEY_CHARACTERS:
        raise ApiError(93000)
    params = _params(raw)
    msgtype = params.text("msgtype", missing=40008)
    content = params.child(msgtype)
    _check(msgtype, content)
    window = corp.webhooks.setdefault(key, Window(WEBHOOK_PER_MINUTE, 60))
    if not window.admits(corp.now()):
        raise ApiError(45009)
    window.count(corp.now())
    corp.feed.post(Line(new_id(), group_seat(key), corp.now(), "bot", msgtype, content.raw()))
    return dict(OK)


def _params(raw: bytes) -> Params:
    try:
        data: object = json.loads(raw)
    except ValueError as broken:
        raise ApiError(40058, "the body is not JSON") from broken
    if not is_object(data):
        raise ApiError(40058, "the body is not an object")
    return Params(data)


def _check(msgtype: str, content: Params) -> None:
    if msgtype == "text":
        content.text("content", missing=44004, limit=TEXT_BYTES)
    elif msgtype in ("markdown", "markdown_v2"):
        content.text("content", missing=44004, limit=MARKDOWN_BYTES)
    elif msgtype == "image":
        _check_image(content)
    elif msgtype == "news":
        for article in content.children("articles", most=8, size=45008):
            article.text("title", missing=41016, limit=128)
            article.text("url", missing=41010, limit=2048)
    elif msgtype == "template_card":
        if content.text("card_type", missing=42031) not in ("text_notice", "news_notice"):
            raise ApiError(42031)
        check_card(content)
    else:
        raise ApiError(40008)


def _check_image(content: Params) -> None:
    try:
        data = base64.b64decode(content.text("base64"), validate=True)
    except binascii.Error as broken:
        raise ApiError(40058, "image.base64") from broken
    if len(data) > IMAGE_BYTES:
        raise ApiError(40009)
    if hashlib.md5(data, usedforsecurity=False).hexdigest() != content.text("md5"):
        raise ApiError(301019)
